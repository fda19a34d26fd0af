"""The pages that send a spreadsheet, follow it, give back what is wrong with it, and undo it."""

import io

import openpyxl
import pytest

from services.registry.database import database
from tests.gateway.desk import BUDI, LPK, NAMELESS, SITI, UNDOING, come_in, is_well_made, registry_over_http
from tests.gateway.showing import Page
from tests.registry.enrolments import work_on


@pytest.fixture(autouse=True)
def _registry(monkeypatch, services):
    with registry_over_http(monkeypatch):
        yield


@pytest.fixture
def lpk(client):
    return client("registry", "officer").post("/v1/institutions", json=LPK).json["id"]


@pytest.fixture
def desk(visitor, account, lpk):
    return come_in(visitor, account, lpk)


@pytest.fixture
def ours(visitor, account, lpk):
    """Come in as the institution."""
    return come_in(visitor, account, lpk, "institution")


def workers():
    return database.reader().db.workers.count_documents({"gone": {"$ne": True}})


class TestSendingASpreadsheet:
    def test_lets_an_officer_choose_the_institution(self, desk, lpk):
        page = desk.page("/unggah")

        assert {"value": lpk} in page.all("option")
        assert "LPK Contoh" in page.text

    def test_leads_to_how_far_it_is(self, desk):
        answer = desk.send(SITI)

        shown = desk.page(answer.headers["Location"])
        assert (answer.status_code, shown.all("meta")[-1]["http-equiv"]) == (303, "refresh")
        assert "Berkas sedang dibuka." in shown.text

    def test_is_an_institutions_own_affair(self, ours, lpk):
        page = ours.page("/unggah")

        assert {"type": "hidden", "name": "institution_id", "value": lpk} in page.all("input")
        assert not page.all("select")
        assert ours.send(SITI).status_code == 303

    def test_is_not_done_for_another_institution(self, ours, client):
        other = client("registry", "officer").post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]

        assert ours.send(SITI, institution=other).status_code == 403

    def test_says_on_the_same_page_what_is_wrong(self, desk):
        answer = desk.send()

        assert answer.status_code == 422
        assert "Kirim" in Page(answer).text
        assert Page(answer).all("form")[-1]["action"] == "/unggah"
        assert 'role="alert"' in answer.text

    def test_refuses_a_form_of_another_site(self, desk, visitor):
        answer = desk.post("/unggah", {"institution_id": "x"}, headers={"Origin": "https://evil.example"})

        assert (answer.status_code, database.reader().db.intakes.count_documents({})) == (403, 0)

    @pytest.mark.parametrize("path", ["/unggah", "/antrean", "/keterampilan", "/rilis"])
    def test_asks_a_stranger_to_sign_in(self, visitor, path):
        for answer in (visitor.get(path), visitor.post(path, headers={"Sec-Fetch-Site": "same-origin"})):
            assert answer.status_code in {303, 405}
            assert answer.status_code == 405 or answer.headers["Location"] == f"/masuk?to={path}"

    def test_is_not_for_others(self, visitor, account, lpk):
        worker = come_in(visitor, account, lpk, "executive")

        assert [worker.visitor.get(path).status_code for path in ("/unggah", "/antrean", "/rilis")] == [403] * 3
        assert "/unggah" not in Page(worker.visitor.get("/api")).links

    def test_shows_what_was_sent_last(self, desk):
        at = desk.sent(SITI, BUDI)

        page = desk.page("/unggah")
        assert at in page.links
        assert "peserta.csv" in page.text
        assert "1 Perlu keputusan petugas" in page.text


class TestAnIntake:
    def test_shows_what_became_of_its_lines_in_plain_words(self, desk):
        text = desk.page(desk.sent(SITI, BUDI, NAMELESS)).text

        assert "1 Diterima dengan catatan" in text
        assert "1 Perlu keputusan petugas" in text
        assert "1 Dikembalikan" in text
        assert "1 orang baru" in text

    def test_renews_itself_no_longer_once_it_is_read(self, desk):
        assert "http-equiv" not in str(desk.page(desk.sent(SITI)).all("meta"))

    def test_shows_why_lines_wait_or_were_given_back_and_where_they_stand(self, desk):
        text = desk.page(desk.sent(SITI, BUDI, NAMELESS)).text

        assert "NIK" in text
        assert "baris 3 · Budi Contoh" in text
        assert "baris 4" in text

    def test_shows_the_lines_of_a_reason(self, desk):
        at = desk.sent(SITI, BUDI, NAMELESS)

        assert "?code=nik_missing#lines" in desk.page(at).links
        text = desk.page(f"{at}?code=nik_missing").text
        assert "baris 3 · Budi Contoh" in text
        assert "baris 4" not in text

    def test_leads_an_officer_to_decide_and_nobody_else(self, desk):
        at = desk.sent(BUDI)
        assert f"/antrean/{at.rpartition('/')[2]}/1" in desk.page(at).links

    def test_gives_its_institution_no_decision_and_no_undoing(self, ours):
        links = ours.page(ours.sent(BUDI)).links

        assert not [link for link in links if link.startswith("/antrean") or link.endswith("/batalkan")]

    def test_is_not_shown_to_another_institution(self, ours, client):
        other = client("registry", "officer").post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]
        answer = client("registry", "institution", own=other)
        assert answer.get("/v1/intakes").status_code == 404

        assert ours.visitor.get("/unggah/0192f0aa-0000-7000-8000-000000000001").status_code == 404

    def test_says_what_to_do_with_a_file_that_cannot_be_read(self, desk):
        at = desk.send("\x89PNG\r\n\x1a\n").headers["Location"]
        work_on("intake.taken")

        assert 'role="alert"' in desk.visitor.get(at).text

    @pytest.mark.parametrize("tail", ["", "?outcome=review", "?code=nik_missing", "/kolom", "/batalkan"])
    def test_is_well_made(self, desk, tail):
        assert is_well_made(desk.visitor.get(desk.sent(SITI, BUDI, NAMELESS) + tail))


class TestTheCorrectionOfAnIntake:
    def test_starts_from_a_workbook_of_its_lines_and_reasons(self, desk):
        answer = desk.visitor.get(desk.sent(SITI, BUDI, NAMELESS) + "/berkas-perbaikan")

        assert answer.headers["Content-Disposition"].startswith("attachment")
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
        assert "Budi Contoh" in rows[1]
        assert any("NIK" in str(cell) for cell in rows[1])
        assert len(rows) == 3

    def test_is_of_columns_too_and_is_remembered(self, desk):
        at = desk.sent(SITI)

        answer = desk.post(f"{at}/kolom", {"heading": "Catatan Lain", "field": "note"})

        page = desk.page(answer.headers["Location"])
        assert "Sudah diingat" in page.text
        assert "catatan lain Keterangan (tidak disimpan)" in page.text.casefold().replace("keterangan", "Keterangan")

    def test_shows_what_each_column_was_taken_for(self, desk):
        text = desk.page(desk.sent(SITI) + "/kolom").text

        assert "Nama Lengkap Nama Ubah" in text
        assert "L/P Jenis kelamin (L atau P) Ubah" in text

    def test_may_be_to_undo_it_after_a_question(self, desk):
        at = desk.sent(SITI)
        assert "Batalkan berkas ini?" in desk.page(f"{at}/batalkan").text
        assert workers() == 1

        assert desk.post(f"{at}/batalkan").headers["Location"] == at
        assert "sedang dikembalikan" in desk.page(at).text
        work_on(UNDOING)

        assert "1 orang dihapus lagi" in desk.page(at).text
        assert workers() == 0

    def test_says_why_it_cannot_be_undone_twice(self, desk):
        at = desk.sent(SITI)
        desk.post(f"{at}/batalkan")

        answer = desk.post(f"{at}/batalkan")

        assert (answer.status_code, answer.mimetype) == (409, "text/html")
