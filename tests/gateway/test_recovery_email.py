"""The e-mail address of an account: it counts once a code came back from it."""

import pytest

from gateway.database import database
from tests.gateway.conftest import PASSWORD
from tests.gateway.door import NEW, code_in, everything_kept, give_email, work_on
from tests.gateway.mail import serving, text

MINE = "/api/identity/v1/accounts/me"
EMAIL = f"{MINE}/email"
OLD, FRESH = "lama@contoh.id", "baru@contoh.id"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def siti(account):
    return account("siti", "worker", own="w-1")


@pytest.fixture
def me(client, siti):
    return client("gateway", "worker", own="w-1", account=siti.id)


@pytest.fixture
def enter(me, mail):
    """Enter an address, and return what came by e-mail."""

    def enter(email=FRESH, password=PASSWORD):
        answer = me.put(EMAIL, json={"email": email, "password": password})
        assert answer.status_code == 202, answer.text
        before = len(mail.letters)
        work_on()
        return {letter["To"]: letter for letter in mail.letters[before:]}

    return enter


class TestEnteringAnAddress:
    def test_sends_a_code_there_and_changes_nothing_yet(self, me, enter):
        letters = enter()

        assert list(letters) == [FRESH]
        assert me.get(MINE).json["email"] is None
        assert FRESH not in everything_kept()

    def test_tells_the_address_before(self, siti, me, enter):
        give_email(siti, OLD)

        letters = enter()

        assert letters.keys() == {OLD, FRESH}
        assert FRESH not in text(letters[OLD])
        assert me.get(MINE).json["email"] == OLD

    def test_needs_the_password(self, me):
        answer = me.put(EMAIL, json={"email": FRESH, "password": "sungai barito"})

        assert (answer.status_code, answer.json["type"]) == (422, "password-wrong")
        assert database.reader().db.codes.count_documents({}) == 0

    @pytest.mark.parametrize("email", ["siti", "a@b", "x" * 300 + "@contoh.id", {"$ne": 1}, "a@contoh.id\nBcc: b@c.id"])
    def test_takes_nothing_else(self, me, email):
        answer = me.put(EMAIL, json={"email": email, "password": PASSWORD})

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["/email"])


class TestConfirmingAnAddress:
    def test_makes_it_the_accounts(self, siti, me, enter):
        give_email(siti, OLD)
        code = code_in(enter()[FRESH])

        assert me.post(f"{EMAIL}/confirmation", json={"code": code}).status_code == 204

        shown = me.get(MINE).json
        assert (shown["email"], shown["email_confirmed"]) == (FRESH, True)

    def test_takes_a_code_once_and_from_its_owner_alone(self, account, client, me, enter):
        code = code_in(enter()[FRESH])
        other = client("gateway", "worker", own="w-2", account=account("budi", "worker", own="w-2").id)

        assert other.post(f"{EMAIL}/confirmation", json={"code": code}).json["type"] == "code-wrong"
        said = [me.post(f"{EMAIL}/confirmation", json={"code": code}).status_code for _ in range(2)]
        assert said == [204, 422]

    def test_ends_what_went_to_the_address_before(self, siti, me, visitor, mail, enter):
        give_email(siti, OLD)
        visitor.post("/api/identity/v1/recoveries", json={"login": "siti"})
        work_on()
        stolen = code_in(mail.to(OLD)[0])
        me.post(f"{EMAIL}/confirmation", json={"code": code_in(enter()[FRESH])})

        said = {"login": "siti", "code": stolen, "password": NEW}
        assert visitor.post("/api/identity/v1/recoveries/use", json=said).status_code == 422


class TestRemovingAnAddress:
    def test_leaves_none_and_tells_it(self, siti, me, mail):
        give_email(siti, OLD)

        assert me.delete(EMAIL).status_code == 204
        work_on()

        assert me.get(MINE).json["email"] is None
        assert len(mail.to(OLD)) == 1

    def test_ends_one_that_was_only_entered(self, me, enter):
        code = code_in(enter()[FRESH])

        me.delete(EMAIL)

        assert me.post(f"{EMAIL}/confirmation", json={"code": code}).status_code == 422

    @pytest.mark.parametrize("role", ["unenrolled", "partner", None])
    def test_is_for_people_with_accounts(self, client, role):
        assert client("gateway", role).delete(EMAIL).status_code == (403 if role else 401)
