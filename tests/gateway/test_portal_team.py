"""A team's page, the page of whoever is invited to it, and the pages of its programs."""

import pytest

from gateway.account import store as accounts
from gateway.database import database
from gateway.team.model import LastManager
from services.common.web import words
from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import OURS, is_well_made
from tests.gateway.door import code_on
from tests.gateway.seats import seating
from tests.gateway.showing import Page

NEW = {"login": "nisa", "password": "sungai balangan sore", "language": "id"}


@pytest.fixture
def seat(account):
    return seating(account)


def stands(login):
    found = accounts.find(database.reader(), login)
    return found.own, found.team


def invitations():
    return database.reader().db.invitations.count_documents({})


class TestATeam:
    def test_is_shown_to_whoever_is_in_it(self, seat):
        seat("rudi", "viewer")
        answer = seat().get("/tim")

        assert is_well_made(answer)
        assert {"mira", "rudi"} <= set(Page(answer).text.split())

    def test_is_changed_by_managers_alone(self, seat):
        mira = seat()
        for login, team in (("rudi", "member"), ("rani", "viewer")):
            other = seat(login, team)
            page = Page(other.get("/tim"))
            assert {form["action"] for form in page.all("form")} <= {"/keluar"}
            path = f"/tim/anggota/{mira.id}"
            asked = [
                other.post(path, {"team": "viewer"}),
                other.post(f"{path}/akhiri"),
                other.invite(),
                other.get(path),
            ]
            assert [answer.status_code for answer in asked] == [403] * 4
        assert (stands("mira"), invitations()) == (("pt-1", "manager"), 0)

    def test_is_no_other_teams(self, seat):
        other = seat("lain", own="pt-2")
        mira = seat()

        assert mira.get(f"/tim/anggota/{other.id}").status_code == 404
        assert mira.post(f"/tim/anggota/{other.id}/akhiri").status_code == 404
        assert stands("lain") == ("pt-2", "manager")

    @pytest.mark.parametrize("role", ["executive", "worker"])
    def test_is_for_employers_and_institutions(self, visitor, account, role):
        account("budi", role, own="w-1" if role == "worker" else None)
        visitor.post("/masuk", data={"login": "budi", "password": PASSWORD}, headers=OURS)

        answer = visitor.get("/tim")

        assert answer.status_code == 403

    def test_lets_a_member_do_more(self, seat):
        rudi, mira = seat("rudi", "viewer"), seat()

        assert is_well_made(mira.get(f"/tim/anggota/{rudi.id}"))
        answer = mira.post(f"/tim/anggota/{rudi.id}", {"team": "member"})

        assert (answer.status_code, stands("rudi")) == (303, ("pt-1", "member"))

    def test_does_not_change_whom_somebody_else_has_changed_meanwhile(self, seat):
        rudi, mira = seat("rudi", "viewer"), seat()
        mira.post(f"/tim/anggota/{rudi.id}", {"team": "member", "version": "1"})

        answer = mira.post(f"/tim/anggota/{rudi.id}", {"team": "manager", "version": "1"})

        assert (answer.status_code, stands("rudi")) == (412, ("pt-1", "member"))

    def test_ends_a_membership(self, seat):
        rudi, mira = seat("rudi", "member"), seat()

        answer = mira.post(f"/tim/anggota/{rudi.id}/akhiri")

        assert (answer.status_code, stands("rudi")) == (303, (None, None))
        assert rudi.get("/tim").headers["Location"] == "/masuk?to=/tim"

    @pytest.mark.parametrize("act", ["", "/akhiri"])
    def test_keeps_a_manager(self, seat, act):
        mira = seat()

        answer = mira.post(f"/tim/anggota/{mira.id}{act}", {"team": "viewer"})

        assert (answer.status_code, stands("mira")) == (409, ("pt-1", "manager"))
        assert words.say(LastManager.sentence(), "id") in Page(answer).text

    @pytest.mark.parametrize("said", [{"team": "raja"}, {}])
    def test_takes_no_place_that_there_is_not(self, seat, said):
        rudi, mira = seat("rudi", "viewer"), seat()

        assert mira.post(f"/tim/anggota/{rudi.id}", said).status_code == 422
        assert stands("rudi") == ("pt-1", "viewer")


class TestAnInvitation:
    def test_shows_its_code_once_and_in_no_address(self, seat):
        mira = seat()

        answer = mira.invite(email="nisa@example.com")

        code = code_on(answer)
        assert (answer.status_code, is_well_made(answer)) == (200, True)
        assert not [link for link in Page(answer).links if code in link]
        again = mira.get("/tim")
        assert ("nisa@example.com" in Page(again).text, code in again.text) == (True, False)

    def test_is_gone_when_the_other_language_is_chosen(self, seat):
        mira = seat()
        mira.invite()

        assert mira.get("/tim/undangan?lang=en").headers["Location"] == "/tim"

    def test_needs_an_address_that_can_be_one(self, seat):
        answer = seat().invite(email="bukan surel")

        assert (answer.status_code, invitations()) == (422, 0)

    def test_can_be_withdrawn(self, seat, visitor):
        mira = seat()
        code = code_on(mira.invite())
        (path,) = [form["action"] for form in Page(mira.get("/tim")).all("form") if form["action"].endswith("/tarik")]

        assert (mira.post(path).status_code, invitations()) == (303, 0)
        assert visitor.post("/undangan", data={"code": code, **NEW}, headers=OURS).status_code == 422

    def test_is_withdrawn_by_its_own_team_alone(self, seat):
        mira, other = seat(), seat("lain", own="pt-2")
        mira.invite()
        (path,) = [form["action"] for form in Page(mira.get("/tim")).all("form") if form["action"].endswith("/tarik")]

        assert (other.post(path).status_code, invitations()) == (404, 1)


class TestComingIntoATeam:
    def test_is_open_to_everybody(self, visitor):
        assert is_well_made(visitor.get("/undangan"))

    def test_makes_an_account_that_is_in_it(self, seat, visitor):
        code = code_on(seat().invite(team="viewer"))

        answer = visitor.post("/undangan", data={"code": code.lower(), **NEW}, headers=OURS)

        assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?done=joined")
        assert stands("nisa") == ("pt-1", "viewer")

    def test_takes_an_account_that_is_in_no_team(self, seat):
        mira, rudi = seat(), seat("rudi", own="pt-2")
        seat("rani", own="pt-2").post(f"/tim/anggota/{rudi.id}/akhiri")
        rudi.post("/masuk", {"login": "rudi", "password": PASSWORD})
        code = code_on(mira.invite())

        assert rudi.get("/tim").headers["Location"] == "/undangan"
        assert [field["id"] for field in Page(rudi.get("/undangan")).all("input") if "id" in field] == ["code"]
        assert rudi.post("/undangan", {"code": code}).headers["Location"] == "/masuk?done=joined"
        assert stands("rudi") == ("pt-1", "member")

    @pytest.mark.parametrize("said", [{"code": "K7QM-2F9X-RSTU-VWXY-Z234"}, {"code": ""}, {"password": "pendek"}])
    def test_needs_a_code_and_a_good_password(self, seat, visitor, said):
        code = code_on(seat().invite())

        answer = visitor.post("/undangan", data={"code": code, **NEW, **said}, headers=OURS)

        assert answer.status_code == 422
        assert accounts.find(database.reader(), "nisa") is None
