"""The desk: an officer finds somebody, and helps them into their account."""

import pytest

from gateway.account import store as accounts
from gateway.account.model import Guardian
from gateway.database import database
from gateway.recovery import commands as recoveries
from services.common.mongo import new_id
from services.reference import clock
from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import OURS, come_in, is_well_made, registry_over_http
from tests.gateway.door import CODE, code_on
from tests.gateway.registry import NIK, born, imported
from tests.gateway.showing import Page

NEW = "sungai balangan sore"


@pytest.fixture(autouse=True)
def _registry(monkeypatch, services):
    with registry_over_http(monkeypatch):
        yield


@pytest.fixture
def siti(client):
    """Register somebody, and return the number."""
    return imported(client("registry"))


@pytest.fixture
def desk(visitor, account):
    return come_in(visitor, account, None)


def stands(login):
    return accounts.find(database.reader(), login)


def act_of(what):
    return database.reader().db.acts.find_one({"act": what})


class TestTheDesk:
    def test_is_well_made(self, desk, siti, account):
        person = account("siti", "worker", own=siti)
        paths = ["/meja", "/meja?district=63.11.06", f"/meja/orang/{siti}", f"/meja/akun/{person.id}"]

        assert [is_well_made(desk.visitor.get(path)) for path in paths] == [True] * 4

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive"])
    def test_is_for_the_office_alone(self, visitor, account, role, siti):
        someones = account("siti", "worker", own=siti)
        account("lain", role, own=None if role == "executive" else "x-1")
        visitor.post("/masuk", data={"login": "lain", "password": PASSWORD}, headers=OURS)

        asked = [visitor.get(path) for path in ("/meja", f"/meja/orang/{siti}", f"/meja/akun/{someones.id}")]
        asked += [visitor.post(f"/meja/akun/{someones.id}/{act}", headers=OURS) for act in ("kode", "tutup", "buka")]
        asked += [visitor.post(f"/meja/orang/{siti}/{act}", headers=OURS) for act in ("kode", "akun")]

        assert {answer.status_code for answer in asked} == {403}

    def test_asks_strangers_to_sign_in(self, visitor):
        assert visitor.get("/meja").headers["Location"] == "/masuk?to=/meja"

    def test_takes_no_form_of_another_site(self, desk, siti):
        answer = desk.post(f"/meja/orang/{siti}/kode", headers={"Origin": "https://evil.example"})

        assert answer.status_code == 403
        assert not CODE.search(answer.text)

    def test_finds_an_account_by_its_login(self, desk, siti, account):
        person = account("siti", "worker", own=siti)

        answer = desk.post("/meja", {"find": " SITI "})

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/meja/akun/{person.id}")

    def test_finds_a_person_by_the_number(self, desk, siti):
        assert desk.post("/meja", {"find": siti}).headers["Location"] == f"/meja/orang/{siti}"

    @pytest.mark.parametrize("said", ["siapa", "", NIK])
    def test_says_that_nobody_is_found(self, desk, said):
        answer = desk.post("/meja", {"find": said})

        assert (answer.status_code, answer.headers.get("Location")) == (404, None)
        assert "Tidak ada yang memakai" in Page(answer).text

    def test_lists_the_people_of_a_district(self, desk, siti):
        assert f"/meja/orang/{siti}" in desk.page("/meja?district=63.11.06").links
        assert f"/meja/orang/{siti}" not in desk.page("/meja?district=63.11.01").links


class TestAPerson:
    def test_is_shown_without_the_nik_in_full(self, desk, siti):
        answer = desk.visitor.get(f"/meja/orang/{siti}")

        assert "Siti Contoh" in Page(answer).text
        assert NIK not in answer.text

    def test_that_there_is_not_is_not_found(self, desk):
        assert desk.visitor.get(f"/meja/orang/{new_id()}").status_code == 404

    def test_leads_to_the_account_if_there_is_one(self, desk, siti, account):
        person = account("siti", "worker", own=siti)

        page = desk.page(f"/meja/orang/{siti}")

        assert f"/meja/akun/{person.id}" in page.links
        assert f"/meja/orang/{siti}/akun" not in [form["action"] for form in page.all("form")]


class TestAnAccountThatIsOpenedAtTheDesk:
    def test_waits_for_a_password_that_its_code_sets(self, desk, siti):
        answer = desk.post(f"/meja/orang/{siti}/akun", {"login": "Siti", "language": "en"})

        made = stands("siti")
        assert (answer.status_code, made.role, made.own, made.language) == (200, "worker", siti, "en")
        assert made.password is None
        said = {"login": "siti", "code": code_on(answer), "password": NEW}
        database.transact(recoveries.activate, now=clock.now(), **said)
        assert stands("siti").password

    def test_is_one_for_each_person(self, desk, siti, account):
        account("siti", "worker", own=siti)

        answer = desk.post(f"/meja/orang/{siti}/akun", {"login": "siti2"})

        assert (answer.status_code, stands("siti2")) == (409, None)

    @pytest.mark.parametrize(("login", "status"), [("budi", 409), ("x", 422), ("", 422)])
    def test_needs_a_login_that_is_free(self, desk, siti, login, status):
        answer = desk.post(f"/meja/orang/{siti}/akun", {"login": login})

        (wrong,) = [tag for _, tag in Page(answer).tags if "aria-invalid" in tag]
        assert (answer.status_code, wrong["id"]) == (status, "login")

    def test_of_somebody_under_18_needs_the_consent_of_a_guardian(self, desk, client):
        rina = imported(client("registry"), number=None, nik=None, birth_date=born(16))
        at, form = f"/meja/orang/{rina}", {"login": "rina"}
        guardian = {"guardian_name": "Ibu Contoh", "guardian_relation": "ibu"}
        assert "guardian_name" in [field.get("name") for field in desk.page(at).all("input")]

        assert [desk.post(f"{at}/akun", form | said).status_code for said in ({}, guardian)] == [422, 422]
        assert stands("rina") is None

        assert desk.post(f"{at}/akun", form | guardian | {"guardian_consents": "yes"}).status_code == 200
        assert stands("rina").guardian == Guardian(name="Ibu Contoh", relation="ibu", consented_on=clock.today())

    def test_of_anybody_else_asks_for_none(self, desk, siti):
        assert "guardian_name" not in [field.get("name") for field in desk.page(f"/meja/orang/{siti}").all("input")]

    def test_is_recorded_for_whom_it_is(self, desk, siti):
        desk.post(f"/meja/orang/{siti}/akun", {"login": "siti"})

        act = act_of("POST /meja/orang/<uuid:worker_id>/akun")
        assert (act["actor"], act["for"]) == (stands("budi").id, {"worker": siti})
