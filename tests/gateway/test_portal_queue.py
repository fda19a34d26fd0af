"""The page on which an officer settles the lines that wait, one after the other."""

import pytest

from services.registry.database import database
from tests.gateway.desk import BUDI, LPK, NAMELESS, SITI, come_in, is_well_made, registry_over_http
from tests.gateway.showing import Page
from tests.registry.enrolments import person

ANI = BUDI.replace("2;Budi Contoh", "4;Ani Contoh").replace(";L;", ";P;")
NIK = "6311060208909001"


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


def decision(page):
    """Return where the form of a line goes, and what stands in its cells."""
    [form] = [form for form in page.all("form") if form.get("id") == "decision"]
    return form["action"], {field["name"]: field["value"] for field in page.all("input")}


def decide(desk, act, path="/antrean", **corrections):
    at, form = decision(desk.page(path))
    return desk.post(at, form | {"act": act} | corrections)


def workers():
    return [row["_id"] for row in database.reader().db.workers.find()]


def states(desk):
    return [row["state"] for row in database.reader().db.intake_lines.find().sort("_id")]


class TestTheQueue:
    def test_shows_the_oldest_line_with_why_it_waits_and_what_it_says(self, desk):
        desk.sent(SITI, BUDI, ANI)

        text = desk.page("/antrean").text
        assert "LPK Contoh · peserta.csv · baris 3" in text
        assert "Mengapa menunggu" in text
        assert "Nama Budi Contoh" in text
        assert "Tanggal lahir 02-08-1990" in text
        assert "Ani Contoh" not in text

    def test_asks_first_for_what_is_wrong(self, desk):
        desk.sent(BUDI)

        fields = [field["id"] for field in desk.page("/antrean").all("input") if "id" in field]
        assert fields[0] == "nik"

    def test_lets_a_line_be_passed_over(self, desk):
        desk.sent(BUDI, ANI)

        [further] = [link for link in desk.page("/antrean").links if link.startswith("/antrean?cursor")]

        page = desk.page(further)
        assert "Nama Ani Contoh" in page.text
        decide(desk, "accept", further)
        assert "Nama Budi Contoh" in desk.page("/antrean").text

    def test_may_be_empty(self, desk):
        assert "Tidak ada baris yang menunggu." in desk.page("/antrean").text

    def test_is_for_officers_alone(self, visitor, account, lpk):
        ours = come_in(visitor, account, lpk, "institution")

        assert ours.visitor.get("/antrean").status_code == 403

    def test_is_well_made(self, desk):
        desk.sent(BUDI)

        assert is_well_made(desk.visitor.get("/antrean"))


class TestAccepting:
    def test_registers_whom_the_line_tells_of_and_shows_the_next_line(self, desk):
        desk.sent(BUDI, ANI)

        answer = decide(desk, "accept")

        page = desk.page(answer.headers["Location"])
        assert "Baris diterima." in page.text
        assert "Nama Ani Contoh" in page.text
        assert len(workers()) == 1

    def test_takes_what_the_officer_put_right(self, desk, officer):
        desk.sent(BUDI)

        decide(desk, "accept", nik=NIK, name="  Budi   Benar ")

        [worker] = officer.get("/v1/workers").json
        assert (worker["nik"], worker["name"].casefold()) == (NIK, "budi benar")

    def test_says_what_is_missing_and_keeps_what_was_typed(self, desk):
        at = desk.sent(NAMELESS)
        line = f"/antrean/{at.rpartition('/')[2]}/1"

        answer = decide(desk, "accept", line, address="Jl. Baru 7")

        page = Page(answer)
        assert answer.status_code == 422
        assert "Nama: " in page.text
        assert "Jl. Baru 7" in [field.get("value") for field in page.all("input")]
        assert workers() == []

    def test_names_who_has_the_nik_so_that_the_line_can_be_joined(self, desk, officer):
        there = person(officer, nik=NIK, name="Citra Lain", birth_date="1990-08-02", sex="L")
        desk.sent(BUDI)

        answer = decide(desk, "accept", nik=NIK)

        assert answer.status_code == 409
        assert "memiliki NIK ini" in Page(answer).text
        assert f"join:{there}" in [button.get("value") for button in Page(answer).all("button")]

    def test_from_an_intake_leads_back_to_it(self, desk):
        at = desk.sent(BUDI)

        answer = decide(desk, "accept", f"/antrean/{at.rpartition('/')[2]}/1")

        assert answer.headers["Location"] == f"{at}?done=accept"

    def test_of_a_settled_line_is_refused_on_a_page(self, desk):
        desk.sent(BUDI)
        at, form = decision(desk.page("/antrean"))
        desk.post(at, form | {"act": "accept"})

        answer = desk.post(at, form | {"act": "accept"})

        assert (answer.status_code, answer.mimetype) == (409, "text/html")
        assert "Baris ini sudah selesai" in Page(answer).text


class TestSomebodyAlike:
    @pytest.fixture
    def there(self, officer):
        return person(officer, name="Budi Contoh", birth_date="1990-08-02", sex="L")

    def test_is_named_by_likeness_and_compared_when_asked_for(self, desk, there):
        desk.sent(BUDI)
        page = desk.page("/antrean")
        assert "mirip 100" in page.text

        [compare] = [link for link in page.links if "compare=" in link]
        text = desk.page(f"/antrean{compare}").text

        assert "Nama Budi Contoh Budi Contoh" in text
        assert "2 Agu 1990" in text
        assert "Paringin Kota, Kecamatan Paringin" in text

    def test_is_joined_by_a_press(self, desk, there):
        desk.sent(BUDI)

        answer = decide(desk, f"join:{there}")

        assert answer.status_code == 303
        assert workers() == [there]
        assert states(desk) == ["decided"]


class TestDismissing:
    def test_takes_nobody_and_the_line_waits_no_longer(self, desk):
        desk.sent(BUDI)

        assert "Baris diabaikan." in desk.page(decide(desk, "dismiss").headers["Location"]).text
        assert (workers(), states(desk)) == ([], ["dismissed"])
