"""Registering a worker."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.reference import clock
from services.registry.database import database
from tests.conftest import app_of, token

SITI = {
    "name": "Siti Contoh",
    "nik": "6311014107959001",
    "birth_date": "1995-07-01",
    "sex": "P",
    "village": "63.11.06.1023",
    "address": "Jl. Contoh 1",
    "phone": "+6281200001234",
    "email": "siti@example.com",
    "education": "SMK",
    "skills": [{"skill": "smaw-welding", "level": 3}],
}


@pytest.fixture
def officer(client):
    return client("registry", "officer")


def marked():
    return [row["_id"]["id"] for row in database.reader().db.changes.find({"_id.name": "registry.worker"})]


class TestRegisteringAWorker:
    def test_answers_with_its_address_and_version(self, officer):
        answer = officer.post("/v1/workers", json=SITI)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert officer.get(answer.headers["Location"]).json == answer.json
        assert answer.json["district"] == "63.11.06"
        assert answer.json["doubts"] == []

    @pytest.mark.parametrize(("years", "needed"), [(16, True), (17, True), (18, False), (40, False)])
    def test_shows_whether_an_account_needs_a_guardian(self, officer, years, needed):
        birth = clock.today().replace(year=clock.today().year - years, day=1)

        made = officer.post("/v1/workers", json=SITI | {"nik": None, "birth_date": birth.isoformat()}).json

        assert made["guardian_needed"] is needed

    def test_tells_the_other_services(self, officer):
        worker = officer.post("/v1/workers", json=SITI).json["id"]

        assert marked() == [worker]

    def test_seals_what_is_personal(self, officer):
        officer.post("/v1/workers", json=SITI)

        row = str(database.reader().db.workers.find_one())
        assert [said for said in ("6311014107959001", "Jl. Contoh", "81200001234", "siti@example") if said in row] == []

    @pytest.mark.parametrize(
        ("changes", "doubts"),
        [
            ({"nik": None}, ["nik_missing"]),
            ({"sex": "L"}, ["nik_sex_mismatch"]),
            ({"birth_date": "1995-07-02"}, ["nik_date_mismatch"]),
            ({"nik": "6311014107950000"}, ["nik_serial_zero"]),
            ({"birth_date": "1925-07-01"}, ["age_out_of_range", "nik_date_mismatch"]),
        ],
    )
    def test_notes_what_does_not_add_up_and_refuses_nobody_for_it(self, officer, changes, doubts):
        answer = officer.post("/v1/workers", json=SITI | changes)

        assert (answer.status_code, answer.json["doubts"]) == (201, doubts)

    def test_names_every_wrong_field_in_the_clients_language(self, officer):
        wrong = SITI | {"nik": "63", "skills": [{"skill": "x", "level": 6}], "is_admin": True}
        del wrong["name"]

        indonesian = officer.post("/v1/workers", json=wrong)
        english = officer.post("/v1/workers", json=wrong, headers={"Accept-Language": "en"})

        assert indonesian.status_code == 422
        assert indonesian.content_type == "application/problem+json"
        assert set(indonesian.json["errors"]) == {"/nik", "/skills/0/level", "/is_admin", "/name"}
        assert indonesian.json["errors"]["/name"] == ["Wajib diisi."]
        assert english.json["errors"]["/name"] == ["Missing data for required field."]

    def test_suggests_skills_and_villages_for_what_it_does_not_know(self, officer):
        skill = officer.post("/v1/workers", json=SITI | {"skills": [{"skill": "smaw-weldin", "level": 1}]})
        village = officer.post("/v1/workers", json=SITI | {"village": "63.11.06.1024"})

        assert (skill.status_code, skill.json["type"]) == (422, "skills-unknown")
        assert "smaw-welding" in skill.json["errors"]["/skills/0/skill"][0]
        assert (village.status_code, village.json["type"]) == (422, "village-unknown")
        assert "63.11.06.1023" in village.json["errors"]["/village"][0]
        assert marked() == []

    def test_with_a_nik_that_is_there_names_the_one_who_has_it(self, officer):
        first = officer.post("/v1/workers", json=SITI)

        again = officer.post("/v1/workers", json=SITI | {"name": "Another"})

        assert (again.status_code, again.json["type"]) == (409, "nik-taken")
        assert again.headers["Location"] == first.headers["Location"]

    def test_with_one_nik_at_the_same_moment_succeeds_for_one_only(self, officer):
        def post(_):
            headers = {"Authorization": f"Bearer {token('officer')}"}
            return app_of("registry").test_client().post("/v1/workers", json=SITI, headers=headers)

        with ThreadPoolExecutor(8) as pool:
            answers = [answer.status_code for answer in pool.map(post, range(8))]

        assert sorted(answers) == [201] + [409] * 7

    @pytest.mark.parametrize("nik", [{"$ne": None}, ["6311014107959001"], 6311014107959001])
    def test_takes_nothing_but_text_for_a_text(self, officer, nik):
        answer = officer.post("/v1/workers", json=SITI | {"nik": nik})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/nik"})

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive", "stranger"])
    def test_is_for_officers_only(self, client, role):
        assert client("registry", role, own="x").post("/v1/workers", json=SITI).status_code == 403
        assert client("registry", None).post("/v1/workers", json=SITI).status_code == 401


class TestRepeatingARegistration:
    def test_with_its_key_gives_the_same_worker_and_tells_once(self, officer):
        first, second = (officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
        assert second.json == first.json
        assert marked() == [first.json["id"]]

    def test_gives_the_worker_as_it_stands_now(self, officer):
        first = officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": "k-1"})
        officer.patch(first.headers["Location"], json={"education": "D3"}, headers={"If-Match": '"1"'})

        second = officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": "k-1"})

        assert (second.status_code, second.json["education"], second.headers["ETag"]) == (201, "D3", '"2"')

    def test_with_its_key_and_another_body_is_refused(self, officer):
        officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": "k-1"})

        other = officer.post("/v1/workers", json=SITI | {"name": "Other"}, headers={"Idempotency-Key": "k-1"})

        assert (other.status_code, other.json["type"]) == (422, "key-reused")

    def test_that_was_refused_may_be_corrected_under_the_same_key(self, officer):
        headers = {"Idempotency-Key": "k-1"}
        officer.post("/v1/workers", json=SITI | {"village": "63.11.06.9999"}, headers=headers)

        assert officer.post("/v1/workers", json=SITI, headers=headers).status_code == 201

    def test_at_the_same_moment_makes_one_worker(self, officer):
        def post(_):
            headers = {"Authorization": f"Bearer {token('officer')}", "Idempotency-Key": "k-1"}
            return app_of("registry").test_client().post("/v1/workers", json=SITI, headers=headers)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(post, range(6)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json["id"] for answer in answers}) == 1

    def test_keeps_nothing_personal_of_the_request(self, officer):
        officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": "k-1"})

        row = str(database.reader().db.idempotency.find_one())
        assert [said for said in ("6311014107959001", "Siti", "81200001234") if said in row] == []

    @pytest.mark.parametrize("key", ["", "a b", "x" * 201])
    def test_needs_a_key_that_can_be_kept(self, officer, key):
        answer = officer.post("/v1/workers", json=SITI, headers={"Idempotency-Key": key})

        assert (answer.status_code, answer.json["type"]) == (422, "key-unusable")
