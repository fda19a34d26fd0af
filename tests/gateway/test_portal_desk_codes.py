"""The desk: codes that somebody takes home, and accounts that are closed."""

import pytest

from gateway.account import commands as account_commands
from gateway.account import store as accounts
from gateway.claim import commands as claims
from gateway.claim.model import ClaimNotProven
from gateway.database import database
from gateway.recovery import commands as recoveries
from services.common.mongo import new_id
from services.reference import clock
from tests.gateway.conftest import TOTP
from tests.gateway.desk import come_in, is_well_made, registry_over_http
from tests.gateway.door import CODE, code_on
from tests.gateway.registry import NIK, imported
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


class TestACodeToTakeHome:
    def test_opens_an_account_with_the_nik(self, desk, siti):
        answer = desk.post(f"/meja/orang/{siti}/kode")

        proof = {"code": code_on(answer)}
        found = claims.prove(database.reader(), nik=NIK, proof=proof, reader="id", now=clock.now())
        assert (answer.status_code, found.worker_id) == (200, siti)

    def test_is_kept_by_no_cache_and_says_no_nik(self, desk, siti):
        answer = desk.post(f"/meja/orang/{siti}/kode")

        assert is_well_made(answer)
        assert (NIK in answer.text, "Siti Contoh" in answer.text) == (False, False)
        assert "/daftar/klaim" in Page(answer).text

    def test_is_gone_when_the_other_language_is_chosen(self, desk, siti):
        answer = desk.post(f"/meja/orang/{siti}/kode")

        again = desk.visitor.get(f"/meja/orang/{siti}/kode?lang=en")
        assert (again.status_code, again.headers["Location"]) == (303, f"/meja/orang/{siti}")
        assert code_on(answer) not in desk.page(again.headers["Location"]).text

    def test_is_not_for_whoever_has_an_account(self, desk, siti, account):
        account("siti", "worker", own=siti)

        answer = desk.post(f"/meja/orang/{siti}/kode")

        assert (answer.status_code, CODE.findall(answer.text)) == (409, [])

    def test_is_not_for_whoever_has_no_nik(self, desk, client):
        nameless = imported(client("registry"), number=None, nik=None)

        answer = desk.post(f"/meja/orang/{nameless}/kode")

        assert (answer.status_code, CODE.findall(answer.text)) == (422, [])
        assert f"/meja/orang/{nameless}/kode" in [form["action"] for form in Page(answer).all("form")]

    def test_takes_the_place_of_the_one_before(self, desk, siti):
        before, after = (code_on(desk.post(f"/meja/orang/{siti}/kode")) for _ in range(2))

        said = {
            "id": new_id(),
            "login": "siti",
            "password": NEW,
            "guardian": None,
            "language": "id",
            "now": clock.now(),
        }
        old = claims.prove(database.reader(), nik=NIK, proof={"code": before}, reader="id", now=clock.now())
        with pytest.raises(ClaimNotProven):
            database.transact(claims.claim, proof=old, **said)
        new = claims.prove(database.reader(), nik=NIK, proof={"code": after}, reader="id", now=clock.now())
        assert database.transact(claims.claim, proof=new, **said).own == siti


class TestACodeForANewPassword:
    @pytest.fixture
    def person(self, account, siti):
        person = account("siti", "worker", own=siti)
        return database.transact(account_commands.set_totp, account_id=person.id, totp=TOTP)

    def activate(self, answer):
        said = {"login": "siti", "code": code_on(answer), "password": NEW}
        database.transact(recoveries.activate, now=clock.now(), **said)

    def test_leaves_the_second_code_where_it_is(self, desk, person):
        self.activate(desk.post(f"/meja/akun/{person.id}/kode"))

        assert stands("siti").totp == TOTP

    def test_lets_go_of_the_second_code_if_the_phone_is_lost(self, desk, person):
        answer = desk.post(f"/meja/akun/{person.id}/kode", {"without_totp": "yes"})
        self.activate(answer)

        assert "siti" in Page(answer).text
        assert stands("siti").totp is None

    def test_offers_no_second_code_to_let_go_of_where_there_is_none(self, desk, account):
        plain = account("ani", "worker", own="w-2")

        assert not [field for field in desk.page(f"/meja/akun/{plain.id}").all("input") if field.get("name")]

    def test_is_not_for_oneself_nor_for_a_colleague(self, desk, account):
        others = [stands("budi").id, account("rina").id]

        answers = [desk.post(f"/meja/akun/{other}/kode") for other in others]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert not any(CODE.search(answer.text) for answer in answers)

    def test_is_recorded_with_whose_account_it_is(self, desk, person):
        desk.post(f"/meja/akun/{person.id}/kode")

        act = act_of("POST /meja/akun/<uuid:account_id>/kode")
        assert act["subject"] == {"account_id": person.id}


class TestClosingAnAccount:
    def test_lets_nobody_in_until_it_is_opened_again(self, desk, account, siti):
        person = account("siti", "worker", own=siti)

        closed = desk.post(f"/meja/akun/{person.id}/tutup")
        assert (closed.status_code, stands("siti").disabled) == (303, True)
        assert "Akun ditutup" in desk.page(closed.headers["Location"]).text
        opened = desk.post(f"/meja/akun/{person.id}/buka")
        assert (opened.status_code, stands("siti").disabled) == (303, False)

    def test_of_the_office_is_not_an_officers(self, desk, account):
        colleague = account("rina")

        assert desk.post(f"/meja/akun/{colleague.id}/tutup").status_code == 403
        assert not stands("rina").disabled

    def test_of_the_office_is_an_administrators(self, visitor, account):
        desk, colleague = come_in(visitor, account, None, "admin"), account("rina")

        assert desk.post(f"/meja/akun/{colleague.id}/tutup").status_code == 303
        assert stands("rina").disabled
