"""Invitations into a team, made by its managers or the office."""

from datetime import datetime, timedelta

import pytest

from services.reference import clock
from tests.gateway.door import code_in, everything_kept, work_on
from tests.gateway.mail import serving, text
from tests.gateway.teams import AT, PT, Team, accepting, inviting

HERS = "nisa@contoh.id"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


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


class TestInviting:
    def test_shows_the_code_this_once_and_to_no_cache(self, ani, invite):
        answer = invite()

        assert answer.json.keys() == {"id", "team", "email", "language", "created_at", "expires_at", "code"}
        assert len(answer.json["code"].replace("-", "")) == 20
        assert answer.headers["Cache-Control"] == "no-store"
        shown = ani.http.get(answer.headers["Location"])
        assert shown.json == {name: answer.json[name] for name in shown.json}
        assert "code" not in shown.json

    def test_lasts_seven_days(self, invite):
        said = invite().json

        assert _moment(said["expires_at"]) - _moment(said["created_at"]) == timedelta(days=7)

    def test_that_is_sent_again_makes_one_and_shows_no_code(self, ani):
        once = {"Idempotency-Key": "k-1"}

        first, again = (ani.http.post(f"{PT}/invitations", json={"team": "member"}, headers=once) for _ in range(2))

        assert (again.json["id"], again.json["code"]) == (first.json["id"], None)
        assert len(ani.http.get(f"{PT}/invitations").json) == 1

    @pytest.mark.parametrize(("language", "subject"), [("id", "Anda diundang"), ("en", "You are invited")])
    def test_by_e_mail_sends_the_code_in_the_language_that_was_said(self, invite, mail, language, subject):
        code = invite(email=HERS, language=language).json["code"]
        work_on()

        [letter] = mail.to(HERS)
        assert letter["Subject"].startswith(subject)
        assert code_in(letter) == code
        assert "pt-1" not in text(letter)

    def test_keeps_neither_code_nor_address_open(self, invite):
        code = invite(email=HERS).json["code"]

        assert not [said for said in (code, code.replace("-", ""), HERS) if said in everything_kept()]

    @pytest.mark.parametrize("role", ["officer", "admin"])
    def test_by_the_office_opens_the_first_manager(self, client, invite, accept, role):
        at = f"{AT}/employers/pt-new"

        code = invite("manager", by=client("gateway", role), at=at).json["code"]

        assert accept(code).json["team"] == "manager"

    def test_has_an_end(self, ani, invite):
        for _ in range(50):
            invite()

        answer = ani.http.post(f"{PT}/invitations", json={"team": "member"})

        assert (answer.status_code, answer.json["type"]) == (409, "too-many-invitations")

    @pytest.mark.parametrize(
        ("field", "value"), [("team", "owner"), ("email", "nisa"), ("language", "fr"), ("email", {"$ne": 1})]
    )
    def test_names_what_is_wrong(self, ani, field, value):
        answer = ani.http.post(f"{PT}/invitations", json={"team": "member", field: value})

        assert (answer.status_code, list(answer.json["errors"])) == (422, [f"/{field}"])


class TestAnInvitation:
    def test_is_listed_until_it_is_answered_withdrawn_or_over(self, ani, invite, accept, monkeypatch):
        answered, withdrawn, left = (invite(email=HERS) for _ in range(3))
        accept(answered.json["code"])
        assert ani.http.delete(withdrawn.headers["Location"]).status_code == 204

        assert [each["id"] for each in ani.http.get(f"{PT}/invitations").json] == [left.json["id"]]
        later = clock.now() + timedelta(days=7)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert ani.http.get(f"{PT}/invitations").json == []
        assert ani.http.get(left.headers["Location"]).status_code == 404

    def test_is_listed_in_pages(self, ani, invite):
        made = [invite().json["id"] for _ in range(3)]

        first = ani.http.get(f"{PT}/invitations?limit=2")
        second = ani.http.get(first.headers["Link"].split(">")[0].lstrip("<"))

        assert [each["id"] for each in first.json + second.json] == made

    def test_that_is_withdrawn_opens_nothing(self, ani, invite, accept):
        made = invite()

        ani.http.delete(made.headers["Location"])

        assert accept(made.json["code"]).json["type"] == "code-wrong"
        assert ani.http.delete(made.headers["Location"]).status_code == 404

    def test_is_its_teams_alone(self, team, ani, invite):
        made = invite().json["id"]
        other = team.joined("dewi", own="pt-2").http
        lpk = team.joined("eko", role="institution", own="pt-1").http

        answers = [
            other.delete(f"{AT}/employers/pt-2/invitations/{made}"),
            other.get(f"{PT}/invitations"),
            lpk.delete(f"{AT}/institutions/pt-1/invitations/{made}"),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert len(ani.http.get(f"{PT}/invitations").json) == 1

    @pytest.mark.parametrize("place", ["member", "viewer"])
    def test_is_shown_to_managers_alone(self, team, invite, place):
        made = invite(email=HERS)
        citra = team.joined("citra", place).http

        said = [citra.get(f"{PT}/invitations").status_code, citra.get(made.headers["Location"]).status_code]
        assert said == [403, 403]


def _moment(said):
    return datetime.fromisoformat(said)
