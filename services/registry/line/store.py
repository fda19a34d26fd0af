"""Lines of intakes in MongoDB, what is personal in them sealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from pymongo import IndexModel, UpdateOne

from services.common.mongo import Indexes, Row, Tx
from services.registry.admission import store as effects
from services.registry.database import seal
from services.registry.line import model
from services.registry.line.model import SETTLED, IntakeLine, LineUnknown
from services.registry.reading.duplicates import Candidate, Course, Trace

KEPT = timedelta(days=30)
OPEN, RETURNED, REPLACED = "open", "returned", "replaced"
STANDS = ["taken", "decided"]  # somebody came in by it
PLAIN = (
    "intake", "institution_id", "number", "sheet", "row", "first_line", "outcome", "codes", "state", "worker_id",
    "replaced_by", "skills",
)  # fmt: skip
INDEXES: Indexes = {
    "intake_lines": [
        IndexModel([("intake", 1), ("_id", 1)], name="intake"),
        IndexModel([("marks", 1)], name="marks"),
        IndexModel([("state", 1), ("_id", 1)], name="open", partialFilterExpression={"state": OPEN}),
        IndexModel([("worker_id", 1)], name="worker", partialFilterExpression={"worker_id": {"$type": "string"}}),
        IndexModel(
            [("replaced_by", 1)], name="replaced_by", partialFilterExpression={"replaced_by": {"$type": "string"}}
        ),
        # What waits for a decision does not expire.
        IndexModel([("expires_at", 1)], name="expiry", expireAfterSeconds=0),
    ]
}


def insert_many(tx: Tx, lines: Sequence[IntakeLine], traces: Mapping[str, Trace], *, now: datetime) -> None:
    """Store lines, each with its trace by its id."""
    rows = [_row(line, traces[line.id], now) for line in lines]
    if rows:
        tx.db.intake_lines.insert_many(rows, ordered=False, session=tx.session)


def settle(tx: Tx, settled: Mapping[str, Row], *, now: datetime) -> None:
    """Change lines that waited; by id, what is to be set."""
    writes = [UpdateOne({"_id": id_}, {"$set": said | {"expires_at": now + KEPT}}) for id_, said in settled.items()]
    if writes:
        tx.db.intake_lines.bulk_write(writes, ordered=False, session=tx.session)


def decide(tx: Tx, line: IntakeLine, *, now: datetime) -> None:
    """Keep what an officer decided of a line."""
    row = _row(line, None, now) | {"expires_at": now + KEPT}
    tx.db.intake_lines.update_one({"_id": row.pop("_id")}, {"$set": row}, session=tx.session)


def rewrite(tx: Tx, lines: Collection[IntakeLine]) -> None:
    """Keep effects that have changed."""
    writes = []
    for line in lines:
        kept = _sealed(line)
        gone = {name: "" for name in ("effect", "sealed") if name not in kept}
        writes.append(UpdateOne({"_id": line.id}, {"$set": kept} | ({"$unset": gone} if gone else {})))
    if writes:
        tx.db.intake_lines.bulk_write(writes, ordered=False, session=tx.session)


def reopen(tx: Tx, undone: Collection[IntakeLine], *, now: datetime) -> None:
    """Let lines wait again that newer ones had replaced which are undone now, unless a newer one still stands."""
    ids = [line.id for line in undone]
    for line in undone:
        if line.replaced_by is not None:
            newer = {"$set": {"replaced_by": line.replaced_by}}
            tx.db.intake_lines.update_many({"replaced_by": line.id}, newer, session=tx.session)
    is_returned: Row = {"$eq": ["$outcome", "reject"]}
    back: Row = {
        "state": {"$cond": [is_returned, RETURNED, OPEN]},
        "replaced_by": None,
        "expires_at": {"$cond": [is_returned, now + KEPT, "$$REMOVE"]},
    }
    wanted = {"replaced_by": {"$in": ids}, "state": REPLACED}
    tx.db.intake_lines.update_many(wanted, [{"$set": back}], session=tx.session)


def sharing(tx: Tx, intake_id: str, marks: Collection[str]) -> list[Trace]:
    """Return the traces of lines that share a mark: lines of the same intake, and those of others that wait."""
    wanted: Row = {"marks": {"$in": list(marks)}, "$or": [{"intake": intake_id}, {"state": OPEN}]}
    shown = dict.fromkeys(("trace", "intake", "worker_id"), 1)
    found = tx.db.intake_lines.find(wanted, shown, session=tx.session).sort("_id")
    return [_trace(row, intake_id) for row in found]


def get(tx: Tx, intake_id: str, number: str) -> IntakeLine:
    """:raises LineUnknown: there is no such line, or it is forgotten."""
    wanted = {"_id": {"$eq": model.id_of(intake_id, number)}}
    row = tx.db.intake_lines.find_one(wanted, session=tx.session)
    if row is None:
        raise LineUnknown(f"{intake_id}/{number}")
    return _line(row)


def page(tx: Tx, *, after: str | None, limit: int, **of: str | None) -> list[IntakeLine]:
    """Return lines in their order.

    :param of: intake, institution_id, state, outcome or codes that they must have; None: any.
    """
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {name: {"$eq": value} for name, value in of.items() if value is not None}
    return [_line(row) for row in tx.db.intake_lines.find(wanted, session=tx.session).sort("_id").limit(limit)]


def waiting(tx: Tx, intake_id: str, *, after: str, limit: int) -> list[IntakeLine]:
    """Return lines of an intake that wait for a decision or were given back, in their order."""
    wanted = {"intake": {"$eq": intake_id}, "_id": {"$gt": after}, "state": {"$in": [OPEN, RETURNED]}}
    return [_line(row) for row in tx.db.intake_lines.find(wanted, session=tx.session).sort("_id").limit(limit)]


def replaceable(tx: Tx, institution_id: str, ids: Collection[str]) -> list[str]:
    """Return which of these lines of an institution wait for a decision, or were given back."""
    wanted = {"_id": {"$in": list(ids)}, "institution_id": institution_id, "state": {"$in": [OPEN, RETURNED]}}
    return [row["_id"] for row in tx.db.intake_lines.find(wanted, {"_id": 1}, session=tx.session)]


def telling_of(tx: Tx, worker_ids: Collection[str], *, but: str) -> list[IntakeLine]:
    """Return the lines by which somebody came in, and that stand, in their order, without those of one intake."""
    wanted = {"worker_id": {"$in": list(worker_ids)}, "intake": {"$ne": but}, "state": {"$in": STANDS}}
    found = tx.db.intake_lines.find(wanted, session=tx.session).sort("_id")
    return [line for line in map(_line, found) if line.effect]


def said_last(tx: Tx, institution_id: str, worker_ids: Collection[str], *, but: str) -> dict[tuple[str, str], set[str]]:
    """Return by worker and course what the last file of an institution said of them, one or several times as a whole.

    :param but: the intake whose lines are left out.
    """
    wanted = {"worker_id": {"$in": list(worker_ids)}, "institution_id": institution_id, "intake": {"$ne": but}}
    wanted["state"] = {"$in": STANDS}
    shown = dict.fromkeys(("worker_id", "intake", "trace.whole", "trace.courses.key"), 1)
    said: dict[tuple[str, str], tuple[str, set[str]]] = {}
    for row in tx.db.intake_lines.find(wanted, shown, session=tx.session).sort("_id"):
        for course in row["trace"]["courses"]:
            key = row["worker_id"], course["key"]
            intake, wholes = said.get(key, ("", set()))
            said[key] = row["intake"], {row["trace"]["whole"]} | (wholes if intake == row["intake"] else set())
    return {key: wholes for key, (_, wholes) in said.items()}


def said_before(tx: Tx, institution_id: str, traces: Collection[Trace], *, but: str) -> dict[str, IntakeLine]:
    """Return the last line of an institution that came in or was settled, in other intakes, by all that it says."""
    marks = [mark for trace in traces for mark in trace.marks if mark.startswith("whole:")]
    wanted = {"marks": {"$in": marks}, "institution_id": institution_id, "intake": {"$ne": but}}
    wanted["state"] = {"$in": ["taken", *SETTLED]}
    found = tx.db.intake_lines.find(wanted, session=tx.session).sort("_id")
    return {row["trace"]["whole"]: _line(row) for row in found}


def last(tx: Tx, intake_id: str, limit: int) -> list[IntakeLine]:
    """Return the last lines of an intake that are not undone, in their order."""
    wanted = {"intake": intake_id, "state": {"$ne": "undone"}}
    found = tx.db.intake_lines.find(wanted, session=tx.session).sort("_id", -1).limit(limit)
    return [_line(row) for row in found][::-1]


def _row(line: IntakeLine, trace: Trace | None, now: datetime) -> Row:
    row: Row = {name: getattr(line, name) for name in PLAIN}  # asdict would copy deep, which costs a third of an intake
    row |= {"_id": line.id, "candidates": [asdict(each) for each in line.candidates]}
    row |= _sealed(line)
    row |= {"trace": _packed(trace), "marks": trace.marks} if trace else {}
    return row if line.state == OPEN else row | {"expires_at": now + KEPT}


def _sealed(line: IntakeLine) -> Row:
    """Return what a line held and did, what is personal in it sealed."""
    personal: Row = {"cells": list(line.cells), "fields": dict(line.fields)} if line.fields else {}
    plain: Row = {}
    if line.effect is not None:
        (personal if line.effect.is_personal else plain)["effect"] = effects.row(line.effect)
    return plain | ({"sealed": seal.close(personal)} if personal else {})


def _line(row: Row) -> IntakeLine:
    opened: Row = seal.open(row["sealed"]) if "sealed" in row else {}
    effect = opened.get("effect") or row.get("effect")
    return IntakeLine(
        **{name: row[name] for name in PLAIN}
        | {
            "id": row["_id"],
            "codes": tuple(row["codes"]),
            "skills": tuple((text, skill) for text, skill in row["skills"]),
            "candidates": tuple(Candidate(**each) for each in row["candidates"]),
            "cells": tuple(opened.get("cells", ())),
            "fields": opened.get("fields", {}),
            "effect": effects.effect(effect) if effect else None,
        }
    )


def _packed(trace: Trace) -> Row:
    courses = [{"key": each.key, "starts": _text(each.starts), "ends": _text(each.ends)} for each in trace.courses]
    names = ("name", "nik", "phone", "certificate", "whole")
    return {name: getattr(trace, name) for name in names} | {"birth": _text(trace.birth), "courses": courses}


def _trace(row: Row, intake_id: str) -> Trace:
    kept = row["trace"]
    courses = (
        Course(key=each["key"], starts=_day(each["starts"]), ends=_day(each["ends"])) for each in kept["courses"]
    )
    return Trace(
        **kept | {"birth": _day(kept["birth"]), "courses": tuple(courses)},
        worker_id=row["worker_id"],
        line=row["_id"],
        same_file=row["intake"] == intake_id,
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
