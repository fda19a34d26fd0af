"""Invitations into a team, answered with a new account or with one that is in no team."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from gateway.account import store as accounts
from gateway.database import database
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import bearer
from tests.gateway.teams import ACCEPTANCE, AT, LPK, NISA, PT, Team, accepting, inviting

HERS = "nisa@contoh.id"


@pytest.fixture
def team(client, account):
    return Team(client, account)


@pytest.fixture
def ani(team):
    return team.joined("ani")


@pytest.fixture
def invite(ani):
    return inviting(ani)


@pytest.fixture
def accept(visitor):
    return accepting(visitor)


class TestAcceptingAnInvitation:
    @pytest.mark.parametrize("place", ["manager", "member", "viewer"])
    def test_makes_an_account_that_is_in_the_team(self, ani, invite, accept, sign_in, visitor, place):
        answer = accept(invite(place).json["code"], language="en")

        assert answer.status_code == 201
        assert (answer.json["role"], answer.json["own"], answer.json["team"]) == ("employer", "pt-1", place)
        assert answer.json["language"] == "en"
        token = bearer(sign_in("nisa", NISA["password"]).json["access_token"])
        assert visitor.get(answer.headers["Location"], headers=token).json == answer.json
        assert len(visitor.get(f"{PT}/members", headers=token).json) == 2

    def test_may_be_an_institutions(self, client, invite, accept):
        code = invite(by=client("gateway", "officer"), at=LPK).json["code"]

        assert accept(code).json["role"] == "institution"

    @pytest.mark.parametrize(
        ("invited", "said", "has", "is_confirmed"),
        [
            (HERS, {}, HERS, True),
            (HERS, {"email": HERS}, HERS, True),
            (HERS, {"email": "n@contoh.id"}, "n@contoh.id", False),
            (None, {"email": HERS}, HERS, False),
            (None, {}, None, False),
        ],
    )
    def test_confirms_the_address_that_was_invited(self, invite, accept, invited, said, has, is_confirmed):
        made = accept(invite(email=invited).json["code"], **said).json

        assert (made["email"], made["email_confirmed"]) == (has, is_confirmed)

    def test_works_once(self, invite, accept):
        code = invite().json["code"]

        assert accept(code).status_code == 201
        again = accept(code, login="rudi")
        assert (again.status_code, again.json["type"]) == (422, "code-wrong")

    def test_works_once_for_two_at_the_same_time(self, ani, invite):
        code = invite().json["code"]

        def accept(login):
            said = NISA | {"code": code, "login": login}
            return app_of("gateway").test_client().post(ACCEPTANCE, json=said).status_code

        with ThreadPoolExecutor(4) as at_once:
            assert sorted(at_once.map(accept, ["nisa", "rudi", "sari", "tono"])) == [201, 422, 422, 422]
        assert len(ani.http.get(f"{PT}/members").json) == 2

    def test_with_a_login_that_is_taken_leaves_the_code(self, account, invite, accept):
        there = account("nisa", "worker", own="w-1")
        code = invite().json["code"]

        refused = accept(code)

        assert (refused.status_code, refused.json["type"]) == (409, "login-taken")
        assert there.id not in refused.text + repr(refused.headers)
        assert accept(code, login="nisa.pt").status_code == 201

    def test_says_nothing_of_logins_without_a_code(self, account, accept):
        account("nisa", "worker", own="w-1")

        taken, free = accept("2222-2222"), accept("2222-2222", login="rudi")

        assert taken.status_code == free.status_code == 422
        assert taken.json | {"instance": ""} == free.json | {"instance": ""}

    def test_is_over_after_seven_days(self, invite, accept, monkeypatch):
        code, later = invite().json["code"], clock.now() + timedelta(days=7)
        monkeypatch.setattr(clock, "now", lambda: later)

        assert accept(code).status_code == 422

    @pytest.mark.parametrize("said", [{"role": "admin"}, {"team": "manager"}, {"own": "pt-2"}])
    def test_takes_nothing_besides(self, invite, accept, said):
        assert accept(invite().json["code"], **said).status_code == 422

    @pytest.mark.parametrize("said", [{"password": "1234567890"}, {"password": "pendek"}, {"login": "n@contoh.id"}])
    def test_with_what_is_not_good_enough_leaves_the_code(self, invite, accept, said):
        code = invite().json["code"]

        refused = accept(code, **said)

        assert (refused.status_code, list(refused.json["errors"])) == (422, [f"/{name}" for name in said])
        assert accept(code).status_code == 201

    def test_is_recorded_with_who_invited(self, ani, invite, accept):
        made = invite()
        accepted = accept(made.json["code"]).json["id"]

        [act] = database.reader().db.acts.find({"act": "invitation.accepted"})
        said = (act["actor"], act["made_by"], act["subject"])
        assert said == (accepted, ani.id, {"invitation_id": made.json["id"]})


class TestAcceptingWithTheAccountThatOneHas:
    @pytest.fixture
    def free(self, team, ani, client):
        """Somebody who was in a team, and is in none any more."""
        budi = team.joined("budi", "member")
        ani.http.delete(f"{PT}/members/{budi.id}")
        budi.http = client("gateway", "employer", account=budi.id)
        return budi

    def test_comes_into_the_team_from_then_on(self, client, free, invite):
        before = accounts.get(database.reader(), free.id).created_at
        code = invite("viewer", by=client("gateway", "officer"), at=f"{AT}/employers/pt-2").json["code"]

        answer = free.http.post(f"{ACCEPTANCE}/mine", json={"code": code})

        assert (answer.status_code, free.stands) == (200, ("pt-2", "viewer"))
        [shown] = client("gateway", "officer").get(f"{AT}/employers/pt-2/members").json
        assert datetime.fromisoformat(shown["since"]) > before

    def test_is_refused_to_whoever_is_in_a_team(self, ani, invite):
        answer = ani.http.post(f"{ACCEPTANCE}/mine", json={"code": invite().json["code"]})

        assert (answer.status_code, answer.json["type"]) == (409, "in-team-already")

    def test_is_refused_to_accounts_of_another_kind_and_leaves_the_code(self, client, free, invite, accept):
        code = invite(by=client("gateway", "officer"), at=LPK).json["code"]

        refused = free.http.post(f"{ACCEPTANCE}/mine", json={"code": code})

        assert (refused.status_code, refused.json["type"]) == (422, "of-another-kind")
        assert accept(code).status_code == 201

    @pytest.mark.parametrize("role", ["worker", "officer", "admin", "executive", "partner", None])
    def test_is_for_employers_and_institutions(self, client, role):
        answer = client("gateway", role).post(f"{ACCEPTANCE}/mine", json={"code": "2222"})

        assert answer.status_code == (403 if role else 401)
