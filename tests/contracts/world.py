"""Something of everything, so that requests have something to name: ids by the names that the documents give them.

Most of it is made from the documents' own examples. An id in an example stands for something that is there: what
ends in `_id` or `_ids` is replaced by the id of what this module made.
"""

from services import events
from services.common import inbox
from services.reference.naming import Hit, Reading
from tests.contracts.document import json_body, operations
from tests.registry.intakes import lines, take
from tests.registry.spreadsheets import person

NIK = "6311014107959001"  # as the examples have it
SKILL = {"id": "smaw-welding", "version": 1, "label_id": "Pengelasan SMAW", "label_en": "Shielded metal arc welding"}
DEMAND = {
    "id": "vacancy-1", "version": 1, "employer_id": "employer-1", "employer_name": "PT Contoh", "title": "Juru las",
    "kind": "job", "status": "published", "positions": 1, "district": "63.11.06", "certificates": [],
    "education": None, "starts_on": "2099-03-01", "closes_on": "2099-02-15",
    "skills": [{"skill": "smaw-welding", "min_level": 2, "weight": 1, "must": True}],
}  # fmt: skip
PROFILE = {
    "id": "worker-1", "version": 1, "district": "63.11.06", "education": "SMK", "availability": "available",
    "available_from": None, "skills": [{"skill": "smaw-welding", "level": 3}], "certificates": [],
    "visibility": "open", "hidden_from": [], "wishes": {"kinds": ["job"], "min_wage_idr": None, "districts": []},
}  # fmt: skip


def example(service, path, there, method="post"):
    """Return the example of an operation's body, about what is there."""
    [said] = [said for verb, where, said in operations(service) if (verb, where) == (method, path)]
    return about(json_body(said)["example"], there)


def about(body, there):
    """Return an example with the ids of what is there."""
    several = {f"{name}s": [id_] for name, id_ in there.items() if name.endswith("_id")}
    ids = {name: id_ for name, id_ in there.items() if name.endswith("_id")} | several
    return body | {name: ids[name] for name in body if name in ids}


def registry(http):
    """Make something of everything in the registry."""
    there = {"skill_id": "smaw-welding", "code": "7212", "esco_id": "none-imported"}

    def make(noun, path, /, **said):
        answer = http.post(path.format(**there), json=example("registry", path, there) | said)
        assert answer.status_code < 300, answer.text
        there[noun] = answer.json["id"]
        return answer

    make("institution_id", "/v1/institutions", name="LPK Contoh yang lain")
    make("programme_id", "/v1/programmes", name="Las yang lain")
    make("batch_id", "/v1/batches", name="Angkatan I/2026")
    make("worker_id", "/v1/workers", nik=NIK)
    make("enrolment_id", "/v1/enrolments")
    make("certificate_id", "/v1/workers/{worker_id}/certificates", number="BNSP/2026/000001", level=1)
    released = make("release_id", "/v1/releases")
    there["job_id"] = released.headers["Location"].rpartition("/")[2]
    make("worker_id", "/v1/workers")
    make("enrolment_id", "/v1/enrolments", worker_id=there["worker_id"])
    make("worker_id", "/v1/workers")
    return there | _intake(http, there["institution_id"]) | {"review_id": _review(http)}


def _intake(http, institution):
    """Have a spreadsheet taken of which one line waits for an officer."""
    intake = take(http, institution, [person(0, nik=None)])
    [line] = lines(http, intake)
    assert line["state"] == "open"
    return {"intake_id": intake["id"], "number": str(line["number"])}


def _review(http):
    from services.registry.database import database
    from services.registry.skill import store

    unsure = Reading("Kang Las", None, None, "unsure", (Hit("smaw-welding", 0.6, "las SMAW"),))
    database.transact(store.note_unsure, (unsure,))
    return http.get("/v1/skill-reviews").json[0]["id"]


def vacancies(http):
    """Make an employer that is verified, and a draft of it."""
    from services.vacancies.database import database
    from services.vacancies.handlers import FACTS, STATES

    inbox.listen(database, states=STATES, facts=FACTS)["registry.skill"](event_id="any", payload=[SKILL])
    said = example("vacancies", "/v1/employers", {})
    there = {"employer_id": http.post("/v1/employers", json=said | {"nib": "9120009999999"}).json["id"]}
    assert http.post(f"/v1/employers/{there['employer_id']}/verification").status_code == 200
    written = http.post("/v1/vacancies", json=example("vacancies", "/v1/vacancies", there))
    assert written.status_code == 201, written.text
    return there | {"vacancy_id": written.json["id"]}


def matching(_http):
    """Hear of a person and of a vacancy that is open to them."""
    from services.matching.database import database
    from services.matching.handlers import FACTS, STATES

    handlers = inbox.listen(database, states=STATES, facts=FACTS)
    for event, said in ((events.Skill, SKILL), (events.Vacancy, DEMAND), (events.Worker, PROFILE)):
        handlers[event.name](event_id="any", payload=[said])
    return {"worker_id": PROFILE["id"], "vacancy_id": DEMAND["id"], "employer_id": DEMAND["employer_id"]}


MAKERS = {"registry": registry, "vacancies": vacancies, "matching": matching}
