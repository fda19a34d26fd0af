"""What is shown is found, and kept as it was shown."""

from dataclasses import replace

from services.common.mongo import Row, Tx
from services.matching.demand import store as demands
from services.matching.demand.model import Demand
from services.matching.engine import conditions, score
from services.matching.engine.conditions import Condition
from services.matching.engine.parties import Requirement
from services.matching.engine.score import Scale
from services.matching.match import model, store
from services.matching.match.model import Match, Named, Place, Ranking
from services.matching.pool.model import Pool, Ranked
from services.matching.pool.store import PEOPLE
from services.matching.profile import store as profiles
from services.matching.profile.model import Profile
from services.matching.rarity import store as rarities
from services.matching.skill import store as skills
from services.reference import clock, education


def scale_of(tx: Tx, requirement: Requirement) -> Scale:
    """Return a requirement in tables, by the skills and their rarity as they are now."""
    return Scale(requirement, skills.current(tx).taxonomy, rarities.current(tx))


def people(
    tx: Tx,
    requirement: Requirement,
    *,
    subject: Row,
    demand: Demand | None,
    by: str,
    role: str,
    named: Named,
    after: Place | None,
    limit: int,
) -> Ranking:
    """Rank people, keep the page as it was shown and, where there is nobody, that it was asked for.

    :param named: gives the id under which whoever asks may know a person.
    :raises NotReady: the people are still being loaded.
    """
    scale, pool = scale_of(tx, requirement), PEOPLE.pool()
    ranked, ahead = _page(pool, scale, named, after=after, limit=limit)
    known = profiles.of_ids(tx, [each.id for each in ranked])
    here = [(rank, each) for rank, each in enumerate(ranked, ahead + 1) if each.id in known]
    matches = [
        Match(
            id=named(each.id),
            rank=rank,
            person=known[each.id].person,
            version=known[each.id].version,
            scale=scale,
            fit=scale.fit(known[each.id].person),
            demand=demand,
        )
        for rank, each in here
    ]
    ranking = _counted(pool, scale)
    # One more than a page was asked for, to know whether there is a next.
    seen, list_id = matches[: limit - 1], None
    if seen:
        ids = [each.id for _, each in here[: len(seen)]]
        list_id = store.insert_shown(tx, scale, seen, ids, by=by, role=role, subject=subject)
    if not ranking.total:
        store.note_unmet(tx, subject["id"], requirement, ranking, day=clock.today().isoformat())
    return replace(ranking, matches=matches, list_id=list_id)


def openings(tx: Tx, profile: Profile, *, after: Place | None, limit: int) -> Ranking:
    """Rank the open vacancies of which a person meets every hard condition."""
    scales = ((demand, scale_of(tx, demand.requirement)) for demand in demands.open_on(tx, clock.today()))
    found = model.openings(profile.person, profile.version, scales)
    begin = model.behind([Ranked(match.fit.units, 0, match.id) for match in found], after, str)
    return Ranking(total=len(found), matches=found[begin : begin + limit])


def _page(pool: Pool, scale: Scale, named: Named, *, after: Place | None, limit: int) -> tuple[list[Ranked], int]:
    """Return so many who come after a place, and how many come before them."""
    wanted = model.reached(after, limit)
    while True:
        wanted = 1 << (wanted - 1).bit_length()  # a few sizes, since each keeps its memory
        ranked = pool.top(scale, wanted)
        begin = model.behind(ranked, after, named)
        if len(ranked) < wanted or len(ranked) - begin >= limit:
            return ranked[begin : begin + limit], begin
        wanted *= 2


def _counted(pool: Pool, scale: Scale) -> Ranking:
    counted = pool.count(scale)
    ranks = {level.code: counted.ranks[level.rank] for level in education.LEVELS}
    emptied_by = None if counted.total else _emptied_by(pool, scale)
    return Ranking(
        total=counted.total,
        districts=counted.districts,
        education={code: count for code, count in ranks.items() if count},
        emptied_by=emptied_by,
        without={} if counted.total else counted.without,
    )


def _emptied_by(pool: Pool, scale: Scale) -> Condition | None:
    """Return the first condition that leaves nobody, when one comes after the other."""
    for condition, asked in conditions.one_by_one(scale.requirement):
        counted = pool.count(scale.asking(asked))
        if not counted.total:
            # Where people wish to work is looked at from the first step on: the core asks for it each time.
            elsewhere = Condition(conditions.DISTRICT)
            return elsewhere if counted.without[elsewhere] and condition.name == conditions.AVAILABILITY else condition
    return None


def explained(tx: Tx, list_id: str) -> Row:
    """Explain a list that was shown, as it was, and say what has changed since.

    :raises ListUnknown: there is no such list.
    """
    row = store.shown(tx, list_id)
    scale = scale_of(tx, store.requirement_of(row["requirement"]))
    known = profiles.of_ids(tx, [each["id"] for each in row["people"]])
    asked = [need.skill for need in scale.requirement.skills]
    then = {name: row[name] for name in ("at", "by", "role", "of", "engine", "requirement", "shares")}
    people = [_explained(each, asked, scale, known.get(each["id"])) for each in row["people"]]
    since = {
        "engine": row["engine"] != score.VERSION,
        "weights": list(scale.shares) != row["shares"],
        "subject": _version_now(tx, row["of"]) != row["of"]["version"],
    }
    return {"list": list_id} | then | {"people": people, "changed_since": since}


def _explained(shown: Row, asked: list[str], scale: Scale, profile: Profile | None) -> Row:
    """Explain somebody's place, and say how they stand now."""
    names = ("by", "level", "evidence", "link", "units")
    pairs = zip(asked, shown["parts"], strict=True)
    parts = [{"skill": skill} | dict(zip(names, part, strict=True)) for skill, part in pairs]
    then = {name: shown[name] for name in ("rank", "id", "version", "units", "nearness")} | {"parts": parts}
    if profile is None:
        return then | {"now": None}
    missed = [condition._asdict() for condition in conditions.unmet(scale, profile.person)]
    return then | {"now": {"version": profile.version, "units": scale.fit(profile.person).units, "misses": missed}}


def _version_now(tx: Tx, subject: Row) -> int | None:
    if subject["kind"] != "vacancy":
        return int(subject["version"])
    return demands.version_of(tx, subject["id"])
