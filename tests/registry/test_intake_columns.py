"""What the columns of an institution's files hold: read, remembered, corrected."""

import json

import pytest

from tests.registry.intakes import lines, send, take, workers
from tests.registry.spreadsheets import HEADINGS, as_csv, as_xlsx, people, person, rows

# Headings that say something else than what stands under them, and one that says nothing.
ODD = HEADINGS | {"village": "Asal", "address": "Keterangan Tempat"}
ODDLY = {"Asal": "village", "Keterangan Tempat": "address"}


def path(institution):
    return f"/v1/institutions/{institution}/columns"


def column(intake, heading):
    [found] = {each["field"] for each in intake["columns"] if each["heading"] == heading}
    return found


def odd(count=3, start=0):
    """Return a file of so many people whose villages stand under a heading that is none of a village."""
    return as_csv(
        rows([person(n, note="x") for n in range(start, start + count)], ODD | {"village": "Catatan", "note": "Ket"})
    )


class TestTheColumnsOfAnInstitution:
    def test_are_shown_with_each_intake(self, officer, lpk):
        intake = take(officer, lpk, as_xlsx(rows(people(3)), sheet="Daftar"), name="peserta.xlsx")

        assert [(each["sheet"], each["heading"], each["field"]) for each in intake["columns"]] == [
            ("Daftar", heading, field) for field, heading in HEADINGS.items()
        ]

    def test_may_be_said_with_a_file_and_are_taken_so_from_then_on(self, officer, lpk):
        said = json.dumps({"Catatan": "village"})

        before = take(officer, lpk, odd())
        with_it = take(officer, lpk, odd(start=3), columns=said)
        after = take(officer, lpk, odd(start=6))

        assert before["outcomes"] == {"review": 3}
        assert with_it["outcomes"] == after["outcomes"] == {"accept": 3}
        assert column(after, "Catatan") == "village"
        assert officer.get(path(lpk)).json["columns"]["catatan"] == "village"

    def test_may_be_said_beforehand_in_capitals_or_not(self, officer, lpk):
        answer = officer.patch(path(lpk), json={"columns": {" CATATAN ": "village"}})

        assert (answer.status_code, answer.json["columns"]) == (200, {"catatan": "village"})
        assert take(officer, lpk, odd())["outcomes"] == {"accept": 3}

    def test_may_be_said_to_hold_nothing(self, officer, lpk):
        officer.patch(path(lpk), json={"columns": {"Email": None}})

        intake = take(officer, lpk, people(2))

        assert column(intake, "Email") is None
        assert [worker["email"] for worker in workers(officer)] == [None, None]

    def test_may_be_said_anew(self, officer, lpk):
        officer.patch(path(lpk), json={"columns": {"Catatan": "district", "Email": None}})
        officer.patch(path(lpk), json={"columns": {"Catatan": "village"}})

        assert officer.get(path(lpk)).json["columns"] == {"catatan": "village", "email": None}
        assert take(officer, lpk, odd())["outcomes"] == {"accept": 3}

    def test_of_another_institution_are_not_touched(self, officer, lpk, blk):
        officer.patch(path(lpk), json={"columns": {"Catatan": "village"}})

        assert officer.get(path(blk)).json == {"columns": {}}
        assert take(officer, blk, odd())["outcomes"] == {"review": 3}

    def test_that_their_cells_told_are_known_in_the_next_file(self, officer, lpk):
        headings = HEADINGS | {"nik": "Kode Diri"}
        first = take(officer, lpk, as_csv(rows(people(20), headings)))
        assert column(first, "Kode Diri") == "nik"

        second = take(officer, lpk, as_csv(rows([person(20, nik="63110")], headings)))

        assert column(second, "Kode Diri") == "nik"
        assert [line["codes"] for line in lines(officer, second)] == [["nik_bad_length"]]

    def test_may_have_dots_and_dollars_in_their_headings(self, officer, lpk):
        officer.patch(path(lpk), json={"columns": {"$a.b.$c": "phone", "No. HP": None}})

        intake = take(officer, lpk, as_csv(rows(people(2), HEADINGS | {"phone": "$a.b.$c"})))

        assert column(intake, "$a.b.$c") == "phone"

    def test_in_a_field_that_there_is_not_are_refused(self, officer, lpk):
        answer = officer.patch(path(lpk), json={"columns": {"Catatan": "desa", "Email": "email"}})
        with_file = send(officer, lpk, odd(), columns=json.dumps({"Catatan": "desa"}))

        assert (answer.status_code, answer.json["type"]) == (422, "fields-unknown")
        assert set(answer.json["errors"]) == set(with_file.json["errors"]) == {"/columns/Catatan"}
        assert officer.get(path(lpk)).json == {"columns": {}}

    @pytest.mark.parametrize("said", ["village", "[1]", "{", '{"Catatan": 1}', '{"": "village"}', "[" * 9000])
    def test_in_a_form_that_cannot_be_read_are_refused(self, officer, lpk, said):
        assert send(officer, lpk, odd(), columns=said).status_code == 422

    def test_are_its_own_and_the_offices_matter(self, client, officer, lpk, blk):
        ours, foreign = (client("registry", "institution", own=own) for own in (lpk, blk))

        asked = {"columns": {"Catatan": "village"}}
        assert ours.patch(path(lpk), json=asked).status_code == ours.get(path(lpk)).status_code == 200
        assert foreign.patch(path(lpk), json=asked).status_code == foreign.get(path(lpk)).status_code == 404
        assert client("registry", "worker", own=lpk).get(path(lpk)).status_code == 403
        assert officer.patch(path("nobody"), json=asked).status_code == 404
