"""Letters: written with what they tell of, sent soon after, tried until they arrive or there is no hope."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway import channels, work
from gateway.channels.message import TryLater
from gateway.database import database
from gateway.letter import commands
from services.common import settings
from services.common.mongo import new_id
from services.common.work import handlers
from services.reference import clock
from tests.gateway.mail import serving, text

AT = "/api/identity/v1/letters"
SITI = "siti@contoh.id"
SECRET = "K7QM-2F9X"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def write():
    def write(to=SITI, **said):
        fixed = {"channel": "email", "subject": "Kode Anda", "body": f"Kode Anda: {SECRET}\n", "now": clock.now()}
        database.transact(commands.write, id=new_id(), to=to, **fixed | said)

    return write


def send(after=timedelta(0)):
    """Send all that is due a while from now, as the work process does, and return how many were tried."""
    tried = 0
    while commands.send_next(database.reader(), now=clock.now() + after):
        tried += 1
    return tried


def letters():
    return list(database.reader().db.letters.find())


def states():
    return [row["state"] for row in letters()]


class TestALetter:
    def test_arrives_once(self, mail, write):
        write()

        assert (send(), send(timedelta(hours=2))) == (1, 0)
        [letter] = mail.letters
        assert (letter["To"], letter["Subject"], text(letter)) == (SITI, "Kode Anda", f"Kode Anda: {SECRET}\n")
        assert states() == ["sent"]

    def test_is_asked_for_in_the_transaction_that_writes_it(self, write):
        write()

        [message] = database.reader().db.facts.find()
        assert (message["name"], message["to"], message["payload"]) == ("gateway.letters", "gateway.work", {})
        assert "gateway.letters" in handlers(database, jobs=work.JOBS, periodic=work.PERIODIC)

    def test_is_not_written_when_that_fails(self):
        def fail(tx):
            commands.write(tx, id="l", channel="email", to=SITI, subject="s", body="b", now=clock.now())
            raise ValueError

        with pytest.raises(ValueError, match=r"^$"):
            database.transact(fail)
        assert (letters(), database.reader().db.facts.count_documents({})) == ([], 0)

    def test_is_sent_by_the_message_that_asks_for_it(self, mail, write):
        write()

        handlers(database, jobs=work.JOBS, periodic=work.PERIODIC)["gateway.letters"](event_id="e", payload={})

        assert len(mail.letters) == 1

    def test_lies_sealed_and_what_it_said_is_gone_when_it_is_sent(self, mail, write):
        write()
        assert not [said for said in (SITI, SECRET, "Kode Anda") if said in str(letters())]

        send()

        assert "sealed" not in letters()[0]

    def test_to_an_address_that_is_refused_is_not_tried_again(self, mail, write):
        mail.says[SITI] = "550 no such user"
        write()

        assert (send(), send(timedelta(hours=2))) == (1, 0)
        assert (states(), letters()[0]["reason"]) == (["undeliverable"], "SMTPRecipientsRefused")
        assert "sealed" not in letters()[0]

    def test_that_is_put_off_does_not_keep_others_waiting_and_comes_later(self, mail, write):
        mail.says[SITI] = "451 greylisted"
        write()
        write("budi@contoh.id")

        assert send() == 2
        assert [letter["To"] for letter in mail.letters] == ["budi@contoh.id"]

        del mail.says[SITI]
        assert (send(), send(timedelta(seconds=31))) == (0, 1)
        assert states() == ["sent", "sent"]

    def test_is_tried_less_and_less_often(self, mail, write):
        mail.says[SITI] = "451 later"
        write()
        send()

        waits = [seconds for seconds in (29, 31, 60, 100, 220) if send(timedelta(seconds=seconds))]

        assert waits == [31, 100, 220]  # 30 s after the first, 60 s after the second, 120 s after the third

    def test_is_given_up_after_a_day(self, mail, write):
        mail.says[SITI] = "451 later"
        write()
        send()

        send(timedelta(hours=24, minutes=1))

        assert (states(), mail.letters) == (["given_up"], [])

    def test_that_cannot_be_formed_is_nobody_elses_trouble(self, mail, write):
        write(subject="Halo\r\nBcc: semua@contoh.id")
        write("budi@contoh.id")

        send()

        assert [letter["To"] for letter in mail.letters] == ["budi@contoh.id"]
        assert states() == ["waiting", "sent"]

    def test_of_a_process_that_was_killed_over_it_is_taken_up_again_under_the_same_id(self, mail, write, monkeypatch):
        write()

        def arrive_and_die(message):
            channels.email.send(message)
            raise SystemExit

        with monkeypatch.context() as dying:
            dying.setattr(channels, "CHANNELS", {"email": arrive_and_die})
            with pytest.raises(SystemExit):
                send()
        assert send(timedelta(seconds=50)) == 0  # it may still be at it
        assert send(timedelta(seconds=61)) == 1

        assert len(mail.letters) == 2
        assert len(set(mail.ids)) == 1
        assert states() == ["sent"]

    def test_is_sent_by_one_of_two_processes(self, mail, write):
        for _ in range(10):
            write()

        with ThreadPoolExecutor(2) as pool:
            tried = list(pool.map(lambda _: send(), range(2)))

        assert sum(tried) == len(mail.letters) == len(set(mail.ids)) == 10


class TestAServerThatIsAway:
    def test_gets_all_letters_when_it_is_back(self, mail, write):
        for _ in range(5):
            write()
        mail.stop()

        assert send() == 1  # the others need not find out for themselves
        mail.start()

        assert send() == 0
        assert send(timedelta(seconds=31)) == 5
        assert (states(), len(set(mail.ids))) == (["sent"] * 5, 5)

    def test_is_not_taken_for_one_that_refuses_a_single_letter(self, mail, write, monkeypatch):
        def refuse(_):
            raise TryLater

        monkeypatch.setattr(channels, "CHANNELS", {"email": refuse})
        for _ in range(3):
            write()

        assert send() == 3


class TestLettersWithoutAMailServer:
    def test_go_to_the_spool(self, write, monkeypatch, tmp_path):
        monkeypatch.setattr(settings, "SMTP_URL", "")
        monkeypatch.setattr(settings, "SPOOL_DIR", tmp_path)
        write()

        send()

        assert [path.name for path in tmp_path.iterdir()] == [f"{letters()[0]['_id']}.json"]
        assert states() == ["sent"]


class TestTheListOfLetters:
    def test_shows_an_administrator_how_it_went_and_nobody_what_they_said(self, mail, write, client):
        mail.says[SITI] = "550 no such user"
        write()
        write("budi@contoh.id")
        send()

        admin = client("gateway", "admin")
        assert [row["state"] for row in admin.get(AT).json] == ["sent", "undeliverable"]
        [refused] = admin.get(f"{AT}?state=undeliverable").json
        assert (refused["reason"], refused["attempts"]) == ("SMTPRecipientsRefused", 1)
        assert SITI not in admin.get(AT).text
        assert client("gateway", "officer").get(AT).status_code == 403

    def test_tells_nothing_personal_in_the_log(self, mail, write, caplog):
        caplog.set_level("INFO", logger="gateway")
        mail.says[SITI] = f"550 no such user {SITI}"
        write()

        send()

        ours = [record for record in caplog.records if record.name.startswith("gateway")]
        assert [record.state for record in ours] == ["undeliverable"]
        assert SITI not in str([vars(record) for record in ours])
