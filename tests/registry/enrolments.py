"""People, batches and enrolments for the registry's tests: one by one over HTTP, many at once past it."""

from datetime import UTC, date, datetime

from services.common import mongo, work
from services.registry.batch import store as batches
from services.registry.batch.model import Batch
from services.registry.database import database
from services.registry.enrolment import store as enrolments
from services.registry.enrolment.model import Enrolment, Policy
from services.registry.work import JOBS, PERIODIC
from services.registry.worker import store as workers
from services.registry.worker.model import Worker
from tests.registry.test_register_worker import SITI

WELDING, BARISTA = "las-smaw-3g", "barista"  # programmes that come with the platform
AT = datetime(2026, 7, 1, tzinfo=UTC)
POLICY = {
    "provider": "BPJS Ketenagakerjaan",
    "number": "26012345678",
    "starts_on": "2099-01-01",
    "ends_on": "2099-12-31",
}
# Far ahead, so that a training that is attended lasts whatever day it is.
DAYS = {"starts_on": "2099-03-01", "ends_on": "2099-04-30"}
PERSON = {
    "nik": None, "doubts": ("nik_missing",), "birth_date": date(1995, 7, 1), "birthplace": None, "sex": "P",
    "village": "63.11.06.1023", "address": None, "phone": None, "email": None, "education": "SMK", "major": None,
    "availability": "available", "available_from": None, "skills": (), "unread": (), "created_at": AT,
}  # fmt: skip


def batch(officer, lpk, **said):
    asked = {"institution_id": lpk, "programme_id": WELDING, "name": "Angkatan I/2099"} | DAYS | said
    return officer.post("/v1/batches", json=asked).json["id"]


def person(officer, **said):
    return officer.post("/v1/workers", json=SITI | {"nik": None, "skills": []} | said).json["id"]


def enrol(http, worker_id, batch_id, **said):
    return http.post("/v1/enrolments", json={"worker_id": worker_id, "batch_id": batch_id} | said)


def enrol_each(officer, lpk, *states):
    """Enrol one person in each of some states, in one batch; return the enrolments by state, and the batch."""
    made = batch(officer, lpk)
    people = {state: person(officer, name=f"Contoh {state}") for state in states}
    return {state: enrol(officer, each, made, state=state).json["id"] for state, each in people.items()}, made


def enrol_many(count, state="accepted"):
    """Enrol so many new people, 400 a batch, and return the ids of their enrolments."""
    sizes = [min(400, count - start) for start in range(0, count, 400)]
    return [id_ for size in sizes for id_ in database.transact(_enrol_many, size, state)]


def _enrol_many(tx, count, state):
    people = [Worker(id=mongo.new_id(), version=1, name=f"Contoh {n}", **PERSON) for n in range(count)]
    names = {"name": f"Angkatan {mongo.new_id()}", "institution_id": "i-1", "programme_id": "p-1", "capacity": None}
    days = {name: date.fromisoformat(day) for name, day in DAYS.items()}
    made = Batch(id=mongo.new_id(), version=1, **names, **days)
    policy = Policy(provider="BPJS Ketenagakerjaan", number="26012345678", **days)
    more = {"state": state, "policy": policy, "certificate_id": None, "intake_id": None, "created_at": AT} | days
    of = {"batch_id": made.id, "institution_id": "i-1", "programme_id": "p-1"}
    found = [Enrolment(id=mongo.new_id(), version=1, worker_id=each.id, **of, **more) for each in people]
    workers.insert_many(tx, people)
    batches.insert_many(tx, [made])
    enrolments.insert_many(tx, found)
    return [each.id for each in found]


def work_on(kind, jobs=JOBS):
    """Let the work process handle what was asked of it under a name."""
    handle = work.handlers(database, jobs=jobs, periodic=PERIODIC)[f"registry.{kind}"]
    for row in list(database.reader().db.facts.find({"name": f"registry.{kind}"}).sort("_id")):
        handle(event_id=row["_id"], payload=row["payload"])
