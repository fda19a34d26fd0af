"""Coming back into an account by e-mail."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway.account import commands as accounts
from gateway.database import database
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD
from tests.gateway.door import NEW, code_in, everything_kept, give_email, give_phone, work_on
from tests.gateway.mail import serving, text

AT = "/api/identity/v1/recoveries"
HOME = "rumah@contoh.id"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def siti(account):
    made = account("siti", "worker", own="w-1")
    give_email(made, HOME)
    return made


@pytest.fixture
def ask(visitor, mail):
    """Ask for a recovery, and return what came by e-mail for it."""

    def ask(login="siti"):
        assert visitor.post(AT, json={"login": login}).status_code == 202
        before = len(mail.letters)
        work_on()
        return mail.letters[before:]

    return ask


@pytest.fixture
def use(visitor):
    def use(code, login="siti", password=NEW):
        return visitor.post(f"{AT}/use", json={"login": login, "code": code, "password": password})

    return use


class TestAskingForARecovery:
    def test_sends_a_code_to_the_confirmed_address_that_names_the_login_and_nothing_else(self, siti, ask):
        [letter] = ask()

        assert letter["To"] == HOME
        assert letter["Subject"] == "Kata sandi baru untuk siti"
        assert "siti" in text(letter)
        assert code_in(letter)
        assert not [said for said in (siti.id, "w-1", HOME) if said in text(letter)]

    def test_speaks_the_language_of_the_account(self, siti, ask):
        database.transact(accounts.set_language, account_id=siti.id, language="en")

        [letter] = ask()

        assert letter["Subject"] == "A new password for siti"
        assert "30 minutes" in text(letter)

    def test_tells_apart_the_accounts_of_a_family_that_share_an_address(self, siti, account, ask, use, sign_in):
        give_email(account("ahmad", "worker", own="w-2"), HOME)

        [letter] = ask("ahmad")

        assert "ahmad" in text(letter)
        assert "siti" not in text(letter)
        assert use(code_in(letter), "siti").status_code == 422
        assert use(code_in(letter), "ahmad").status_code == 200
        assert sign_in("siti").status_code == 201

    def test_takes_a_login_in_any_case(self, siti, ask):
        assert ask("  SITI ")

    def test_sends_nothing_where_there_is_no_account_or_no_confirmed_address_or_nobody_is_let_in(self, account, ask):
        give_email(account("budi"), confirmed=False)
        account("nisa", "worker", own="w-3")
        gone = account("rudi", "worker", own="w-4")
        give_email(gone)
        database.transact(accounts.disable, account_id=gone.id, now=clock.now())

        assert [ask(login) for login in ("siapa", "budi", "nisa", "rudi")] == [[], [], [], []]

    def test_answers_and_writes_the_same_whether_there_is_an_account_or_not(self, siti, visitor):
        def asked(login):
            answer = visitor.post(AT, json={"login": login})
            headers = {name: value for name, value in answer.headers if name not in {"Date", "X-Request-Id"}}
            return answer.status_code, answer.data, headers, _counts()

        before = _counts()
        there, after_there = asked("siti"), _counts()
        missing, after_missing = asked("siapa"), _counts()

        assert there[:3] == missing[:3]
        assert _grown(before, after_there) == _grown(after_there, after_missing)

    def test_costs_the_same_whether_there_is_an_account_or_not(self, siti, visitor):
        def fastest(login):
            return min(_seconds(lambda: visitor.post(AT, json={"login": login})) for _ in range(15))

        assert 0.6 < fastest("siapa") / fastest("siti") < 1.6


class TestUsingARecovery:
    def test_sets_the_password_and_ends_all_sessions(self, siti, ask, use, sign_in, visitor):
        before = sign_in("siti").json["refresh_token"]

        assert use(code_in(ask()[0])).status_code == 200

        assert sign_in("siti").status_code == 401
        assert sign_in("siti", NEW).status_code == 201
        refreshed = visitor.post("/api/identity/v1/sessions/refresh", json={"refresh_token": before})
        assert refreshed.status_code == 401

    def test_keeps_the_second_factor(self, siti, ask, use, sign_in):
        give_phone(siti)

        use(code_in(ask()[0]))

        assert sign_in("siti", NEW, otp=None).json["type"] == "otp-needed"

    def test_works_once(self, siti, ask, use):
        code = code_in(ask()[0])

        assert [use(code).status_code, use(code).status_code] == [200, 422]

    def test_works_once_for_two_at_the_same_time(self, siti, ask):
        code = code_in(ask()[0])

        def use(password):
            said = {"login": "siti", "code": code, "password": password}
            return app_of("gateway").test_client().post(f"{AT}/use", json=said).status_code

        with ThreadPoolExecutor(4) as at_once:
            assert sorted(at_once.map(use, [f"{NEW} {n}" for n in range(4)])) == [200, 422, 422, 422]

    def test_takes_the_newest_code_alone(self, siti, ask, use):
        first, second = code_in(ask()[0]), code_in(ask()[0])

        assert (use(first).status_code, use(second).status_code) == (422, 200)

    def test_takes_no_code_of_an_account_that_is_let_in_no_more(self, siti, ask, use):
        code = code_in(ask()[0])
        database.transact(accounts.disable, account_id=siti.id, now=clock.now())

        assert use(code).json["type"] == "code-wrong"

    def test_ends_what_the_desk_made(self, siti, client, visitor, ask, use):
        at = f"/api/identity/v1/accounts/{siti.id}/activation-codes"
        code = client("gateway", "officer").post(at, json={}).json["code"]

        use(code_in(ask()[-1]))

        said = {"login": "siti", "code": code, "password": PASSWORD}
        assert visitor.post("/api/identity/v1/activations", json=said).status_code == 422

    def test_takes_no_code_after_30_minutes(self, siti, ask, use, monkeypatch):
        code, later = code_in(ask()[0]), clock.now() + timedelta(minutes=30)
        monkeypatch.setattr(clock, "now", lambda: later)

        assert use(code).status_code == 422

    def test_is_refused_in_the_same_way_whatever_is_wrong(self, siti, account, ask, use):
        give_email(account("budi"), "budi@contoh.id")
        code, others = code_in(ask()[0]), code_in(ask("budi")[0])
        use(code)

        refusals = [use(code), use(others), use("2222-2222-2222"), use(others, "siapa"), use("§", "nobody")]

        assert {answer.status_code for answer in refusals} == {422}
        assert len({repr(answer.json | {"instance": ""}) for answer in refusals}) == 1
        assert refusals[0].json["type"] == "code-wrong"

    @pytest.mark.parametrize("password", ["pendek", "1234567890", "siti siti"])
    def test_says_of_a_bad_password_the_same_whether_there_is_an_account_or_not(self, siti, ask, use, password):
        code = code_in(ask()[0])

        there, missing = use(code, password=password), use(code, "siapa", password)

        assert there.status_code == missing.status_code == 422
        assert list(there.json["errors"]) == ["/password"]
        assert use(code).status_code == 200

    def test_lets_in_whoever_was_locked_out_by_others(self, siti, ask, use, sign_in, visitor):
        while sign_in("siti", "salah sekali").status_code != 429:
            pass

        device = use(code_in(ask()[0])).json["device"]

        said = {"login": "siti", "password": NEW, "device": device}
        assert visitor.post("/api/identity/v1/sessions", json=said).status_code == 201

    def test_is_recorded(self, siti, ask, use):
        use(code_in(ask()[0]))

        [act] = database.reader().db.acts.find({"act": "recovery.used"})
        assert (act["actor"], act["subject"]) == (siti.id, {"account_id": siti.id})

    def test_leaves_neither_code_nor_address_nor_password_open(self, siti, ask, use, caplog):
        caplog.set_level(logging.DEBUG)
        code = code_in(ask()[0])
        assert use("2222-2222-2222").status_code == 422
        kept = everything_kept()

        use(code)

        logged = repr([vars(record) for record in caplog.records if not record.name.startswith("mail")])
        for secret in (code, code.replace("-", ""), HOME, NEW, PASSWORD):
            assert secret not in kept
            assert secret not in everything_kept()
            assert secret not in logged


def _counts():
    db = database.reader().db
    return {name: db[name].count_documents({}) for name in db.list_collection_names()}


def _grown(before, after):
    return {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}


def _seconds(act):
    """Return what it costs in CPU time: whatever else the machine does meanwhile does not count."""
    began = time.process_time()
    act()
    return time.process_time() - began
