"""The round trip of a clerk: errors.xlsx goes back, is corrected, and comes again."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from tests.registry.intakes import decide, errors, lines, send, take, waiting, workers
from tests.registry.spreadsheets import HEADINGS, as_csv, as_xlsx, corrected, opened, people, person, rows

WRONG_NIK = "6311014101909771"  # another one that would be right for the first person
FORMULA = '=HYPERLINK("http://example.com";"klik")'


@pytest.fixture
def again(officer, lpk):
    """Correct what an intake gave back, send it, and return the new intake."""

    def send_again(intake, correct):
        return take(officer, lpk, corrected(errors(officer, intake), correct), name="perbaikan.xlsx")

    return send_again


def says(**said):
    """Return a correction that writes these fields."""
    return lambda line: line.update({HEADINGS[field]: value for field, value in said.items()})


class TestTheWorkbookThatGoesBack:
    def test_holds_the_lines_that_were_not_taken_under_the_files_own_headings(self, officer, lpk):
        given = [person(0), person(1, nik=None), person(2, phone="08"), person(3, name=None)]
        intake = take(officer, lpk, given)

        [sheet] = opened(errors(officer, intake)).values()
        assert sheet[0][: len(HEADINGS)] == [*HEADINGS.values()]
        assert sheet[0][-2:] == ["Alasan", "Rujukan"]
        assert [line[1] for line in sheet[1:]] == ["Budi Hartono", None]
        assert [line[2] for line in sheet[1:]] == [None, person(3)["nik"]]
        assert [line[-1] for line in sheet[1:]] == [f"{intake['id']}-{n:07}" for n in (2, 4)]

    def test_says_why_in_the_language_of_whoever_asks(self, officer, lpk):
        intake = take(officer, lpk, [person(0, nik=None, village=None)])
        path = f"/v1/intakes/{intake['id']}/errors.xlsx"

        answers = [officer.get(path, headers={"Accept-Language": language}) for language in ("id", "en")]

        indonesian, english = (next(iter(opened(answer.data).values()))[1][-2] for answer in answers)
        assert indonesian.startswith("NIK kosong.")
        assert english.startswith("The NIK is missing.")
        assert (indonesian.count("\n"), english.count("\n")) == (1, 1)
        assert answers[0].headers["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize("text", [FORMULA, "+62811", "-1+1", "@SUM(A1)", "=1+1", "\t=1", "'=1"])
    @pytest.mark.parametrize("field", ["address", "note", "name"])
    def test_holds_no_formula(self, officer, lpk, text, field):
        headings = HEADINGS | {"note": "Catatan " + "=1+1"}
        intake = take(officer, lpk, as_csv(rows([person(0, nik=None, **{field: text})], headings)))

        book = load_workbook(io.BytesIO(errors(officer, intake)))
        cells = [cell for sheet in book for row in sheet.rows for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.quotePrefix) for cell in cells} <= {("s", False), ("s", True)}
        assert any(cell.value == text for cell in cells)

    def test_keeps_what_stood_above_the_table_and_only_in_the_first_line_of_a_batch(self, officer, lpk, again):
        book = Workbook()
        table = rows([
            person(0, nik=None), person(1, nik=None, programme=None, batch=None, period=None),
            person(2, programme=None, batch=None, period=None),
        ])  # fmt: skip
        for row in [["DAFTAR PESERTA PELATIHAN"], ["Lembaga: LPK Contoh"], [], *table]:
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        first = take(officer, lpk, file.getvalue(), name="peserta.xlsx")

        niks = iter([person(0)["nik"], person(1)["nik"]])
        second = again(first, lambda line: line.update(NIK=next(niks)))

        assert (first["outcomes"], second["outcomes"]) == ({"review": 2, "accept": 1}, {"accept": 2})
        assert len(officer.get("/v1/batches").json) == 1

    def test_keeps_programme_and_batch_of_a_title_that_has_no_column(self, officer, lpk, again):
        gone = ("programme", "batch", "period")
        table = rows([{field: cell for field, cell in person(n).items() if field not in gone} for n in range(4)])
        table[1][2] = None  # the first one's NIK
        titles = [["Pelatihan: Las SMAW 3G"], ["Angkatan: II/2025"], ["Periode: 01-03-2025 s/d 30-04-2025"], []]
        first = take(officer, lpk, as_xlsx([*titles, *table]), name="angkatan.xlsx")

        second = again(first, says(nik=person(0)["nik"]))

        assert (first["outcomes"], second["outcomes"]) == ({"review": 1, "accept": 3}, {"accept": 1})
        [batch] = officer.get("/v1/batches").json
        assert (batch["programme_id"], batch["starts_on"]) == ("las-smaw-3g", "2025-03-01")

    def test_of_a_file_without_errors_holds_nobody(self, officer, lpk):
        assert errors(officer, take(officer, lpk, people(2)))[:2] == b"PK"


class TestACorrectedLine:
    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            ({"nik": None}, {"nik": person(0)["nik"]}),
            ({"nik": "631101"}, {"nik": person(0)["nik"]}),
            ({"nik": WRONG_NIK, "sex": "L"}, {"nik": person(0)["nik"], "sex": "P"}),
            ({"sex": "L"}, {"sex": "P"}),
            ({"birth": "11-01-1990"}, {"birth": "01-01-1990"}),
            ({"birth": "31-02-1990", "nik": None}, {"birth": "01-01-1990", "nik": person(0)["nik"]}),
            ({"village": "Entah"}, {"village": "Paringin Timur"}),
            ({"programme": "Menyelam"}, {"programme": "Las SMAW 3G"}),
            ({"result": "bagus"}, {"result": "Lulus"}),
            ({"expires": "01-01-2020"}, {"expires": "10-05-2028"}),
            ({"name": None}, {"name": "Siti Rahmawati"}),
            ({"name": None, "nik": None}, {"name": "Siti Rahmawati", "nik": person(0)["nik"]}),
        ],
    )
    def test_is_taken_and_what_waited_waits_no_more(self, officer, lpk, again, wrong, right):
        first = take(officer, lpk, [person(0, **wrong), person(1)])

        second = again(first, says(**right))

        assert (second["total"], second["outcomes"]) == (1, {"accept": 1})
        old = lines(officer, first)[0]
        assert (old["state"], old["replaced_by"]) == ("replaced", f"{second['id']}-0000001")
        assert waiting(officer) == []
        assert sorted(worker["name"] for worker in workers(officer)) == ["Budi Hartono", "Siti Rahmawati"]
        assert [line for sheet in opened(errors(officer, first)).values() for line in sheet] == []

    def test_that_is_still_wrong_waits_in_place_of_the_old_one_and_may_be_corrected_again(self, officer, lpk, again):
        first = take(officer, lpk, [person(0, nik=None, village="Entah"), person(1, nik=None)])

        second = again(first, lambda line: line.update({"NIK": person(0)["nik"]} if line["No"] == "1" else {}))
        assert [line["codes"] for line in waiting(officer)] == [["unknown_village"], ["nik_missing"]]
        assert {line["intake"] for line in waiting(officer)} == {second["id"]}

        third = again(
            second, lambda line: line.update(says_of_first if line["No"] == "1" else {"NIK": person(1)["nik"]})
        )
        assert third["outcomes"] == {"accept": 2}
        assert (waiting(officer), len(workers(officer))) == ([], 2)

    def test_in_the_institutions_own_file_replaces_what_waits_without_a_reference(self, officer, lpk):
        given = people(3)
        take(officer, lpk, [given[0] | {"nik": WRONG_NIK, "sex": "L"}, given[1] | {"nik": None}, given[2]])

        again = take(officer, lpk, given)

        assert (again["outcomes"], again["people"]) == ({"accept": 3}, {"new": 2, "unchanged": 1})
        assert waiting(officer) == []

    def test_sent_again_as_it_was_waits_once(self, officer, lpk):
        wrong = [
            person(0, nik=None, birth=None),
            person(1, nik="12", birth="x"),
            person(2, nik=None),
            person(3, birth="31-02-1990"),
        ]
        first, second = (take(officer, lpk, wrong) for _ in range(2))

        assert first["outcomes"] == second["outcomes"] == {"review": 4}
        assert [line["intake"] for line in waiting(officer)] == [second["id"]] * 4

    def test_refers_to_nothing_of_another_institution(self, officer, lpk, blk):
        first = take(officer, lpk, [person(0, nik=None)])

        sent = corrected(errors(officer, first), says(nik=person(0)["nik"], name="Orang Lain", birth="02-01-1990"))
        take(officer, blk, sent, name="perbaikan.xlsx")

        assert [line["intake"] for line in waiting(officer) if line["codes"] == ["nik_missing"]] == [first["id"]]

    def test_may_be_many_of_several_sheets(self, officer, lpk, again):
        book = Workbook()
        for n, title in enumerate(("Angkatan I", "Angkatan II")):
            sheet = book.create_sheet(title)
            lines_ = [
                person(10 * n + m, batch=f"{title}/2025", nik=None if m % 2 else person(10 * n + m)["nik"])
                for m in range(6)
            ]
            for row in rows(lines_):
                sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        first = take(officer, lpk, file.getvalue(), name="dua.xlsx")

        by_number = {str(person(n)["no"]): person(n)["nik"] for n in range(16)}
        second = again(first, lambda line: line.update(NIK=by_number[line["No"]]))

        assert (first["outcomes"], second["outcomes"]) == ({"accept": 6, "review": 6}, {"accept": 6})
        assert len(officer.get("/v1/batches").json) == 2
        assert waiting(officer) == []

    def test_comes_as_csv_too(self, officer, lpk):
        first = take(officer, lpk, [person(0, nik=None)])
        [[header, line]] = opened(errors(officer, first)).values()
        line[header.index("NIK")] = person(0)["nik"]

        again = send(officer, lpk, as_csv([header, line]))

        assert again.status_code == 202

    def test_is_no_second_person_when_an_officer_was_faster(self, officer, lpk, again):
        first = take(officer, lpk, [person(0, nik=None)])
        returned = errors(officer, first)
        decide(officer, waiting(officer)[0], corrections={"nik": person(0)["nik"]})

        take(officer, lpk, corrected(returned, says(nik=person(0)["nik"])), name="perbaikan.xlsx")

        assert len(workers(officer)) == 1


says_of_first = {"Desa": "Paringin Timur"}
