"""An officer settles a line that waits: accepts it, joins it to somebody, or dismisses it."""

import pytest

from services.registry.database import database
from tests.registry.intakes import decide, enrolments, lines, send, take, undo, versions, waiting, workers
from tests.registry.spreadsheets import ATTENDING, LATER, PASSED, person


@pytest.fixture
def waits(officer, lpk):
    """Take a line that waits, and return it."""

    def make(n=0, **said):
        [line] = lines(officer, take(officer, lpk, [person(n, **said)]))
        assert line["state"] == "open"
        return line

    return make


class TestAcceptingALine:
    def test_as_it_is_brings_somebody_new(self, officer, waits):
        line = waits(nik=None)

        answer = decide(officer, line)

        assert (answer.status_code, answer.json["state"]) == (200, "decided")
        [worker] = workers(officer)
        assert (answer.json["worker_id"], worker["nik"], worker["doubts"]) == (worker["id"], None, ["nik_missing"])
        assert [each["worker_id"] for each in enrolments(officer)] == [worker["id"]]
        assert waiting(officer) == []
        intake = officer.get(f"/v1/intakes/{line['intake']}").json
        assert (intake["decisions"], intake["outcomes"]) == ({"decided": 1}, {"review": 1})

    def test_with_corrections_takes_what_the_cells_should_have_held(self, officer, waits):
        line = waits(nik="63", village="Entah", programme="Menyelam", birth=None)

        corrections = {
            "nik": person(0)["nik"],
            "village": "Paringin Timur",
            "programme": "barista",
            "birth": "1 Januari 1990",
        }
        answer = decide(officer, line, corrections=corrections)

        assert answer.status_code == 200, answer.text
        [worker] = workers(officer)
        said = {name: worker[name] for name in ("nik", "village", "birth_date", "doubts")}
        assert said == {"nik": person(0)["nik"], "village": "63.11.06.1019", "birth_date": "1990-01-01", "doubts": []}
        assert [each["programme_id"] for each in enrolments(officer)] == ["barista"]

    def test_in_spite_of_what_does_not_add_up_keeps_it_as_a_doubt(self, officer, waits):
        decide(officer, waits(sex="L"))

        assert [worker["doubts"] for worker in workers(officer)] == [["nik_sex_mismatch"]]

    def test_that_was_given_back_is_possible_too(self, officer, lpk):
        [line] = lines(officer, take(officer, lpk, [person(0, name=None)]))

        assert decide(officer, line).status_code == 422
        assert decide(officer, line, corrections={"name": "Siti Rahmawati"}).status_code == 200
        assert [worker["name"] for worker in workers(officer)] == ["Siti Rahmawati"]

    @pytest.mark.parametrize(
        ("said", "missing"),
        [
            ({"village": "Entah"}, {"village"}),
            ({"nik": None, "birth": "31-02-1990", "sex": None}, {"birth", "sex"}),
            ({"programme": "Menyelam"}, {"programme"}),
            ({"expires": "01-01-2020"}, {"expires"}),
        ],
    )
    def test_that_lacks_what_a_person_needs_says_where_to_correct_it(self, officer, waits, said, missing):
        answer = decide(officer, waits(**said))

        assert (answer.status_code, answer.json["type"]) == (422, "line-incomplete")
        assert set(answer.json["errors"]) == {f"/corrections/{field}" for field in missing}
        assert (len(waiting(officer)), workers(officer)) == (1, [])

    @pytest.mark.parametrize("corrections", [{"nickname": "Siti"}, {"nik": 63}, {"name": "x" * 1001}, ["nik"]])
    def test_with_corrections_of_what_no_line_has_is_refused(self, officer, waits, corrections):
        assert decide(officer, waits(nik=None), corrections=corrections).status_code == 422

    def test_whose_nik_names_somebody_joins_them(self, officer, lpk, waits):
        take(officer, lpk, [person(0)])
        line = waits(**PASSED | LATER | {"nik": None, "birth": None})

        answer = decide(officer, line, corrections={"nik": person(0)["nik"]})

        assert answer.json["worker_id"] == workers(officer)[0]["id"]
        assert len(enrolments(officer)) == 2

    def test_as_somebody_new_who_looks_like_another(self, officer, lpk, waits):
        take(officer, lpk, [person(0)])
        line = waits(**PASSED | LATER | {"nik": None})
        assert line["candidates"] != []

        answer = decide(officer, line, corrections={"birth": "01-01-1990"})

        assert answer.json["worker_id"] not in {each["worker_id"] for each in line["candidates"]}
        assert len(workers(officer)) == 2

    def test_with_the_nik_of_another_is_refused(self, officer, lpk, waits):
        take(officer, lpk, [person(0)])
        line = waits(1, nik=person(0)["nik"])

        answer = decide(officer, line)

        assert (answer.status_code, answer.json["type"]) == (409, "nik-taken")
        assert answer.headers["Location"].endswith(workers(officer)[0]["id"])
        assert len(waiting(officer)) == 1

    def test_with_the_certificate_of_another_is_refused_until_it_is_corrected(self, officer, lpk, waits):
        take(officer, lpk, [person(0)])
        line = waits(1, cert_no=person(0)["cert_no"])

        answer = decide(officer, line)

        assert (answer.status_code, answer.json["type"]) == (409, "certificate-number-taken")
        assert decide(officer, line, corrections={"cert_no": None}).status_code == 200
        assert len(workers(officer)) == 2


class TestJoiningALine:
    def test_to_a_worker_gives_them_the_training_and_what_they_lacked(self, officer, lpk, waits):
        take(officer, lpk, [person(0, major=None)])
        line = waits(**PASSED | LATER | {"nik": None, "phone": "0812-0000-7777"})
        worker = line["candidates"][0]["worker_id"]

        answer = decide(officer, line, "join", worker_id=worker)

        assert (answer.status_code, answer.json["worker_id"]) == (200, worker)
        [there] = workers(officer)
        assert (there["phone"], there["nik"], there["major"]) == ("+6281200001000", person(0)["nik"], "Teknik Mesin")
        assert len(enrolments(officer)) == 2

    def test_to_somebody_without_a_nik_brings_it(self, officer, waits):
        first = decide(officer, waits(nik=None)).json["worker_id"]
        line = waits(**PASSED | LATER | {"sex": "L"})

        decide(officer, line, "join", worker_id=first, corrections={"sex": "P"})

        assert [(worker["nik"], worker["doubts"]) for worker in workers(officer)] == [(person(0)["nik"], [])]

    @pytest.mark.parametrize(
        ("said", "status"), [({"worker_id": "nobody"}, 404), ({"worker_id": None}, 422), ({}, 422)]
    )
    def test_to_nobody_is_refused(self, officer, waits, said, status):
        answer = decide(officer, waits(nik=None), "join", **said)

        assert answer.status_code == status
        assert workers(officer) == []


class TestDismissingALine:
    def test_brings_nobody_and_asks_no_more(self, officer, lpk, waits):
        line = waits(nik=None)

        assert decide(officer, line, "dismiss").json["state"] == "dismissed"
        take(officer, lpk, [person(0, nik=None)])

        assert (workers(officer), waiting(officer)) == ([], [])


class TestALineThatIsSettled:
    @pytest.mark.parametrize("act", ["accept", "dismiss"])
    def test_is_not_settled_again(self, officer, waits, act):
        line = waits(nik=None)
        decide(officer, line, act)

        again = decide(officer, line)

        assert (again.status_code, again.json["type"]) == (409, "line-settled")

    def test_is_settled_likewise_when_the_file_comes_again(self, officer, lpk):
        given = [person(0, nik=None), person(1, nik=None), person(2, nik=None, **ATTENDING)]
        take(officer, lpk, given)
        first, second, _ = waiting(officer)
        decide(officer, first, corrections={"nik": person(0)["nik"], "phone": "0812-0000-7777"})
        decide(officer, second, "dismiss")
        before = versions()

        again = take(officer, lpk, given)

        assert [line["state"] for line in lines(officer, again)] == ["decided", "dismissed", "open"]
        assert [line["number"] for line in waiting(officer)] == [3]
        assert again["decisions"] == {"decided": 1, "dismissed": 1}
        assert (len(workers(officer)), versions()) == (1, before)

    def test_was_never_to_be_settled_if_it_was_taken(self, officer, lpk):
        [line] = lines(officer, take(officer, lpk, [person(0)]))

        assert decide(officer, line).status_code == 409

    def test_goes_with_its_intake(self, officer, waits):
        line = waits(nik=None)
        decide(officer, line)

        intake = undo(officer, {"id": line["intake"]})

        assert (workers(officer), enrolments(officer)) == ([], [])
        assert intake["people"] == {"removed": 1}
        again = decide(officer, line)
        assert (again.status_code, again.json["type"]) == (409, "intake-undone")


class TestWhoMaySettle:
    @pytest.mark.parametrize("role", ["institution", "worker", "employer", "executive"])
    def test_is_the_office_alone(self, client, officer, lpk, waits, role):
        line = waits(nik=None)

        assert decide(client("registry", role, own=lpk), line).status_code == 403
        assert client("registry", role, own=lpk).get("/v1/intake-lines").status_code == 403
        assert len(waiting(officer)) == 1

    def test_finds_no_line_that_is_not_there(self, officer, lpk):
        intake = take(officer, lpk, [person(0)])

        answer = decide(officer, {"intake": intake["id"], "number": 2})
        assert (answer.status_code, answer.json["type"]) == (404, "line-unknown")
        assert decide(officer, {"intake": "nothing", "number": 1}).status_code == 404

    def test_may_settle_while_the_rest_is_still_being_taken(self, officer, lpk):
        sent = send(officer, lpk, [person(0, nik=None)]).json

        assert decide(officer, {"intake": sent["id"], "number": 1}).status_code == 404
        assert database.reader().db.intakes.find_one()["state"] == "reading"
