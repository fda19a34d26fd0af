"""Whom the lines of an intake bring: workers with all that is said of them, each once; or a line with its reasons."""

import pytest

from tests.registry import intakes
from tests.registry.intakes import carry_out, enrolments, lines, take, waiting, workers
from tests.registry.spreadsheets import ATTENDING, PASSED, people, person
from tests.registry.test_telling import states


@pytest.fixture
def taken(officer, lpk):
    """Take lines of the institution, and return what the API lists of them."""
    return lambda *given, **options: lines(officer, take(officer, lpk, given, **options))


class TestALineThatIsRight:
    def test_brings_a_worker_with_all_that_it_says(self, officer, taken):
        [line] = taken(person(0))

        worker = officer.get(f"/v1/workers/{line['worker_id']}").json
        del worker["created_at"]
        assert worker == {
            "id": line["worker_id"], "name": "Siti Rahmawati", "nik": "6311014101909001", "doubts": [],
            "birth_date": "1990-01-01", "birthplace": "Paringin", "sex": "P", "village": "63.11.06.1019",
            "district": "63.11.06", "address": "Jl. Contoh RT 01 No. 1", "phone": "+6281200001000",
            "email": "peserta0@example.com", "education": "SMK", "major": "Teknik Mesin", "availability": "available",
            "available_from": None, "unread": [], "guardian_needed": False,
            "visibility": "pseudonymous", "hidden_from": [], "wishes": None, "consents": [],
            "skills": [{"skill": "smaw-welding", "level": 2}, {"skill": "spreadsheets", "level": 2}],
        }  # fmt: skip
        assert (line["state"], line["outcome"], line["codes"], line["fields"]) == ("taken", "accept", [], {})

    def test_enrols_everybody_of_a_batch_in_that_batch(self, officer, lpk, taken):
        taken(*people(3))

        [batch] = officer.get("/v1/batches").json
        said = {name: batch[name] for name in ("institution_id", "programme_id", "name", "starts_on", "ends_on")}
        assert said == {
            "institution_id": lpk, "programme_id": "las-smaw-3g", "name": "Angkatan II/2025",
            "starts_on": "2025-03-01", "ends_on": "2025-04-30",
        }  # fmt: skip
        there = enrolments(officer)
        assert {(each["batch_id"], each["state"]) for each in there} == {(batch["id"], "completed")}
        assert there[0]["policy"] == {
            "provider": "BPJS Ketenagakerjaan", "number": "26012345678", "starts_on": "2025-03-01",
            "ends_on": "2025-04-30",
        }  # fmt: skip

    def test_brings_the_certificate_that_a_pass_brought(self, officer, taken):
        [line] = taken(person(0, scheme="Juru Las"))

        [held] = officer.get(f"/v1/workers/{line['worker_id']}/certificates").json
        assert enrolments(officer)[0]["certificate_id"] == held["id"]
        said = {name: held[name] for name in ("skill", "number", "issuer", "issued_on", "valid_until")}
        assert said == {
            "skill": "smaw-welding", "number": "LAS 0000/2025", "issuer": "LSP Contoh", "issued_on": "2025-05-10",
            "valid_until": "2028-05-10",
        }  # fmt: skip

    def test_is_told_to_the_other_services_as_they_match_by_it(self, officer, taken):
        taken(person(0), person(1, **ATTENDING), person(2, **ATTENDING | {"skills": None, "education": None}))

        told = {state["id"]: state for state in states("registry.worker")}
        passed, attends, silent = (told[each["id"]] for each in workers(officer))
        assert (passed["village"], passed["district"], passed["education"]) == ("63.11.06.1019", "63.11.06", "SMK")
        kinds = {(held["skill"], held.get("kind", "claimed")) for held in passed["skills"]}
        assert {("spreadsheets", "claimed"), ("smaw-welding", "trained"), ("technical-drawing", "trained")} <= kinds
        assert [each["skill"] for each in passed["certificates"]] == ["smaw-welding"]
        assert (passed["availability"], passed["available_from"]) == ("available", None)
        assert (attends["availability"], attends["available_from"]) == ("in_training", "2027-01-01")
        assert (silent["skills"], silent["certificates"], silent["education"]) == ([], [], "none")

    @pytest.mark.parametrize(
        ("said", "state"),
        [
            ({"result": "Tidak Lulus"}, "failed"),
            ({"result": "Mengundurkan diri"}, "withdrawn"),
            ({"result": "K"}, "completed"),
        ],
    )
    def test_says_how_the_training_went(self, officer, taken, said, state):
        taken(person(0, **ATTENDING | {"period": PASSED["period"], "batch": "I/2025"} | said))

        assert [each["state"] for each in enrolments(officer)] == [state]


class TestALineThatIsNotRight:
    @pytest.mark.parametrize(
        ("said", "outcome", "codes"),
        [
            ({"phone": "0812"}, "warn", ["phone_bad"]),
            ({"email": "bukan email"}, "warn", ["email_bad"]),
            ({"sex": None}, "warn", ["sex_from_nik"]),
            ({"birth": None}, "warn", ["birth_from_nik"]),
            ({"expires": "01-11-2026"}, "warn", ["certificate_expired"]),
            ({"policy_no": None, "policy_from": None, "policy_until": None}, "warn", ["policy_missing"]),
            ({"skills": "Las SMAW, rajin sekali"}, "warn", ["skill_unknown"]),
            ({"address": '=HYPERLINK("http://example.com")'}, "warn", ["unsafe_text"]),
            ({"nik": None}, "review", ["nik_missing"]),
            ({"nik": "631101410190900"}, "review", ["nik_bad_length"]),
            ({"nik": "6,31101E+15"}, "review", ["nik_digits_lost"]),
            ({"sex": "L"}, "review", ["nik_sex_mismatch"]),
            ({"birth": "02-01-1990"}, "review", ["nik_date_mismatch"]),
            ({"village": "Sungai Entah"}, "review", ["unknown_village"]),
            ({"village": "Galumbang", "district": None}, "review", ["ambiguous_village"]),
            ({"programme": "Kursus Menyelam"}, "review", ["programme_unknown"]),
            ({"programme": None}, "review", ["programme_missing"]),
            ({"name": None}, "reject", ["missing_required"]),
        ],
    )
    def test_carries_codes_and_what_to_do_in_both_languages(self, officer, lpk, said, outcome, codes):
        intake = take(officer, lpk, [person(0, **said)])

        [line] = lines(officer, intake)
        assert (line["outcome"], line["codes"]) == (outcome, codes)
        state = {"warn": "taken", "review": "open", "reject": "returned"}[outcome]
        assert (line["state"], len(workers(officer))) == (state, 1 if outcome == "warn" else 0)
        path = f"/v1/intakes/{intake['id']}/lines/1"
        [indonesian], [english] = (
            officer.get(path, headers={"Accept-Language": language}).json["reasons"] for language in ("id", "en")
        )
        assert indonesian["sentence"] != english["sentence"]
        assert indonesian["code"] == english["code"] == codes[0]

    def test_shows_its_cells_to_whoever_has_to_correct_it(self, taken):
        waits, given_back = taken(person(0, nik=None), person(1, name=None))

        assert (waits["fields"]["name"], waits["fields"]["phone"]) == ("Siti Rahmawati", "0812-0000-1000")
        assert given_back["fields"]["nik"] == person(1)["nik"]
        assert (waits["worker_id"], given_back["worker_id"]) == (None, None)

    def test_stands_in_a_list_by_state_outcome_and_code_and_waits_in_the_offices_queue(self, officer, lpk, blk):
        first = take(officer, lpk, [person(0, nik=None), person(1), person(2, nik="12"), person(3, name=None)])
        take(officer, blk, [person(4, nik=None)])

        def numbers(query):
            return [line["number"] for line in lines(officer, first, query)]

        assert numbers("&state=open") == numbers("&outcome=review") == [1, 3]
        assert numbers("&code=nik_missing") == [1]
        assert numbers("&state=returned") == [4]
        assert [line["number"] for line in waiting(officer)] == [1, 3, 1]
        by_code = officer.get("/v1/intake-lines?state=open&code=nik_missing").json
        assert [line["intake"] == first["id"] for line in by_code] == [True, False]

    def test_never_keeps_the_others_of_its_file_out(self, officer, taken):
        taken(person(0), person(1, nik="x"), person(2, name=None), person(3))

        assert [each["name"] for each in workers(officer)] == ["Siti Rahmawati", "Agus Salim"]


class TestASkillThatNobodyKnows:
    def test_waits_until_an_officer_says_what_it_means_and_is_read_so_from_then_on(self, officer, lpk, taken):
        [line] = taken(person(0, skills="Ngopi tubruk manual"))
        assert officer.get(f"/v1/workers/{line['worker_id']}").json["skills"] == []

        [review] = officer.get("/v1/skill-reviews").json
        assert review["text"] == "Ngopi tubruk manual"
        officer.post(f"/v1/skill-reviews/{review['id']}/decision", json={"skill": "coffee-brewing"})
        carry_out(intakes.DECIDED)
        [later] = taken(person(1, skills="ngopi tubruk manual"))

        for each in (line, later):
            worker = officer.get(f"/v1/workers/{each['worker_id']}").json
            assert ([held["skill"] for held in worker["skills"]], worker["unread"]) == (["coffee-brewing"], [])
        assert (later["outcome"], later["codes"]) == ("accept", [])

    def test_is_not_asked_again_once_it_is_said_to_be_none(self, officer, taken):
        [line] = taken(person(0, skills="rajin sekali"))
        [review] = officer.get("/v1/skill-reviews").json
        officer.post(f"/v1/skill-reviews/{review['id']}/decision", json={"skill": None})
        carry_out(intakes.DECIDED)

        [later] = taken(person(1, skills="Rajin sekali"))

        assert (line["codes"], later["codes"]) == (["skill_unknown"], [])
        assert officer.get(f"/v1/workers/{line['worker_id']}").json["unread"] == []
        assert officer.get("/v1/skill-reviews?state=open").json == []
