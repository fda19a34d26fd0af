"""What must hold once the killing is over: nothing lost, nothing twice, nothing left to tell, nobody's letter dead."""

import os
import time
from collections import Counter, defaultdict
from contextlib import contextmanager

from kombu import Connection, Queue
from pymongo import MongoClient

from deploy.local.processes import DEPLOYABLES

QUIET_WITHIN_S = 90
LOOK_EVERY_S = 0.3
SHOWN = 3
QUEUES = [f"{name}{kind}" for name in DEPLOYABLES for kind in ("", ".work", ".dead")] + ["events.unheard"]


@contextmanager
def databases(platform):
    """Open the databases of all four, by name."""
    with MongoClient(platform.environment()["MONGO_URL"], tz_aware=True) as client:
        yield {name: client[os.environ["DATABASE_PREFIX"] + name] for name in DEPLOYABLES}


def letters(platform):
    """Count the messages that wait in each queue, where some do."""
    with Connection(platform.environment()["AMQP_URL"], connect_timeout=5) as connection:
        channel = connection.default_channel
        depths = {name: Queue(name, channel=channel).queue_declare(passive=True).message_count for name in QUEUES}
    return {name: count for name, count in depths.items() if count}


def is_quiet(platform, ledger, *, but=()):
    """Wait until nothing is amiss, and return how long it took.

    :param but: queues in which something may lie.
    """
    began = time.monotonic()
    while found := list(_amiss(platform, ledger, but)):
        assert time.monotonic() < began + QUIET_WITHIN_S, "\n".join(found)
        time.sleep(LOOK_EVERY_S)
    return time.monotonic() - began


def _amiss(platform, ledger, but):
    with databases(platform) as db:
        registry = _Registry(db["registry"])
        yield from _lost(ledger, registry)
        yield from _twice(ledger, registry)
        yield from _not_in_matching(registry, db["matching"])
        yield from _notices(registry, db["gateway"])
        for name in DEPLOYABLES:
            yield from _untold(name, db[name])
    waiting = {name: count for name, count in letters(platform).items() if name not in but}
    if waiting:
        yield f"messages wait: {waiting}"
    if not platform.is_ready():
        yield "not all sixteen are ready"


class _Registry:
    """What the registry holds, as it is laid down."""

    def __init__(self, db):
        self.workers = {row["_id"]: row for row in db.workers.find({"gone": {"$ne": True}}, {"sealed": 0})}
        self.certificates = list(db.certificates.find())
        taught = {row["_id"]: row["skills"] for row in db.programmes.find()}
        enrolments = list(db.enrolments.find())
        self.enrolled = {row["worker_id"] for row in enrolments}
        self.imported = {row["certificate_id"] for row in enrolments}  # of these nobody is told
        self.trained = defaultdict(list)
        for row in enrolments:
            if row["state"] == "completed":
                self.trained[row["worker_id"]] += taught[row["programme_id"]]
        self.keys = {row["_id"].partition(" ")[2]: row for row in db.idempotency.find()}
        self.of_worker = defaultdict(list)
        for row in self.certificates:
            self.of_worker[row["worker_id"]].append(row)


def _lost(ledger, registry):
    """Everything that was acknowledged stands in the registry just so."""
    for known in ledger.workers:
        row = registry.workers.get(known.id)
        if row is None:
            yield f"worker {known.key} was acknowledged and is not there"
            continue
        certificates = {each["number"]: (each["skill"], each["level"]) for each in registry.of_worker[known.id]}
        said = (known.version, known.skills, known.certificates)
        there = (row["version"], {each["skill"]: each["level"] for each in row["skills"]}, certificates)
        if said != there:
            yield f"worker {known.key} was acknowledged as {said} and stands as {there}"
        if registry.keys[known.key]["resource"] != known.id:
            yield f"the key {known.key} made {registry.keys[known.key]['resource']}, not {known.id}"


def _twice(ledger, registry):
    ours = registry.workers.keys() - registry.enrolled  # of a spreadsheet's people two may have one name
    names = Counter(registry.workers[id_]["name"] for id_ in ours)
    yield from _some("registered twice", [name for name, count in names.items() if count > 1])
    numbers = Counter(row["number"] for row in registry.certificates)
    yield from _some("issued twice", [number for number, count in numbers.items() if count > 1])
    yield from _some("made by no client", (names.keys() & registry.keys.keys()) - {each.key for each in ledger.workers})


def _not_in_matching(registry, matching):
    """Each worker stands in matching as in the registry: its version, levels and proofs."""
    profiles = {row["_id"]: row for row in matching.profiles.find()}
    yield from _some("in matching alone", profiles.keys() - registry.workers.keys())
    yield from _some("not in matching", registry.workers.keys() - profiles.keys())
    for id_ in profiles.keys() & registry.workers.keys():
        if (said := _expected(registry, id_)) != (there := _profile(profiles[id_])):
            yield f"worker {id_} is {said}, in matching {there}"


def _expected(registry, id_):
    row, levels = registry.workers[id_], {}
    for each in (*row["skills"], *registry.of_worker[id_], *registry.trained[id_]):
        levels[each["skill"]] = max(each["level"], levels.get(each["skill"], 0))
    known = [each for each in registry.of_worker[id_] if each["issued_on"]]
    proofs = sorted((each["skill"], each["issued_on"], each["valid_until"] or "") for each in known)
    return row["version"], row["district"], row["availability"], levels, proofs


def _profile(row):
    levels = {each["skill"]: each["level"] for each in row["skills"]}
    proofs = sorted((each["skill"], each["from"], each["until"] or "") for each in row["certificates"])
    return row["version"], row["district"], row["availability"], levels, proofs


def _notices(registry, gateway):
    """Each certificate was told its worker once, and none that is not there."""
    told = Counter(row["params"]["certificate_id"] for row in gateway.notices.find({"kind": "certificate-issued"}))
    issued = {row["_id"] for row in registry.certificates} - registry.imported
    yield from _some("noticed twice", [id_ for id_, count in told.items() if count > 1])
    yield from _some("never noticed", issued - told.keys())
    yield from _some("noticed, and not in the registry", told.keys() - issued)


def _untold(name, db):
    facts, marks = db.facts.count_documents({"waiting": True}), db.changes.count_documents({})
    stuck = db.changes.count_documents({"stuck": True})
    if facts or marks:
        yield f"{name} has still to tell {facts} facts and {marks} states, {stuck} of them stuck"


def _some(what, ids):
    if ids:
        yield f"{len(ids)} {what}: {', '.join(sorted(ids)[:SHOWN])}"
