"""A code by letter to the e-mail that the registry knows: nobody learns by wishing for one who is in it."""

import re
from datetime import timedelta

import pytest

from gateway.claim import commands
from gateway.claim.model import LETTERS_AT_MOST
from gateway.database import database
from gateway.letter import commands as letters
from services.common import settings
from services.reference import clock
from tests.gateway.mail import Mail, text
from tests.gateway.registry import NIK, NOBODYS_NIK, imported, served, shown
from tests.gateway.test_claim import MINE
from tests.registry.test_register_worker import SITI

PATH = "/api/identity/v1/claims/letters"
CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3,}\b")


@pytest.fixture
def registry(monkeypatch):
    with served(monkeypatch) as registry:
        yield registry


@pytest.fixture
def mail(monkeypatch):
    mail = Mail().start()
    monkeypatch.setattr(settings, "SMTP_URL", mail.url())
    yield mail
    mail.stop()


@pytest.fixture
def siti(client, registry):
    return imported(client("registry"), number=None)


@pytest.fixture
def wish(visitor):
    return lambda nik=NIK, language="id": visitor.post(PATH, json={"nik": nik}, headers={"Accept-Language": language})


def work(after=timedelta()):
    """Do what the process for periodic work does."""
    for step in (commands.write_next, letters.send_next):
        while step(database.reader(), now=clock.now() + after):
            pass


class TestWishingForALetter:
    @pytest.mark.usefixtures("siti")
    def test_brings_a_code_that_opens_the_account(self, wish, mail, visitor, siti, registry):
        wish()
        work()

        (letter,) = mail.to(SITI["email"])
        (code,) = CODE.findall(text(letter))
        answer = visitor.post("/api/identity/v1/claims", json=MINE | {"proof": {"code": code}})
        assert (answer.status_code, answer.json["own"]) == (201, siti)
        assert registry.looks(siti) == ["claim-letter", "claim-code"]

    @pytest.mark.usefixtures("siti")
    def test_says_nothing_of_the_worker_in_the_letter(self, wish, mail):
        wish()
        work()

        said = str(mail.letters[0]["Subject"]) + text(mail.letters[0])
        assert [each for each in (NIK, "Siti", SITI["address"], SITI["phone"], "smaw") if each in said] == []

    @pytest.mark.usefixtures("siti")
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_in_the_language_of_who_wishes(self, wish, mail, language):
        wish(language=language)
        work()

        assert ("within 60 minutes" in text(mail.letters[0])) == (language == "en")

    def test_is_answered_alike_for_every_nik(self, client, wish, siti, account, registry):
        without = imported(client("registry"), nik="6311014107959002", number=None, email=None)
        claimed = imported(client("registry"), nik="6311014107959003", number=None)
        account("another", "worker", own=claimed)

        answers = [shown(wish(nik)) for nik in (NIK, NOBODYS_NIK, "6311014107959002", "6311014107959003")]

        assert answers[0][0] == 202
        assert answers == answers[:1] * 4
        assert without
        assert registry.asked == []  # nothing that the registry finds can be felt in the answer

    def test_writes_to_nobody_who_is_not_there_has_no_email_or_an_account(self, client, wish, mail, account, registry):
        imported(client("registry"), nik="6311014107959002", number=None, email=None)
        account("another", "worker", own=imported(client("registry"), nik="6311014107959003", number=None))

        for nik in (NOBODYS_NIK, "6311014107959002", "6311014107959003"):
            wish(nik)
        work()

        assert mail.letters == []
        assert database.reader().db.claim_wishes.count_documents({"is_done": True}) == 3

    @pytest.mark.usefixtures("siti")
    def test_fills_nobodys_mailbox(self, wish, mail):
        for _ in range(LETTERS_AT_MOST + 3):
            wish()
        work()

        assert len(mail.letters) == LETTERS_AT_MOST

    @pytest.mark.usefixtures("siti")
    def test_waits_while_the_registry_is_away(self, wish, mail, registry):
        registry.loses = 2
        wish()
        work()
        assert mail.letters == []

        work(after=timedelta(minutes=2))
        work(after=timedelta(minutes=4))

        assert len(mail.letters) == 1

    def test_leaves_the_code_of_the_desk_good(self, client, wish, mail, visitor, siti):
        code = client("gateway").post(f"/api/identity/v1/workers/{siti}/claim-codes").json["code"]
        wish()
        work()

        answer = visitor.post("/api/identity/v1/claims", json=MINE | {"proof": {"code": code}})

        assert answer.status_code == 201

    @pytest.mark.usefixtures("siti")
    def test_is_sealed_and_then_forgotten(self, wish, mail):
        wish()
        assert NIK not in str(database.reader().db.claim_wishes.find_one())

        work()

        assert "sealed" not in database.reader().db.claim_wishes.find_one()

    def test_asks_for_the_work_at_once(self, wish):
        wish()

        (told,) = database.reader().db.facts.find()
        assert (told["name"], told["to"], told["payload"]) == ("gateway.claim-letters", "gateway.work", {})
