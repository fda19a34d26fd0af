"""The pages of one's own account: language, e-mail, second factor, sessions."""

import pytest

from gateway.database import database
from gateway.portal.account import client
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import is_well_made
from tests.gateway.door import code_in, everything_kept, give_email, work_on
from tests.gateway.home import Home, come_in, led_to
from tests.gateway.mail import serving
from tests.gateway.showing import Page

EMAIL = "siti@contoh.id"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"
)
INSIDE = ("/akun", "/akun/surel", "/akun/surel/kode", "/akun/surel/hapus", "/akun/sandi", "/akun/kode", "/kabar")
NO_STEP = "/akun/kode/pasang"


@pytest.fixture
def siti(visitor, account):
    return Home(visitor, account("siti", "worker", "w-1"), agent=CHROME)


@pytest.fixture
def budi(visitor, account):
    """An officer who has not set up a second factor."""
    return Home(visitor, account("budi", "officer", totp=None))


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


def sessions_of(home):
    return [row["_id"] for row in database.reader().db.sessions.find({"account_id": home.id})]


class TestEveryPage:
    @pytest.mark.parametrize("path", INSIDE)
    def test_is_well_made(self, siti, path):
        assert is_well_made(siti.get(path))

    @pytest.mark.parametrize("path", [*INSIDE, NO_STEP, "/akun/kode/lepas", "/kabar/surel"])
    def test_is_for_those_who_have_signed_in(self, visitor, path):
        answer = visitor.get(path)

        assert led_to(answer) == f"/masuk?to={path}"
        assert visitor.post(path, headers={"Sec-Fetch-Site": "same-origin"}).status_code in {303, 405}

    @pytest.mark.parametrize("path", ["/akun", "/akun/sesi", "/akun/surel", "/akun/surel/hapus", "/akun/kode/lepas"])
    def test_takes_no_form_of_another_site(self, siti, path):
        give_email(siti.account)
        before = everything_kept()

        assert siti.visitor.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
        assert everything_kept() == before


class TestTheAccount:
    def test_says_who_it_is(self, siti):
        page = siti.page("/akun")

        assert all(said in page.text for said in ("siti", "pencari kerja", "Chrome, Android"))

    def test_speaks_the_language_that_was_chosen(self, siti):
        to = led_to(siti.post("/akun", language="en"))

        assert Page(siti.get(to)).language == "en"
        assert (siti.page("/akun").language, siti.account.language) == ("en", "en")

    def test_takes_no_other_language(self, siti):
        assert siti.post("/akun", language="xx").status_code == 422
        assert siti.account.language == "id"

    @pytest.mark.parametrize(
        ("agent", "name"),
        [
            (CHROME, "Chrome, Android"),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/124.0 Safari/537.36 Edg/124.0", "Edge, Windows"),
            ("Begawi/1.2", "Begawi/1.2"),
            ("x" * 90, "x" * 40),
        ],
    )
    def test_calls_a_browser_as_its_owner_does(self, agent, name):
        assert client(agent) == name


class TestWhereTheAccountLeads:
    def test_is_what_somebody_may_do(self, visitor, account):
        lpk = Home(visitor, account("lpk", "institution", "lpk-1", "manager"))
        assert {"/tim", "/program", "/kabar/surel"} <= set(lpk.page("/akun").links)

        dewi = Home(app_of("gateway").test_client(), account("dewi", "institution", "lpk-1", "viewer"))
        assert {"/tim", "/program"} & set(dewi.page("/akun").links) == {"/tim"}

    def test_is_the_desk_for_an_officer(self, visitor, account, siti):
        assert "/meja" not in siti.page("/akun").links
        assert "/meja" in Home(visitor, account("budi")).page("/akun").links


class TestSessions:
    @pytest.fixture
    def elsewhere(self, siti):
        """A second browser in which Siti is signed in."""
        other = app_of("gateway").test_client()
        come_in(other, "siti", agent="Firefox on Linux")
        return other

    def test_are_listed_and_this_one_is_named(self, siti, elsewhere):
        page = siti.page("/akun")

        assert "Firefox, Linux" in page.text
        assert page.text.count("ini perangkat Anda") == 1
        assert len([button for button in page.all("button") if button.get("name") == "session"]) == 1

    def test_can_be_ended_one_by_one(self, siti, elsewhere):
        (button,) = [each for each in siti.page("/akun").all("button") if each.get("name") == "session"]

        assert led_to(siti.post("/akun/sesi", session=button["value"])) == "/akun?done=session"
        assert elsewhere.get("/akun").status_code == 303
        assert siti.is_inside

    def test_can_be_ended_all_but_this_one(self, siti, elsewhere):
        siti.post("/akun/sesi")

        assert elsewhere.get("/akun").status_code == 303
        assert siti.is_inside

    def test_of_others_cannot_be_ended(self, siti, account):
        dewi = Home(app_of("gateway").test_client(), account("dewi", "worker", "w-2"))
        (hers,) = sessions_of(dewi)

        answer = siti.post("/akun/sesi", session=hers)

        assert answer.status_code == 404
        assert "Anda tidak punya sesi itu." in Page(answer).text
        assert dewi.is_inside


class TestAnEmailAddress:
    def test_is_the_accounts_once_its_code_comes_back(self, siti, mail):
        assert led_to(siti.post("/akun/surel", email=EMAIL, password=PASSWORD)) == "/akun/surel/kode?done=sent"
        assert EMAIL in siti.page("/akun/surel/kode").text
        assert siti.account.email is None
        work_on()

        assert led_to(siti.post("/akun/surel/kode", code=code_in(mail.to(EMAIL)[0]))) == "/akun?done=email"
        assert (siti.account.email, siti.account.email_confirmed) == (EMAIL, True)
        assert EMAIL in siti.page("/akun").text

    def test_needs_the_password(self, siti):
        answer = siti.post("/akun/surel", email=EMAIL, password="salah salah")

        assert (answer.status_code, "Kata sandi yang sekarang salah." in Page(answer).text) == (422, True)

    def test_must_be_one(self, siti):
        answer = siti.post("/akun/surel", email="bukan surel", password=PASSWORD)

        (field,) = [each for each in Page(answer).all("input") if each["name"] == "email"]
        assert (answer.status_code, field["aria-invalid"], field["value"]) == (422, "true", "bukan surel")

    def test_stays_unconfirmed_with_a_wrong_code(self, siti, mail):
        siti.post("/akun/surel", email=EMAIL, password=PASSWORD)

        answer = siti.post("/akun/surel/kode", code="K7QM-2F9X-RSTU")

        assert (answer.status_code, siti.account.email) == (422, None)

    def test_is_removed_after_a_question(self, siti):
        give_email(siti.account)
        siti.page("/akun/surel/hapus")
        assert siti.account.email

        assert led_to(siti.post("/akun/surel/hapus")) == "/akun?done=removed"
        assert siti.account.email is None

    def test_stands_in_no_address(self, siti, mail):
        assert EMAIL not in led_to(siti.post("/akun/surel", email=EMAIL, password=PASSWORD))
