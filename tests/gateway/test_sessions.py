"""One's sessions: listed, ended one by one or all at once, with the tokens that they gave."""

import pytest

from gateway.account import commands as accounts
from gateway.database import database
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import bearer
from tests.waiting import until

SESSIONS, ME = "/api/identity/v1/sessions", "/api/identity/v1/accounts/me"


@pytest.fixture
def siti(account):
    return account("siti", "worker", own="w-1")


@pytest.fixture
def here(siti, sign_in):
    return sign_in("siti").json


@pytest.fixture
def there(siti, sign_in):
    return sign_in("siti").json


def is_over(pair):
    visitor = app_of("gateway").test_client()
    return visitor.get(ME, headers=bearer(pair["access_token"])).status_code == 401


def listed(visitor, pair):
    return visitor.get(SESSIONS, headers=bearer(pair["access_token"])).json


class TestTheList:
    def test_names_each_and_the_present_one(self, visitor, here, there):
        found = listed(visitor, there)

        assert [each["is_current"] for each in found] == [True, False]
        assert {each["kind"] for each in found} == {"api"}
        assert all(each["client"].startswith("Werkzeug") for each in found)

    def test_leaves_out_those_of_others(self, visitor, here, account, sign_in):
        account("budi")

        assert len(listed(visitor, sign_in("budi").json)) == 1


class TestEndingASession:
    def test_ends_it_and_its_tokens_within_a_second(self, visitor, here, there):
        gone = next(each for each in listed(visitor, there) if not each["is_current"])

        answer = visitor.delete(f"{SESSIONS}/{gone['id']}", headers=bearer(there["access_token"]))

        assert answer.status_code == 204
        until(lambda: is_over(here), 1)
        assert not is_over(there)
        assert visitor.post(f"{SESSIONS}/refresh", json={"refresh_token": here["refresh_token"]}).status_code == 401

    def test_of_somebody_else_is_not_possible(self, visitor, here, account, sign_in):
        account("budi")
        mine = listed(visitor, here)[0]["id"]

        answer = visitor.delete(f"{SESSIONS}/{mine}", headers=bearer(sign_in("budi").json["access_token"]))

        assert (answer.status_code, is_over(here)) == (404, False)

    def test_of_all_others_leaves_the_present_one(self, visitor, here, there):
        assert visitor.delete(SESSIONS, headers=bearer(there["access_token"])).status_code == 204

        until(lambda: is_over(here), 1)
        assert not is_over(there)


class TestANewPassword:
    def test_ends_all_sessions_within_a_second(self, visitor, here, there):
        said = {"old": "sungai balangan", "new": "hutan meratus hijau"}

        answer = visitor.post(f"{ME}/password", json=said, headers=bearer(there["access_token"]))

        assert answer.status_code == 204
        until(lambda: is_over(here) and is_over(there), 1)

    def test_lets_in_from_then_on(self, visitor, here, sign_in):
        said = {"old": "sungai balangan", "new": "hutan meratus hijau"}
        visitor.post(f"{ME}/password", json=said, headers=bearer(here["access_token"]))

        assert sign_in("siti").status_code == 401
        assert not is_over(sign_in("siti", "hutan meratus hijau").json)

    @pytest.mark.parametrize(
        ("said", "kind"),
        [
            ({"old": "salah salah", "new": "hutan meratus hijau"}, "password-wrong"),
            ({"old": "sungai balangan", "new": "bismillah123"}, "password-breached"),
            ({"old": "sungai balangan", "new": "Indonesia123"}, "password-breached"),
            ({"old": "sungai balangan", "new": "aaaaaaaaaaaa"}, "password-breached"),
            ({"old": "sungai balangan", "new": "   pendek   "}, "password-too-short"),
        ],
    )
    def test_is_refused_when_it_is_bad_or_the_old_one_wrong(self, visitor, here, said, kind):
        answer = visitor.post(f"{ME}/password", json=said, headers=bearer(here["access_token"]))

        assert (answer.status_code, answer.json["type"]) == (422, kind)
        assert not is_over(here)


class TestADisabledAccount:
    def test_is_out_within_a_second_and_in_again_when_enabled(self, client, siti, here, sign_in):
        officer = client("gateway", "officer")
        at = f"/api/identity/v1/accounts/{siti.id}"

        assert officer.post(f"{at}/disablement").json["disabled"] is True
        until(lambda: is_over(here), 1)
        assert sign_in("siti").status_code == 401

        officer.post(f"{at}/enablement")
        assert sign_in("siti").status_code == 201
        assert is_over(here)

    def test_of_the_office_is_for_administrators(self, client, account):
        at = f"/api/identity/v1/accounts/{account('budi').id}/disablement"

        assert client("gateway", "officer").post(at).json["type"] == "only-for-admins"
        assert client("gateway", "admin").post(at).status_code == 200


class TestAMembership:
    def test_that_ends_takes_the_tokens_along(self, account, sign_in):
        clerk = account("budi", "employer", own="e-1")
        pair = sign_in("budi").json

        database.transact(accounts.belong, account_id=clerk.id, own="e-2", team="member", now=clock.now())

        until(lambda: is_over(pair), 1)

    def test_is_told_to_the_services(self, account):
        clerk = account("budi", "employer", own="e-1")

        mark = database.reader().db.changes.find_one({"_id.name": "gateway.membership", "_id.id": clerk.id})

        assert mark["version"] == 1


class TestAnAct:
    def test_is_recorded_of_each_sign_in_and_each_refusal(self, siti, sign_in):
        sign_in("siti")
        sign_in("siti", "salah salah salah")

        found = list(database.reader().db.acts.find({"actor": siti.id}, sort=[("_id", 1)]))
        assert [row["act"] for row in found] == ["session.begun", "session.refused"]
        assert "siti" not in repr(found)
