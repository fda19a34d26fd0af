"""Lists that were shown, and what was asked for and not found, in MongoDB."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from pymongo import IndexModel

from services.common import mongo
from services.common.errors import Missing
from services.common.mongo import Indexes, Row, Tx
from services.matching.engine import score
from services.matching.engine.parties import Kind, Requirement, SkillNeed
from services.matching.engine.score import Scale
from services.matching.match.model import Match, Ranking

KEPT = timedelta(days=2 * 365)  # so long a list can be explained
INDEXES: Indexes = {
    "shown": [
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
        IndexModel([("people.id", 1), ("_id", -1)], name="person"),
    ],
    "unmet_demand": [IndexModel([("day", 1)], name="day")],
}


class ListUnknown(Missing):
    """No list that was shown has this id, or it is longer ago than lists are kept."""


def insert_shown(
    tx: Tx, scale: Scale, matches: Iterable[Match], ids: Iterable[str], *, by: str, role: str, subject: Row
) -> str:
    """Keep a page of a list as it was shown, and return its id.

    :param ids: of the people who stand on it, as matching knows them. by: the account that saw it.
    :param subject: what the list was of: a vacancy or a worker with its version, or a search.
    """
    now = datetime.now(UTC)
    row: Row = {
        "_id": mongo.new_id(),
        "at": now,
        "expires_at": now + KEPT,
        "by": by,
        "role": role,
        "engine": score.VERSION,
        "of": subject,
        "requirement": requirement_row(scale.requirement),
        "shares": list(scale.shares),
        "people": [_shown(match, id_) for match, id_ in zip(matches, ids, strict=True)],
    }
    tx.db.shown.insert_one(row, session=tx.session)
    return str(row["_id"])


def shown(tx: Tx, list_id: str) -> Row:
    """:raises ListUnknown: there is no such list."""
    row = tx.db.shown.find_one({"_id": {"$eq": list_id}}, session=tx.session)
    if row is None:
        raise ListUnknown(list_id)
    return row


def note_unmet(tx: Tx, subject: str, requirement: Requirement, ranking: Ranking, *, day: str) -> None:
    """Keep that nobody met what was asked for; once a day for each that asks, with how often it was asked."""
    emptied = ranking.emptied_by
    said = {
        "day": day,
        "of": subject,
        "requirement": requirement_row(requirement),
        "emptied_by": {"condition": emptied.name, "skill": emptied.skill} if emptied else None,
    }
    change = {"$set": said, "$inc": {"asked": 1}}
    tx.db.unmet_demand.update_one({"_id": f"{subject} {day}"}, change, upsert=True, session=tx.session)


def unmet_on(tx: Tx, day: str) -> list[Row]:
    """Return what was asked for on a day and not found."""
    return list(tx.db.unmet_demand.find({"day": {"$eq": day}}, session=tx.session).sort("_id"))


def requirement_row(requirement: Requirement) -> Row:
    """Return a requirement as it is kept."""
    plain = asdict(requirement)
    return plain | {
        "skills": list(plain["skills"]),
        "certificates": list(requirement.certificates),
        "starts_on": requirement.starts_on.isoformat(),
        "kind": requirement.kind.value if requirement.kind else None,
    }


def _shown(match: Match, id_: str) -> Row:
    """Return somebody as they stood on a list: the parts explain the score when the profile is another one."""
    parts = [
        [part.by, part.level, part.grade.name.lower() if part.grade else None, part.link, part.units]
        for part in match.fit.parts
    ]
    place = {"id": id_, "version": match.version, "rank": match.rank, "units": match.fit.units}
    return place | {"parts": parts, "nearness": match.fit.nearness}


def requirement_of(row: Row) -> Requirement:
    """Return a requirement that was kept."""
    typed = {
        "skills": tuple(SkillNeed(**need) for need in row["skills"]),
        "certificates": tuple(row["certificates"]),
        "starts_on": date.fromisoformat(row["starts_on"]),
        "kind": Kind(row["kind"]) if row["kind"] else None,
    }
    return Requirement(**row | typed)
