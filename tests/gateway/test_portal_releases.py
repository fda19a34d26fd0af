"""The page on which an officer moves the participants of batches on in one act, and takes it back."""

from collections import Counter

import pytest

from services.registry.database import database
from tests.gateway.desk import LPK, come_in, is_well_made, registry_over_http
from tests.gateway.showing import Page
from tests.registry.enrolments import BARISTA, batch, enrol, enrol_each, person, work_on

CARRIED, UNDONE = "release.carried", "release.undone"


@pytest.fixture(autouse=True)
def _registry(monkeypatch, services):
    with registry_over_http(monkeypatch):
        yield


@pytest.fixture
def officer(client):
    return client("registry", "officer")


@pytest.fixture
def lpk(officer):
    return officer.post("/v1/institutions", json=LPK).json["id"]


@pytest.fixture
def desk(visitor, account, lpk):
    return come_in(visitor, account, lpk)


def states():
    return Counter(row["state"] for row in database.reader().db.enrolments.find())


def release(desk, to, *batches):
    answer = desk.post("/rilis", {"batch": list(batches), "to": to})
    work_on(CARRIED)
    return answer


class TestChoosing:
    def test_shows_the_batches_with_counts_by_state(self, desk, officer, lpk):
        enrol_each(officer, lpk, "applied", "accepted", "completed")

        text = desk.page("/rilis").text

        assert "Las SMAW 3G , Angkatan I/2099" in text
        assert "LPK Contoh · 1 Mar 2099" in text
        assert "1 mendaftar 1 diterima sebagai peserta" in text

    def test_leaves_out_where_nobody_can_be_moved(self, desk, officer, lpk):
        enrol_each(officer, lpk, "completed")

        assert "Tidak ada angkatan dengan peserta yang dapat dipindahkan." in desk.page("/rilis").text

    def test_may_be_among_one_institutions_batches(self, desk, officer, lpk):
        enrol_each(officer, lpk, "applied")
        other = officer.post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]

        assert "Angkatan I/2099" in desk.page(f"/rilis?institution={lpk}").text
        assert "Angkatan I/2099" not in desk.page(f"/rilis?institution={other}").text

    def test_may_be_of_all(self, desk, officer, lpk):
        enrol_each(officer, lpk, "applied")
        enrol(officer, person(officer, name="Lain"), batch(officer, lpk, programme_id=BARISTA))

        [pick_all] = [link for link in desk.page("/rilis").links if "pick=all" in link]

        assert len([box for box in desk.page(f"/rilis{pick_all}").all("input") if "checked" in box]) == 2

    def test_is_on_pages_that_are_well_made(self, desk, officer, lpk):
        _, made = enrol_each(officer, lpk, "accepted")
        at = release(desk, "attending", made).headers["Location"]

        for path in ("/rilis", at, f"{at}/batalkan"):
            assert is_well_made(desk.visitor.get(path))

    def test_is_for_officers_alone(self, visitor, account, lpk):
        ours = come_in(visitor, account, lpk, "institution")

        assert ours.visitor.get("/rilis").status_code == 403


class TestReleasing:
    def test_moves_several_batches_on_in_one_act(self, desk, officer, lpk):
        _, first = enrol_each(officer, lpk, "accepted")
        second = batch(officer, lpk, programme_id=BARISTA, starts_on="2099-06-01", ends_on="2099-06-30")
        enrol(officer, person(officer, name="Lain"), second, state="accepted")

        answer = release(desk, "attending", first, second)

        assert answer.status_code == 303
        assert states() == {"attending": 2}
        text = desk.page(answer.headers["Location"]).text
        assert "2 peserta menjadi: sedang mengikuti" in text
        assert "2 dipindahkan" in text

    def test_shows_how_far_it_is_and_renews_itself(self, desk, officer, lpk):
        _, made = enrol_each(officer, lpk, "accepted")

        page = desk.page(desk.post("/rilis", {"batch": [made], "to": "attending"}).headers["Location"])

        assert "Sedang dipindahkan." in page.text
        assert page.all("meta")[-1]["http-equiv"] == "refresh"
        assert page.all("progress")[0]["value"] == "0"

    def test_says_why_some_were_not_moved(self, desk, officer, lpk):
        _, made = enrol_each(officer, lpk, "applied", "accepted")

        text = desk.page(release(desk, "attending", made).headers["Location"]).text

        assert "1 tidak dapat dipindahkan" in text
        assert "Alasan" in text

    def test_of_nothing_asks_for_a_batch(self, desk, officer, lpk):
        enrol_each(officer, lpk, "accepted")

        assert "pilih angkatan dahulu" in desk.page(release(desk, "attending").headers["Location"]).text

    def test_that_is_refused_keeps_what_was_chosen_on_the_same_page(self, desk, officer, lpk):
        _, made = enrol_each(officer, lpk, "accepted")

        answer = release(desk, "nothing", made)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert [box["value"] for box in Page(answer).all("input") if "checked" in box] == [made]

    def test_is_taken_back_after_a_question(self, desk, officer, lpk):
        _, made = enrol_each(officer, lpk, "accepted")
        at = release(desk, "attending", made).headers["Location"]
        assert "Tarik rilis ini kembali?" in desk.page(f"{at}/batalkan").text
        assert states() == {"attending": 1}

        assert desk.post(f"{at}/batalkan").headers["Location"] == at
        work_on(UNDONE)

        assert states() == {"accepted": 1}
        assert "Rilis ini sudah ditarik kembali." in desk.page(at).text
        assert at in desk.page("/rilis").links
