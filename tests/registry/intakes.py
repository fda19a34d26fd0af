"""Intakes for the registry's tests: sent over HTTP, and taken as the work process takes them."""

import io

from services.common import work
from services.registry.database import database
from services.registry.work import JOBS, PERIODIC
from tests.registry.spreadsheets import AS_OF, as_csv, rows

TAKING, UNDOING, DECIDED = "intake.taken", "intake.undone", "skill.decided"


class Killed(BaseException):
    """The process ends here."""


def send(http, institution, content, *, name="peserta.csv", headers=None, **form):
    """Send a file as its institution does, or lines of it; return the answer."""
    content = content if isinstance(content, bytes) else as_csv(rows(content))
    said = {"institution_id": institution, "as_of": AS_OF} | form
    said = {field: value for field, value in said.items() if value is not None}
    file = (io.BytesIO(content), name)
    return http.post("/v1/intakes", data=said | {"file": file}, content_type="multipart/form-data", headers=headers)


def carry_out(kind=TAKING, jobs=JOBS):
    """Let the work process handle what was asked of it and is not done, in the order it was asked."""
    handle = work.handlers(database, jobs=jobs, periodic=PERIODIC)[f"registry.{kind}"]
    for row in list(database.reader().db.facts.find({"name": f"registry.{kind}"}).sort("_id")):
        handle(event_id=row["_id"], payload=row["payload"])


def take(http, institution, content, **options):
    """Send a file, let it be taken, and return the intake."""
    answer = send(http, institution, content, **options)
    assert answer.status_code == 202, answer.text
    carry_out()
    return http.get(f"/v1/intakes/{answer.json['id']}").json


def undo(http, intake):
    """Undo an intake, and return it as it is then."""
    answer = http.post(f"/v1/intakes/{intake['id']}/undo")
    assert answer.status_code == 202, answer.text
    carry_out(UNDOING)
    return http.get(f"/v1/intakes/{intake['id']}").json


def lines(http, intake, query=""):
    return http.get(f"/v1/intakes/{intake['id']}/lines?limit=200{query}").json


def waiting(http):
    """Return the lines that wait for an officer, of all intakes."""
    return http.get("/v1/intake-lines?state=open&limit=200").json


def decide(http, line, act="accept", **said):
    return http.post(f"/v1/intakes/{line['intake']}/lines/{line['number']}/decision", json={"act": act} | said)


def errors(http, intake):
    return http.get(f"/v1/intakes/{intake['id']}/errors.xlsx").data


def workers(http):
    return http.get("/v1/workers?limit=200").json


def enrolments(http):
    return http.get("/v1/enrolments?limit=200").json


def kept(*collections):
    """Return what is in collections, without what only counts: versions, and what is sealed anew each time."""
    there = database.reader().db
    return {
        name: [_plain(row) for row in there[name].find({"gone": {"$ne": True}}).sort("_id")] for name in collections
    }


def _plain(said):
    if isinstance(said, dict):
        return {
            name: _plain(value) for name, value in said.items() if name not in {"version", "sealed", "number_sealed"}
        }
    return "sealed" if isinstance(said, bytes) else said


def versions():
    return {row["_id"]: row["version"] for row in database.reader().db.workers.find()}
