"""Coming back into an account at the desk."""

from datetime import timedelta

import pytest

from gateway.database import database
from services.reference import clock
from tests.gateway.conftest import bearer
from tests.gateway.door import NEW, everything_kept, give_email, give_phone, work_on
from tests.gateway.mail import serving, text
from tests.waiting import until

ACCOUNTS = "/api/identity/v1/accounts"
ACTIVATIONS = "/api/identity/v1/activations"
MADE, USED = f"POST {ACCOUNTS}/<account_id>/activation-codes", "activation.used"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def siti(account):
    return account("siti", "worker", own="w-1")


@pytest.fixture
def make(client):
    """Have a code made at the desk: `make(siti)`."""

    def make(account, role="officer", by="officer-1", **said):
        return client("gateway", role, account=by).post(f"{ACCOUNTS}/{account.id}/activation-codes", json=said)

    return make


@pytest.fixture
def use(visitor):
    def use(code, login="siti", password=NEW):
        return visitor.post(ACTIVATIONS, json={"login": login, "code": code, "password": password})

    return use


class TestMakingACodeAtTheDesk:
    def test_shows_it_with_the_login_once_and_to_no_cache(self, siti, make):
        answer = make(siti)

        assert answer.status_code == 201
        assert answer.json.keys() == {"login", "code", "expires_at", "without_totp"}
        assert (answer.json["login"], answer.json["without_totp"]) == ("siti", False)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json["code"] not in everything_kept()
        assert answer.json["code"].replace("-", "") not in everything_kept()

    @pytest.mark.parametrize("role", ["officer", "executive", "admin"])
    def test_for_the_office_is_for_administrators(self, account, make, role):
        there = account("kepala", role)

        assert make(there).json["type"] == "of-the-office"
        assert make(there, "admin", without_totp=True).status_code == 201

    @pytest.mark.parametrize("role", ["officer", "admin"])
    def test_is_for_nobody_themselves(self, account, make, role):
        me = account("saya", role)

        assert make(me, role, by=me.id).json["type"] == "not-yourself"

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive", "unenrolled", None])
    def test_is_for_nobody_else(self, siti, client, role):
        answer = client("gateway", role, own="w-1").post(f"{ACCOUNTS}/{siti.id}/activation-codes", json={})

        assert answer.status_code == (403 if role else 401)

    def test_tells_the_owner_by_e_mail_without_the_code(self, siti, make, mail):
        give_email(siti, "siti@contoh.id")

        code = make(siti, without_totp=True).json["code"]
        work_on()

        [letter] = mail.to("siti@contoh.id")
        assert "siti" in letter["Subject"]
        assert code not in text(letter)

    def test_is_recorded_with_who_did_it_to_whom(self, siti, make, use):
        use(make(siti, without_totp=True).json["code"])

        made, used = map(_act, (MADE, USED))
        assert (made["actor"], made["role"], made["subject"]) == ("officer-1", "officer", {"account_id": siti.id})
        assert (used["actor"], used["made_by"], used["without_totp"]) == (siti.id, "officer-1", True)

    def test_for_nobody_is_refused(self, client):
        assert client("gateway", "admin").post(f"{ACCOUNTS}/nobody/activation-codes", json={}).status_code == 404


class TestUsingACodeOfTheDesk:
    def test_sets_the_password_and_ends_all_sessions(self, siti, make, use, sign_in, visitor):
        token = sign_in("siti").json["access_token"]

        assert use(make(siti).json["code"]).status_code == 200

        until(lambda: visitor.get(f"{ACCOUNTS}/me", headers=bearer(token)).status_code == 401, within_s=1)
        assert sign_in("siti", NEW).status_code == 201

    def test_opens_an_account_that_was_made_without_a_password(self, client, make, use, sign_in):
        said = {"login": "nisa", "role": "worker", "own": "w-2"}
        made = client("gateway", "officer").post(ACCOUNTS, json=said)
        code = client("gateway", "officer").post(f"{ACCOUNTS}/{made.json['id']}/activation-codes", json={}).json["code"]

        assert use(code, "nisa").status_code == 200

        assert sign_in("nisa", NEW).status_code == 201

    @pytest.mark.parametrize(("without_totp", "says"), [(True, 201), (False, 401)])
    def test_removes_the_second_factor_only_if_the_desk_said_so(self, siti, make, use, sign_in, without_totp, says):
        give_phone(siti)

        use(make(siti, without_totp=without_totp).json["code"])

        assert sign_in("siti", NEW, otp=None).status_code == says

    def test_lets_an_officer_who_lost_the_phone_set_up_another(self, account, make, use, sign_in):
        officer = account("petugas", "officer")

        use(make(officer, "admin", without_totp=True).json["code"], "petugas")

        assert sign_in("petugas", NEW, otp=None).json["role"] == "unenrolled"

    def test_works_once_for_three_days_and_for_its_login(self, siti, account, make, use, monkeypatch):
        account("budi", "worker", own="w-2")
        code, began = make(siti).json["code"], clock.now()
        assert use(code, "budi").status_code == 422
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(days=3, seconds=1))
        assert use(code).status_code == 422
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(days=2, hours=23))

        assert [use(code).status_code, use(code).status_code] == [200, 422]

    def test_is_refused_alike_whether_there_is_such_a_login_or_not(self, siti, make, use):
        make(siti)

        there, missing = use("2222-2222-2222"), use("2222-2222-2222", "siapa")

        assert there.status_code == missing.status_code == 422
        assert there.json | {"instance": ""} == missing.json | {"instance": ""}

    def test_that_came_by_e_mail_is_another_one(self, siti, make, visitor):
        said = {"login": "siti", "code": make(siti).json["code"], "password": NEW}

        assert visitor.post("/api/identity/v1/recoveries/use", json=said).json["type"] == "code-wrong"


def _act(said):
    [found] = database.reader().db.acts.find({"act": said})
    return found
