"""Taking an intake: many people at once, as an institution sends them."""

from datetime import UTC, datetime

import pytest

from services.common import work
from services.registry.database import database
from services.registry.work import JOBS, PERIODIC
from tests.registry.test_issue_certificate import WELDING
from tests.registry.test_register_worker import SITI, marked

ANI = SITI | {"nik": None, "name": "Ani Contoh", "certificates": []}


class Killed(BaseException):
    """The process ends here."""


def requests_for_work():
    return [(row["_id"], row["payload"]) for row in database.reader().db.facts.find({"name": "registry.intake.taken"})]


def carry_out(jobs=JOBS):
    """Let the work process handle what was asked of it, in the order it was asked."""
    handle = work.handlers(database, jobs=jobs, periodic=PERIODIC)["registry.intake.taken"]
    for event_id, payload in requests_for_work():
        handle(event_id=event_id, payload=payload)


def workers():
    return database.reader().db.workers.count_documents({})


class TestTakingAnIntake:
    def test_answers_at_once_with_its_job(self, officer, send, lpk):
        answer = send(ANI, ANI)

        assert answer.status_code == 202
        assert (answer.json["institution_id"], answer.json["total"], answer.json["errors"]) == (lpk, 2, [])
        job = officer.get(answer.headers["Location"]).json
        assert (job["id"], job["subject"]) == (answer.json["job"], answer.json["id"])
        assert (job["state"], job["total"], job["percent"]) == ("queued", 2, 0)
        assert workers() == 0

    def test_registers_each_line_with_its_certificates_and_tells_of_them(self, officer, send):
        answer = send(SITI | {"certificates": [WELDING]}, ANI)
        carry_out()

        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"], job["percent"]) == ("done", 2, 0, 100)
        people = {person["name"]: person["id"] for person in officer.get("/v1/workers").json}
        assert sorted(people) == ["Ani Contoh", "Siti Contoh"]
        held = officer.get(f"/v1/workers/{people['Siti Contoh']}/certificates").json
        assert [{name: each[name] for name in WELDING} for each in held] == [WELDING]
        assert set(marked()) == set(people.values())
        assert database.reader().db.facts.count_documents({"name": "registry.certificate.issued"}) == 1

    def test_notes_the_lines_that_are_wrong_and_takes_the_others(self, officer, send):
        unreadable = {name: said for name, said in ANI.items() if name != "name"} | {"nik": "63", "own": 1}
        unknown = ANI | {"skills": [{"skill": "magic", "level": 1}]}

        answer = send(ANI, unreadable, unknown, ANI | {"village": "63.11.06.9999"}, ANI)
        carry_out()

        intake = officer.get(f"/v1/intakes/{answer.json['id']}").json
        assert [(each["line"], each["code"], each["fields"]) for each in intake["errors"]] == [
            (2, "Unreadable", ["/name", "/nik", "/own"]),
            (3, "SkillsUnknown", ["/skills/0/skill"]),
            (4, "VillageUnknown", ["/village"]),
        ]
        assert (intake["total"], workers()) == (5, 2)
        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"]) == ("done", 2, 2)

    def test_of_which_every_line_is_wrong_ends_with_nothing_taken(self, officer, send):
        answer = send({"name": "Ani"}, {})
        carry_out()

        assert answer.status_code == 202
        assert [error["line"] for error in answer.json["errors"]] == [1, 2]
        assert officer.get(answer.headers["Location"]).json["state"] == "done"
        assert workers() == 0

    def test_notes_the_certificates_that_are_refused_and_takes_their_holder(self, officer, send):
        ends_early = WELDING | {"number": "2", "valid_until": "2026-01-04"}

        answer = send(ANI | {"certificates": [WELDING, WELDING | {"skill": "english"}, ends_early]}, ANI)
        carry_out()

        errors = officer.get(f"/v1/intakes/{answer.json['id']}").json["errors"]
        assert [(each["line"], each["code"], each["fields"]) for each in errors] == [
            (1, "CertificateNumberTaken", ["/certificates/1"]),
            (1, "CertificateEndsBeforeItBegins", ["/certificates/2/valid_until"]),
        ]
        holder = officer.get("/v1/workers").json[0]["id"]
        assert len(officer.get(f"/v1/workers/{holder}/certificates").json) == 1
        job = officer.get(answer.headers["Location"]).json
        assert (job["done"], job["failed"], workers()) == (1, 1, 2)

    def test_counts_ages_on_the_offices_day_on_which_it_was_sent(self, officer, send):
        send(ANI | {"birth_date": "2010-07-02"})
        evening = datetime(2025, 7, 1, 17, tzinfo=UTC)  # at the office it is the second of July
        database.reader().db.jobs.update_one({}, {"$set": {"created_at": evening}})

        carry_out()

        assert officer.get("/v1/workers").json[0]["doubts"] == ["nik_missing"]

    def test_names_the_fields_of_a_certificate_that_cannot_be_read(self, send):
        answer = send(ANI | {"certificates": [WELDING, WELDING | {"level": 9}]})

        assert [each["fields"] for each in answer.json["errors"]] == [["/certificates/1/level"]]

    def test_takes_a_nik_once(self, officer, send):
        answer = send(SITI, SITI | {"name": "Again"})
        carry_out()
        later = send(SITI)
        carry_out()

        for intake, line in ((answer, 2), (later, 1)):
            errors = officer.get(f"/v1/intakes/{intake.json['id']}").json["errors"]
            assert [(error["line"], error["code"]) for error in errors] == [(line, "NikTaken")]
        assert [person["name"] for person in officer.get("/v1/workers").json] == ["Siti Contoh"]

    def test_never_repeats_in_its_errors_what_a_line_held(self, officer, send):
        path = f"/v1/intakes/{send(SITI, SITI, SITI | {'phone': '0812', 'nik': '6311'}).json['id']}"
        carry_out()

        said = officer.get(path).text
        assert [each for each in ("Siti", "6311014107959001", '6311"', "0812", "Jl. Contoh") if each in said] == []

    def test_takes_2000_lines_and_not_one_more(self, send, officer):
        whole = send(*[ANI] * 2000)
        more = send(*[ANI] * 2001)
        none = send()

        assert (whole.status_code, whole.json["total"]) == (202, 2000)
        assert (more.status_code, set(more.json["errors"])) == (422, {"/lines"})
        assert (none.status_code, set(none.json["errors"])) == (422, {"/lines"})

    def test_of_an_unknown_institution_is_not_possible(self, officer):
        answer = officer.post("/v1/intakes", json={"institution_id": "nobody", "lines": [ANI]})

        assert (answer.status_code, answer.json["type"]) == (404, "institution-unknown")
        assert requests_for_work() == []


class TestTheLinesOfAnIntake:
    def test_are_sealed_until_they_are_taken_and_then_gone(self, send):
        send(SITI)

        kept = {name: list(database.reader().db[name].find()) for name in database.reader().db.list_collection_names()}
        assert len(kept["intake_chunks"]) == 1
        personal = ("Siti", SITI["nik"], SITI["birth_date"], SITI["phone"], SITI["email"], SITI["address"])
        assert [said for said in personal if said in str(kept)] == []

        carry_out()
        assert database.reader().db.intake_chunks.count_documents({}) == 0

    def test_are_all_there_again_after_a_crash_in_the_midst_of_taking_them(self, officer, send):
        path = send(ANI, ANI).headers["Location"]

        def crash(tx, job):
            JOBS["intake.taken"](tx, job)
            raise Killed

        with pytest.raises(Killed):
            carry_out({"intake.taken": crash})
        assert (workers(), marked()) == (0, [])

        carry_out()
        assert (officer.get(path).json["done"], workers()) == (2, 2)


class TestRepeatingAnIntake:
    def test_with_its_key_gives_the_same_job_and_takes_nobody_twice(self, officer, send):
        first, second = (send(ANI, headers={"Idempotency-Key": "k-1"}) for _ in range(2))
        carry_out()

        assert (second.status_code, second.headers["Location"]) == (202, first.headers["Location"])
        assert second.json == first.json
        assert (len(requests_for_work()), workers()) == (1, 1)

    def test_without_a_key_sends_it_again(self, send):
        first, second = (send(ANI) for _ in range(2))
        carry_out()

        assert second.headers["Location"] != first.headers["Location"]
        assert workers() == 2
