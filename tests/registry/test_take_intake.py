"""Sending a spreadsheet: it is accepted at once, kept sealed, and read by a job."""

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook

from services.registry.database import database
from services.registry.intake import routes
from tests.conftest import app_of
from tests.registry import intakes
from tests.registry.intakes import carry_out, send, take
from tests.registry.spreadsheets import AS_OF, as_csv, as_xlsx, people, person, rows
from tests.registry.test_register_institution import LPK

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)


def kept_pieces():
    return list(database.reader().db.uploads.find())


class TestSendingASpreadsheet:
    def test_answers_at_once_with_its_job(self, officer, lpk):
        answer = send(officer, lpk, people(2))

        assert answer.status_code == 202
        said = {name: answer.json[name] for name in ("institution_id", "file_name", "state", "as_of", "total")}
        assert said == {
            "institution_id": lpk, "file_name": "peserta.csv", "state": "reading", "as_of": AS_OF, "total": None,
        }  # fmt: skip
        job = officer.get(answer.headers["Location"]).json
        assert (job["id"], job["subject"], job["state"]) == (answer.json["job"], answer.json["id"], "queued")
        assert intakes.workers(officer) == []

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_ends_with_counts_and_what_each_column_was_taken_for(self, officer, lpk, kind):
        table = rows([person(0), person(1), person(2, phone="0812"), person(3, nik=None), person(4, name=None)])
        content = as_csv(table) if kind == "csv" else as_xlsx(table)

        intake = take(officer, lpk, content, name=f"peserta.{kind}")

        assert (intake["state"], intake["total"]) == ("taken", 5)
        assert intake["outcomes"] == {"accept": 2, "warn": 1, "review": 1, "reject": 1}
        assert intake["codes"] == {"phone_bad": 1, "nik_missing": 1, "missing_required": 1}
        assert intake["people"] == {"new": 3}
        columns = {each["heading"]: each["field"] for each in intake["columns"]}
        assert (columns["NIK"], columns["Berlaku s/d"], columns["Keterampilan"]) == ("nik", "expires", "skills")
        job = officer.get(f"/v1/jobs/{intake['job']}").json
        assert (job["state"], job["done"], job["failed"], job["percent"]) == ("done", 3, 2, 100)

    def test_counts_ages_and_terms_on_the_day_that_it_tells_of(self, officer, lpk):
        before = take(officer, lpk, [person(0)], as_of="2028-05-10")
        after = take(officer, lpk, [person(1)], as_of="2028-05-11")

        assert (before["codes"], after["codes"]) == ({}, {"certificate_expired": 1})

    def test_keeps_its_file_sealed_and_no_longer_than_thirty_days(self, officer, lpk):
        intake = send(officer, lpk, people(3)).json

        [piece] = kept_pieces()
        said = str(database.reader().db.intakes.find_one()) + str(piece)
        personal = [person(0)[field] for field in ("name", "nik", "phone", "email", "address", "birth")]
        assert [each for each in personal if each in said or each.encode() in piece["sealed"]] == []
        created = database.reader().db.intakes.find_one({"_id": intake["id"]})["created_at"]
        assert abs(piece["expires_at"] - created - timedelta(days=30)) < timedelta(minutes=1)

    def test_keeps_nothing_personal_of_its_lines_in_plain(self, officer, lpk):
        take(officer, lpk, [person(0), person(1, nik="12"), person(1, nik="12", phone="0812-0000-7777")])

        there = database.reader().db
        said = str([list(there[name].find()) for name in ("intake_lines", "facts", "jobs", "intakes", "changes")])
        personal = [person(n)[field] for n in (0, 1) for field in ("nik", "phone", "email", "address")]
        assert [each for each in (*personal, "+62812", "0812-0000-7777", "26012345678") if each in said] == []


class TestAFileThatIsNotTaken:
    @pytest.mark.parametrize("missing", ["file", "institution_id"])
    def test_lacks_something_that_the_form_needs(self, officer, lpk, missing):
        said = {"institution_id": lpk, "file": (io.BytesIO(as_csv(rows(people(1)))), "peserta.csv")}
        del said[missing]

        answer = officer.post("/v1/intakes", data=said, content_type="multipart/form-data")

        assert (answer.status_code, set(answer.json["errors"])) == (422, {f"/{missing}"})
        assert kept_pieces() == []

    def test_is_empty(self, officer, lpk):
        answer = send(officer, lpk, b"")

        assert (answer.status_code, answer.json["type"]) == (422, "no-file")

    def test_is_larger_than_50_mb(self, officer, lpk, monkeypatch):
        content = as_csv(rows(people(1)))
        monkeypatch.setattr(routes, "LARGEST", len(content) - 1)

        answer = send(officer, lpk, content, headers={"Accept-Language": "en"})

        assert (answer.status_code, answer.json["type"]) == (422, "file-too-large")
        assert "50 MB" in answer.json["title"]
        assert kept_pieces() == []

    @pytest.mark.parametrize("role", ["officer", "institution"])
    def test_is_far_larger_and_not_even_read(self, client, lpk, monkeypatch, role):
        view = app_of("registry").view_functions["intakes.take"]
        assert view.body_at_most == 51 * 1024 * 1024
        monkeypatch.setattr(view, "body_at_most", 1000)

        answer = send(client("registry", role, own=lpk), lpk, people(9))

        assert answer.status_code == 413
        assert kept_pieces() == []

    def test_comes_from_an_institution_that_is_not_there(self, officer):
        answer = send(officer, "nobody", people(1))

        assert (answer.status_code, answer.json["type"]) == (404, "institution-unknown")
        assert database.reader().db.intakes.count_documents({}) == 0

    @pytest.mark.parametrize("as_of", ["yesterday", "2026-13-01", ""])
    def test_tells_of_no_day(self, officer, lpk, as_of):
        assert send(officer, lpk, people(1), as_of=as_of).status_code == 422

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (PICTURE, "picture"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "document"),
            (PROTECTED, "protected"),
            (b"PK\x03\x04" + bytes(200), "damaged"),
            (b"\r\n \r\n", "empty"),
            (b"Belanja;Harga\nBeras;12000\nGula;15000\n", "no_participants"),
        ],
    )
    def test_cannot_be_read(self, officer, lpk, content, problem):
        intake = take(officer, lpk, content, name="peserta.xlsx")

        assert (intake["state"], intake["problem"], intake["total"]) == ("unreadable", problem, None)
        assert intake["advice"].endswith(".")
        assert officer.get(f"/v1/jobs/{intake['job']}").json["state"] == "done"

    def test_is_a_real_workbook_without_anybody_in_it(self, officer, lpk):
        file = io.BytesIO()
        Workbook().save(file)

        assert take(officer, lpk, file.getvalue(), name="kosong.xlsx")["state"] == "unreadable"


class TestWhoMaySend:
    def test_is_an_institution_for_itself(self, client, officer, lpk, blk):
        ours = client("registry", "institution", own=lpk)

        sent, others = send(ours, lpk, people(1)), send(ours, blk, people(1))
        carry_out()

        assert (sent.status_code, others.status_code) == (202, 403)
        path = f"/v1/intakes/{sent.json['id']}"
        assert ours.get(path).json["outcomes"] == {"accept": 1}
        foreign = client("registry", "institution", own=blk)
        for part in ("", "/lines", "/lines/1", "/errors.xlsx"):
            assert ours.get(path + part).status_code == 200
            assert foreign.get(path + part).status_code == 404
        assert len(kept_pieces()) == 1

    def test_lists_its_own_alone(self, client, officer, lpk, blk):
        mine, _ = (send(officer, each, people(1)).json["id"] for each in (lpk, blk))
        ours = client("registry", "institution", own=lpk)

        assert [each["id"] for each in ours.get(f"/v1/intakes?institution_id={lpk}").json] == [mine]
        assert ours.get(f"/v1/intakes?institution_id={blk}").status_code == 404
        assert ours.get("/v1/intakes").status_code == 404
        assert len(officer.get("/v1/intakes").json) == 2

    @pytest.mark.parametrize("role", ["worker", "employer", "executive"])
    def test_is_nobody_else(self, client, lpk, role):
        assert send(client("registry", role, own=lpk), lpk, people(1)).status_code == 403
        assert send(client("registry", None), lpk, people(1)).status_code == 401


class TestRepeatingARequest:
    def test_with_its_key_and_file_gives_the_same_intake(self, officer, lpk):
        first, second = (send(officer, lpk, people(1), headers={"Idempotency-Key": "k-1"}) for _ in range(2))
        carry_out()

        assert (second.status_code, second.headers["Location"]) == (202, first.headers["Location"])
        assert second.json == first.json
        assert len(intakes.workers(officer)) == 1

    @pytest.mark.parametrize("other", [{"content": people(2)}, {"as_of": "2026-11-25"}, {"institution": LPK["name"]}])
    def test_with_its_key_and_something_else_is_refused(self, officer, lpk, blk, other):
        asked = {"institution": lpk, "content": people(1), "headers": {"Idempotency-Key": "k-1"}}
        send(officer, **asked)

        again = send(officer, **asked | other | ({"institution": blk} if "institution" in other else {}))

        assert (again.status_code, again.json["type"]) == (422, "key-reused")
        assert database.reader().db.intakes.count_documents({}) == 1
