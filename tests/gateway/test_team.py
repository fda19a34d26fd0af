"""Teams: who works for an employer or an institution, and what they may do there."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.database import database
from tests.conftest import app_of
from tests.gateway.conftest import bearer
from tests.gateway.teams import AT, LPK, PT, Team
from tests.waiting import until

SEEN = {"If-Match": "*"}


@pytest.fixture
def team(client, account):
    return Team(client, account)


@pytest.fixture
def ani(team):
    """A manager, who is the only one."""
    return team.joined("ani")


@pytest.fixture
def budi(team, ani):
    return team.joined("budi", "member")


class TestATeam:
    def test_lists_its_members(self, ani, budi):
        answer = ani.http.get(f"{PT}/members")

        assert [(each["id"], each["login"], each["team"]) for each in answer.json] == [
            (ani.id, "ani", "manager"),
            (budi.id, "budi", "member"),
        ]
        assert answer.json[0].keys() == {"id", "login", "team", "since", "disabled"}

    def test_lists_them_in_pages(self, ani, budi):
        first = ani.http.get(f"{PT}/members?limit=1")
        second = ani.http.get(first.headers["Link"].split(">")[0].lstrip("<"))

        assert [each["login"] for each in first.json + second.json] == ["ani", "budi"]
        assert "Link" not in second.headers

    def test_shows_one_with_what_an_update_needs(self, ani, budi):
        answer = ani.http.get(f"{PT}/members/{budi.id}")

        assert (answer.json["login"], bool(answer.headers["ETag"])) == ("budi", True)

    @pytest.mark.parametrize("place", ["manager", "member", "viewer"])
    def test_is_seen_by_all_who_are_in_it(self, team, ani, place):
        assert team.joined("citra", place).http.get(f"{PT}/members").status_code == 200

    @pytest.mark.parametrize("role", ["officer", "admin"])
    def test_is_seen_by_the_office(self, client, ani, role):
        assert len(client("gateway", role).get(f"{PT}/members").json) == 1

    @pytest.mark.parametrize(
        ("role", "own", "says"),
        [
            ("employer", "pt-2", 404),
            ("institution", "pt-1", 404),
            ("employer", None, 404),
            ("worker", "pt-1", 403),
            ("executive", None, 403),
            ("partner", "pt-1", 403),
            ("unenrolled", None, 403),
            (None, None, 401),
        ],
    )
    def test_is_seen_by_nobody_else(self, client, ani, role, own, says):
        somebody = client("gateway", role, own=own, team="manager", party="employer")

        assert somebody.get(f"{PT}/members").status_code == says
        assert somebody.delete(f"{PT}/members/{ani.id}").status_code == says

    def test_is_of_its_kind(self, team, ani):
        other = team.joined("dewi", role="institution", own="pt-1")

        assert [each["login"] for each in ani.http.get(f"{PT}/members").json] == ["ani"]
        assert other.http.get(f"{AT}/institutions/pt-1/members").json[0]["login"] == "dewi"

    def test_may_be_an_institutions(self, team):
        dewi = team.joined("dewi", role="institution", own="lpk-1")
        eko = team.joined("eko", "viewer", role="institution", own="lpk-1")

        answer = dewi.http.patch(f"{LPK}/members/{eko.id}", json={"team": "member"}, headers=SEEN)

        assert (answer.status_code, eko.stands) == (200, ("lpk-1", "member"))


class TestPlacingAMember:
    def test_changes_what_they_may_do(self, ani, budi):
        seen = ani.http.get(f"{PT}/members/{budi.id}").headers["ETag"]

        answer = ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "viewer"}, headers={"If-Match": seen})

        assert (answer.status_code, answer.json["team"], budi.stands) == (200, "viewer", ("pt-1", "viewer"))
        assert answer.headers["ETag"] != seen

    def test_is_refused_to_whoever_has_not_seen_the_newest(self, ani, budi):
        seen = {"If-Match": ani.http.get(f"{PT}/members/{budi.id}").headers["ETag"]}
        ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "viewer"}, headers=seen)

        again = ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "manager"}, headers=seen)

        assert (again.status_code, budi.stands[1]) == (412, "viewer")
        assert ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "manager"}).status_code == 428

    def test_tells_the_services_and_ends_what_they_are_signed_in_with(self, ani, budi, sign_in, visitor):
        token = bearer(sign_in("budi").json["access_token"])

        ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "viewer"}, headers=SEEN)

        until(lambda: visitor.get(f"{AT}/accounts/me", headers=token).status_code == 401, within_s=1)
        marks = database.reader().db.changes.find({"_id": {"name": "gateway.membership", "id": budi.id}})
        assert len(list(marks)) == 1

    @pytest.mark.parametrize("place", ["member", "viewer"])
    def test_is_for_managers(self, team, ani, budi, place):
        citra = team.joined("citra", place)

        answers = [
            citra.http.patch(f"{PT}/members/{citra.id}", json={"team": "manager"}, headers=SEEN),
            citra.http.delete(f"{PT}/members/{ani.id}"),
            citra.http.post(f"{PT}/invitations", json={"team": "manager"}),
            citra.http.delete(f"{PT}/invitations/i-1"),
        ]

        assert {answer.status_code for answer in answers} == {403}
        assert (ani.stands, citra.stands) == (("pt-1", "manager"), ("pt-1", place))

    def test_is_not_for_somebody_who_was_one_a_moment_ago(self, team, ani):
        citra = team.joined("citra")
        ani.http.patch(f"{PT}/members/{citra.id}", json={"team": "member"}, headers=SEEN)

        # The token still says that she is: so it would within the half second.
        database.reader().db.standings.delete_many({})
        answer = citra.http.delete(f"{PT}/members/{ani.id}")

        assert (answer.status_code, answer.json["type"]) == (403, "only-for-managers")

    def test_of_somebody_elses_team_is_refused(self, team, ani):
        other = team.joined("dewi", own="pt-2")

        answers = [
            ani.http.patch(f"{PT}/members/{other.id}", json={"team": "viewer"}, headers=SEEN),
            ani.http.delete(f"{PT}/members/{other.id}"),
            ani.http.get(f"{PT}/members/{other.id}"),
            ani.http.get(f"{AT}/employers/pt-2/members/{other.id}"),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert other.stands == ("pt-2", "manager")

    @pytest.mark.parametrize("said", [{"team": "owner"}, {"team": None}, {"team": {"$ne": 1}}, {}])
    def test_names_what_is_wrong(self, ani, budi, said):
        answer = ani.http.patch(f"{PT}/members/{budi.id}", json=said, headers=SEEN)

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["/team"])

    @pytest.mark.parametrize("said", [{"own": "pt-2"}, {"role": "admin"}, {"disabled": False}])
    def test_takes_nothing_besides(self, ani, budi, said):
        answer = ani.http.patch(f"{PT}/members/{budi.id}", json={"team": "member"} | said, headers=SEEN)

        assert (answer.status_code, budi.stands) == (422, ("pt-1", "member"))


class TestEndingAMembership:
    def test_leaves_an_account_that_may_do_nothing_there(self, ani, budi, sign_in, visitor):
        token = bearer(sign_in("budi").json["access_token"])

        assert ani.http.delete(f"{PT}/members/{budi.id}").status_code == 204

        assert budi.stands == (None, None)
        until(lambda: visitor.get(f"{PT}/members", headers=token).status_code == 401, within_s=1)
        fresh = bearer(sign_in("budi").json["access_token"])
        assert visitor.get(f"{PT}/members", headers=fresh).status_code == 404

    def test_of_the_last_manager_is_refused_to_everybody(self, ani, budi, client):
        answers = [
            http(f"{PT}/members/{ani.id}", **said)
            for by in (ani.http, client("gateway", "officer"))
            for http, said in ((by.delete, {}), (by.patch, {"json": {"team": "member"}, "headers": SEEN}))
        ]

        assert {answer.json["type"] for answer in answers} == {"last-manager"}
        assert ani.stands == ("pt-1", "manager")

    def test_does_not_count_a_manager_who_is_let_in_no_more(self, team, ani, client):
        citra = team.joined("citra")
        client("gateway", "officer").post(f"{AT}/accounts/{citra.id}/disablement")

        assert ani.http.delete(f"{PT}/members/{ani.id}").json["type"] == "last-manager"

    def test_of_each_other_at_once_leaves_one(self, team, ani):
        citra = team.joined("citra")

        def end(by, whom):
            http = app_of("gateway").test_client()
            http.environ_base.update(by.http.environ_base)
            return http.delete(f"{PT}/members/{whom.id}").status_code

        with ThreadPoolExecutor(2) as at_once:
            said = sorted(at_once.map(end, (ani, citra), (citra, ani)))

        assert said[0] == 204
        assert said[1] in {401, 403, 409}
        assert sorted([ani.stands, citra.stands], key=str) == [("pt-1", "manager"), (None, None)]

    def test_is_recorded_with_who_did_it_for_whom(self, ani, budi, client):
        client("gateway", "officer", account="officer-1").delete(f"{PT}/members/{budi.id}")

        [act] = database.reader().db.acts.find({"actor": "officer-1"})
        assert (act["subject"]["account_id"], act["for"]) == (budi.id, {"employer": "pt-1"})
