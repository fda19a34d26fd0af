"""The pages of notices: what somebody reads, what they have read, and how it comes by e-mail."""

import pytest

from gateway.database import database
from gateway.notice import store
from gateway.notice.model import DAILY, GROUPS, NEVER
from gateway.portal import inbox
from tests.conftest import app_of
from tests.gateway.desk import is_well_made
from tests.gateway.door import give_email
from tests.gateway.home import OURS, Home, led_to
from tests.gateway.noticing import hear
from tests.gateway.showing import Page

ISSUED = "Sertifikat Anda telah terbit"
INTAKE = "0192f0aa-0000-7000-8000-00000000000a"


@pytest.fixture
def siti(visitor, account):
    return Home(visitor, account("siti", "worker", "w-1"))


@pytest.fixture
def lpk(visitor, account):
    return Home(visitor, account("lpk", "institution", "lpk-1"))


def count(home):
    """Return the number that the header shows."""
    text = home.page("/akun").text
    return text.split("belum dibaca")[0].split()[-1] if "belum dibaca" in text else ""


def buttons(page):
    return [each["action"] for each in page.all("form") if each["action"].startswith("/kabar/")]


def more_of(page):
    return [link["href"] for link in page.all("a") if link.get("rel") == "next"]


class TestTheInbox:
    def test_is_empty_at_first(self, siti):
        assert "Belum ada kabar." in siti.page("/kabar").text
        assert count(siti) == ""

    def test_shows_the_newest_first_page_by_page(self, siti):
        for at in range(inbox.NOTICES):
            hear(f"e-{at}")
        hear("e-x", "registry.enrolment.moved")

        first = siti.page("/kabar")
        (more,) = more_of(first)
        second = siti.page(f"/kabar{more}")

        assert "menyelesaikan pelatihan" in first.text
        assert [first.text.count(ISSUED), second.text.count(ISSUED)] == [inbox.NOTICES - 1, 1]
        assert not more_of(second)

    def test_is_well_made_when_full(self, siti):
        for at in range(inbox.NOTICES + 1):
            hear(f"e-{at}")

        assert is_well_made(siti.get("/kabar"))

    def test_counts_in_the_header_what_was_not_read(self, siti):
        hear("e-1")
        hear("e-2")
        assert count(siti) == "2"

        first, _ = buttons(siti.page("/kabar"))
        assert led_to(siti.post(first)) == "/kabar"

        assert count(siti) == "1"
        assert len(buttons(siti.page("/kabar"))) == 1

    def test_shows_no_number_beyond_two_digits(self, siti):
        for at in range(inbox.COUNTED + 1):
            hear(f"e-{at}")

        assert count(siti) == "99+"

    def test_is_read_all_at_once(self, siti):
        hear("e-1")
        hear("e-2")

        assert led_to(siti.post("/kabar")) == "/kabar?done=read"
        assert (count(siti), buttons(siti.page("/kabar"))) == ("", [])

    def test_is_not_read_by_being_looked_at(self, siti):
        hear("e-1")
        siti.page("/kabar")

        assert count(siti) == "1"

    def test_stays_at_the_page_where_a_notice_was_read(self, siti):
        for at in range(inbox.NOTICES + 1):
            hear(f"e-{at}")
        (more,) = more_of(siti.page("/kabar"))

        (last,) = buttons(siti.page(f"/kabar{more}"))

        assert led_to(siti.post(last)) == f"/kabar{more}"

    def test_leads_to_what_a_notice_is_about(self, lpk):
        hear("e-1", "registry.intake.finished", intake_id=INTAKE)

        (open_,) = buttons(lpk.page("/kabar"))

        assert led_to(lpk.post(open_)) == f"/unggah/{INTAKE}"
        assert count(lpk) == ""

    def test_has_nothing_of_others(self, siti, account):
        hear("e-1")
        (hers,) = buttons(siti.page("/kabar"))
        dewi = Home(app_of("gateway").test_client(), account("dewi", "worker", "w-2"))

        assert "Belum ada kabar." in dewi.page("/kabar").text
        answer = dewi.post(hers)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert count(siti) == "1"

    def test_is_not_named_to_whoever_gets_no_notices(self, visitor, account):
        budi = Home(visitor, account("budi"))

        assert "/kabar" not in budi.page("/akun").links


class TestPreferences:
    def test_are_asked_for_what_somebody_gets(self, siti):
        named = {each["name"] for each in siti.page("/kabar/surel").all("select")}

        assert named == {"certificates", "trainings", "vacancies"}

    def test_know_every_group(self):
        assert {group for groups in inbox.GIVEN.values() for group in groups} == set(GROUPS) == set(inbox.ABOUT)

    def test_are_kept(self, siti):
        said = {"certificates": DAILY, "trainings": NEVER, "vacancies": DAILY}

        assert led_to(siti.post("/kabar/surel", **said)) == "/kabar?done=preferences"

        kept = store.preferences(database.reader(), siti.id).email
        assert {name: kept[name] for name in said} == said
        chosen = [each["value"] for each in siti.page("/kabar/surel").all("option") if "selected" in each]
        assert chosen == [DAILY, NEVER, DAILY]

    def test_must_be_ones_there_are(self, siti):
        answer = siti.post("/kabar/surel", certificates="hourly")

        assert answer.status_code == 422
        assert [each["name"] for each in Page(answer).all("select") if "aria-invalid" in each] == ["certificates"]

    def test_say_that_an_address_is_missing(self, siti):
        assert "/akun/surel" in siti.page("/kabar/surel").links
        assert "belum punya surel" in siti.page("/kabar/surel").text

        give_email(siti.account, "siti@contoh.id")

        assert "siti@contoh.id" in siti.page("/kabar/surel").text


class TestTheAddressOfALetter:
    @pytest.fixture
    def address(self, siti):
        return f"/kabar/berhenti/{database.transact(store.ensure, siti.id).stop}"

    @pytest.fixture
    def stranger(self):
        return app_of("gateway").test_client()

    def is_stopped(self, home):
        return store.preferences(database.reader(), home.id).is_stopped

    def test_asks_first(self, siti, address, stranger):
        answer = stranger.get(address)

        assert is_well_made(answer)
        assert [each["action"] for each in Page(answer).all("form")] == [address]
        assert not self.is_stopped(siti)

    def test_stops_e_mail_for_whoever_has_it(self, siti, address, stranger):
        assert led_to(stranger.post(address, headers=OURS)) == address

        assert self.is_stopped(siti)
        page = Page(stranger.get(address))
        assert ("tidak lagi" in page.text, page.all("form")) == (True, [])

    def test_is_for_nobody_else(self, siti, address, stranger):
        for answer in (stranger.get(f"{address}x"), stranger.post(f"{address}x", headers=OURS)):
            assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert not self.is_stopped(siti)
