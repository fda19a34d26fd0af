"""The daily digest: what was not mailed, in one letter a day, whoever is killed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from gateway.account import commands as accounts
from gateway.database import database
from gateway.language import say
from gateway.notice import commands
from gateway.notice.model import next_digest
from services.common.mongo import new_id
from services.reference import clock
from tests.gateway.mail import serving, text
from tests.gateway.noticing import FACT, member, prefer, send_all

SITI = "siti@contoh.id"
DAY = timedelta(days=1)


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def as_account(client):
    return lambda id_, role="worker", own="w-1": client("gateway", role, own=own, account=id_)


def write_digests(now):
    written = 0
    while database.transact(commands.write_digest, now=now, say=say):
        written += 1
    return written


def wita(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=clock.WITA)


def give(own="w-1", kind="certificate-issued", *, now, **params):
    """Give a notice at a moment."""
    said = {"params": FACT["registry.certificate.issued"] | params, "now": now, "say": say}
    database.transact(commands.give, id=new_id(), own=own, kind=kind, **said)


class TestADigest:
    @pytest.fixture
    def siti(self, as_account):
        account = member(email=SITI)
        prefer(as_account(account), certificates="daily", trainings="daily")
        return account

    def test_comes_at_six_with_all_that_was_not_mailed(self, mail, siti):
        give(now=wita(2, 9))
        give(kind="enrolment-completed", enrolment_id="e-1", now=wita(2, 23))
        send_all(wita(3, 5))
        assert mail.letters == []

        assert (write_digests(wita(3, 5, 59)), write_digests(wita(3, 6))) == (0, 1)
        send_all(wita(3, 6))

        [letter] = mail.letters
        assert letter["Subject"] == "Begawi: kabar terbaru"
        assert text(letter).index("Sertifikat Anda telah terbit") < text(letter).index("telah menyelesaikan pelatihan")

    def test_comes_once_a_day(self, siti):
        give(now=wita(2, 9))
        assert write_digests(wita(3, 6)) == 1

        give(now=wita(3, 5, 59))  # heard late
        give(now=wita(3, 9))

        assert [write_digests(wita(3, hour)) for hour in (6, 9, 23)] == [0, 0, 0]
        assert [write_digests(wita(4, 6)), write_digests(wita(4, 7))] == [1, 0]

    def test_comes_at_six_also_after_days_without_news(self, siti):
        give(now=wita(2, 9))
        write_digests(wita(3, 6))

        give(now=wita(9, 10))

        assert (write_digests(wita(9, 11)), write_digests(wita(10, 6))) == (0, 1)

    def test_does_not_come_without_news(self, siti):
        assert write_digests(wita(3, 6)) == 0

    def test_is_written_once_by_two_processes(self, siti):
        give(now=wita(2, 9))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: write_digests(wita(3, 6)), range(4)))

        assert database.reader().db.letters.count_documents({}) == 1

    def test_is_written_whole_or_not_at_all(self, siti, monkeypatch):
        give(now=wita(2, 9))

        def die(*_, **__):
            raise SystemExit

        with monkeypatch.context() as dying:
            dying.setattr(commands.letters, "write", die)
            with pytest.raises(SystemExit):
                write_digests(wita(3, 6))

        assert write_digests(wita(3, 6)) == 1

    def test_leaves_out_what_is_not_wanted_any_more(self, siti, as_account):
        give(now=wita(2, 9))
        prefer(as_account(siti), certificates="never")

        write_digests(wita(3, 6))

        assert database.reader().db.letters.count_documents({}) == 0

    def test_tells_nothing_to_somebody_who_left_the_party(self, as_account):
        ani = member("ani", "employer", own="pt-1", email="ani@contoh.id")
        prefer(as_account(ani, "employer", "pt-1"), employer="daily")
        give("pt-1", "employer-verified", employer_id="pt-1", now=wita(2, 9))
        database.transact(accounts.belong, account_id=ani, own=None, team=None, now=clock.now())

        write_digests(wita(3, 6))

        assert database.reader().db.letters.count_documents({}) == 0

    def test_is_due_at_the_next_six_of_the_office(self):
        assert next_digest(wita(2, 5, 59)) == wita(2, 6)
        assert next_digest(wita(2, 6)) == wita(3, 6)
        assert next_digest(wita(2, 23)) == wita(2, 6) + DAY
