"""Notices by e-mail: to whoever wants them, in their language, until they say stop."""

from urllib.parse import urlsplit

import pytest

from gateway.account import commands as accounts
from gateway.database import database
from gateway.notice import commands
from services.reference import clock
from tests.gateway.mail import serving, text
from tests.gateway.noticing import AT, GROUPS, hear, member, prefer, send_all

SITI, BUDI = "siti@contoh.id", "budi@contoh.id"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def as_account(client):
    return lambda id_, role="worker", own="w-1": client("gateway", role, own=own, account=id_)


class TestALetterAboutANotice:
    @pytest.mark.parametrize(
        ("language", "subject", "sentence"),
        [
            ("id", "Begawi: sertifikat Anda", "Sertifikat Anda telah terbit"),
            ("en", "Begawi: your certificates", "You were issued a certificate"),
        ],
    )
    def test_comes_in_the_persons_language(self, mail, language, subject, sentence):
        member(email=SITI, language=language)

        hear("e-1")
        send_all()

        [letter] = mail.letters
        assert (letter["To"], letter["Subject"]) == (SITI, subject)
        assert text(letter).startswith(sentence)
        assert "siti" in text(letter)  # several may share an address

    def test_comes_once_though_the_fact_comes_twice(self, mail):
        member(email=SITI)

        hear("e-1")
        hear("e-1")
        send_all()

        assert len(mail.letters) == 1

    def test_comes_to_each_of_a_team_in_their_languages(self, mail):
        member("ani", "employer", own="pt-1", email="ani@contoh.id")
        member("tom", "employer", own="pt-1", email="tom@contoh.id", language="en")
        member("lain", "employer", own="pt-2", email="lain@contoh.id")

        hear("e-1", "vacancies.employer.verified")
        send_all()

        assert {letter["To"]: letter["Subject"] for letter in mail.letters} == {
            "ani@contoh.id": "Begawi: perusahaan Anda",
            "tom@contoh.id": "Begawi: your company",
        }

    def test_does_not_come_to_an_address_that_nobody_confirmed(self, mail):
        member(email=SITI, confirmed=False)

        hear("e-1")
        send_all()

        assert mail.letters == []

    def test_does_not_come_to_an_account_that_is_disabled(self, mail):
        account = member(email=SITI)
        database.transact(accounts.disable, account_id=account, now=clock.now())

        hear("e-1")
        send_all()

        assert mail.letters == []

    def test_is_not_needed_for_the_inbox_of_an_account_that_comes_later(self, mail, as_account):
        hear("e-1")

        assert len(as_account(member(email=SITI)).get(AT).json) == 1
        send_all()
        assert mail.letters == []

    def test_is_as_sure_as_its_notice(self, monkeypatch):
        member(email=SITI)

        def fail(*_, **__):
            raise ValueError

        monkeypatch.setattr(commands.letters, "write", fail)
        with pytest.raises(ValueError, match=r"^$"):
            hear("e-1")

        assert database.reader().db.notices.count_documents({}) == 0


class TestPreferences:
    def test_are_at_once_for_whoever_said_nothing(self, as_account):
        answer = as_account("somebody").get(f"{AT}/preferences")

        assert answer.json == {"email": dict.fromkeys(GROUPS, "at_once")}
        assert answer.headers["ETag"] == '"1"'

    def test_hold_from_then_on(self, mail, as_account):
        http = as_account(member(email=SITI))
        assert prefer(http, certificates="never").json["email"]["certificates"] == "never"

        hear("e-1")
        hear("e-2", "registry.enrolment.moved")
        send_all()

        assert [letter["Subject"] for letter in mail.letters] == ["Begawi: pelatihan Anda"]
        assert len(http.get(AT).json) == 2
        assert http.get(f"{AT}/preferences").json["email"]["certificates"] == "never"

    def test_are_each_accounts_own(self, mail, as_account):
        ani = member("ani", email="ani@contoh.id")
        member("budi", email=BUDI)
        prefer(as_account(ani), certificates="never")

        hear("e-1")
        send_all()

        assert [letter["To"] for letter in mail.letters] == [BUDI]

    def test_are_not_overwritten_unseen(self, as_account):
        http = as_account("somebody")
        wanted = {"email": dict.fromkeys(GROUPS, "daily")}

        def put(version):
            return http.put(f"{AT}/preferences", json=wanted, headers={"If-Match": f'"{version}"'}).status_code

        assert (put(1), put(1), put(2)) == (200, 412, 200)
        assert http.put(f"{AT}/preferences", json=wanted).status_code == 428

    @pytest.mark.parametrize(
        "email", [{}, {"certificates": "never"}, dict.fromkeys(GROUPS, "often"), dict.fromkeys((*GROUPS, "x"), "never")]
    )
    def test_say_one_of_three_ways_for_each_group(self, as_account, email):
        answer = as_account("somebody").put(f"{AT}/preferences", json={"email": email}, headers={"If-Match": "*"})

        assert answer.status_code == 422


class TestStoppingWithOneClick:
    @pytest.fixture
    def stop_at(self, mail):
        """Return the address that a letter gives."""
        member(email=SITI)
        hear("e-1")
        send_all()
        return urlsplit(mail.letters[0]["List-Unsubscribe"].strip("<>")).path

    def test_is_offered_as_mail_programs_understand_it(self, mail, stop_at):
        [letter] = mail.letters

        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter["List-Unsubscribe"].startswith("<http")
        page = stop_at.replace("/api/identity/v1/notices/stop/", "/kabar/berhenti/")
        assert f"{page}\n" in text(letter)

    def test_ends_all_letters_and_no_notice(self, mail, stop_at, visitor, as_account):
        answer = visitor.post(stop_at, data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.json) == (200, {"stopped": True})

        hear("e-2")
        send_all()

        assert len(mail.letters) == 1
        assert len(as_account("anybody").get(AT).json) == 2

    def test_is_not_done_by_whoever_only_looks_at_the_address(self, mail, stop_at, visitor):
        assert visitor.get(stop_at).json == {"stopped": False}

        hear("e-2")
        send_all()

        assert len(mail.letters) == 2

    def test_stays_done_when_it_comes_again(self, stop_at, visitor):
        visitor.post(stop_at)

        assert visitor.post(stop_at).json == visitor.get(stop_at).json == {"stopped": True}

    def test_can_be_taken_back_by_whoever_signs_in(self, mail, stop_at, visitor, as_account):
        visitor.post(stop_at)
        [row] = database.reader().db.accounts.find({"login": "siti"})

        prefer(as_account(row["_id"]))
        hear("e-2")
        send_all()

        assert len(mail.letters) == 2

    @pytest.mark.parametrize("token", ["x", "0" * 64, "$ne"])
    def test_needs_the_address_from_a_letter(self, stop_at, visitor, token):
        assert visitor.post(f"{AT}/stop/{token}").status_code == 404
        assert visitor.get(stop_at).json == {"stopped": False}

    def test_says_nothing_of_whose_address_it_is(self, stop_at):
        token = stop_at.rpartition("/")[2]
        [row] = database.reader().db.accounts.find({"login": "siti"})

        assert len(bytes.fromhex(token)) * 8 >= 128
        assert row["_id"].replace("-", "") not in token
