"""The pages of a party's programs."""

import re

import pytest

from gateway.client import store as clients
from gateway.database import database
from tests.gateway.desk import is_well_made
from tests.gateway.seats import seating
from tests.gateway.showing import Page

SECRET = re.compile(r"<dt>client_secret</dt><dd><code>([\w-]{43})</code>")
TOKEN = "/api/identity/v1/oauth/token"


@pytest.fixture
def seat(account):
    return seating(account)


class TestPrograms:
    def register(self, seat, **said):
        return seat.post("/program", {"name": "Rekrutmen <1>", "scopes": ["vacancies.read", "candidates.read"], **said})

    def one(self):
        (found,) = clients.page(database.reader(), after=None, limit=10, party=None, own=None)
        return found

    def token(self, visitor, client, secret):
        said = {"grant_type": "client_credentials"}
        return visitor.post(TOKEN, data=said, auth=(client.id, secret), base_url="https://localhost").status_code

    @pytest.mark.parametrize(
        ("login", "team", "role"), [("rudi", "member", "employer"), ("rani", "viewer", "employer")]
    )
    def test_are_for_managers_alone(self, seat, login, team, role):
        mira = seat()
        self.register(mira)
        other, path = seat(login, team, role), f"/program/{self.one().id}"

        asked = [other.get("/program"), other.get(path), self.register(other), other.post(f"{path}/akhiri")]

        assert [answer.status_code for answer in asked] == [403] * 4
        assert not self.one().ended

    def test_offer_what_is_for_the_party_in_sentences(self, seat):
        employers, institutions = (
            {field["value"] for field in Page(each.get("/program")).all("input") if field.get("name") == "scopes"}
            for each in (seat(), seat("lina", role="institution", own="lpk-1"))
        )

        assert "candidates.read" in employers
        assert "intakes.write" in institutions
        assert not employers & institutions

    def test_show_the_secret_once(self, seat, visitor):
        mira = seat()

        answer = self.register(mira)

        (secret,) = SECRET.findall(answer.text)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "curl" in Page(answer).text
        assert self.token(visitor, self.one(), secret) == 200
        assert mira.get(f"/program/{self.one().id}/rahasia?lang=en").headers["Location"] == f"/program/{self.one().id}"
        shown = [mira.get("/program"), mira.get(f"/program/{self.one().id}")]
        assert [(is_well_made(each), secret in each.text) for each in shown] == [(True, False)] * 2

    @pytest.mark.parametrize(
        "said", [{"scopes": []}, {"scopes": ["intakes.write"]}, {"scopes": ["semua"]}, {"name": " "}]
    )
    def test_need_a_name_and_scopes_of_the_party(self, seat, said):
        answer = self.register(seat(), **said)

        assert answer.status_code == 422
        assert clients.page(database.reader(), after=None, limit=10, party=None, own=None) == []

    def test_change_what_they_may(self, seat):
        mira = seat()
        self.register(mira)

        answer = mira.post(f"/program/{self.one().id}", {"name": "Baru", "scopes": ["vacancies.read"], "version": "1"})

        assert answer.status_code == 303
        assert (self.one().name, self.one().scopes) == ("Baru", ("vacancies.read",))

    def test_get_a_second_secret_and_drop_the_first(self, seat, visitor):
        mira = seat()
        (first,) = SECRET.findall(self.register(mira).text)
        path = f"/program/{self.one().id}/rahasia"

        (second,) = SECRET.findall(mira.post(path).text)
        assert [self.token(visitor, self.one(), secret) for secret in (first, second)] == [200, 200]
        assert mira.post(path).status_code == 409
        assert mira.post(f"{path}/{self.one().secrets[0].id}/buang").status_code == 303
        assert [self.token(visitor, self.one(), secret) for secret in (first, second)] == [401, 200]
        assert mira.post(f"{path}/{self.one().secrets[0].id}/buang").status_code == 409

    def test_end_for_good(self, seat, visitor):
        mira = seat()
        (secret,) = SECRET.findall(self.register(mira).text)

        assert mira.post(f"/program/{self.one().id}/akhiri").status_code == 303
        assert self.token(visitor, self.one(), secret) == 401
        assert mira.post(f"/program/{self.one().id}/akhiri").status_code == 409

    def test_are_no_other_partys(self, seat):
        self.register(seat())
        other, path = seat("lain", own="pt-2"), f"/program/{self.one().id}"

        asked = [other.get(path), other.post(path, {"name": "x"}), other.post(f"{path}/rahasia")]
        asked += [other.post(f"{path}/rahasia/{self.one().secrets[0].id}/buang"), other.post(f"{path}/akhiri")]

        assert [answer.status_code for answer in asked] == [404] * 5
        assert (self.one().name, self.one().ended) == ("Rekrutmen <1>", False)
