"""The ways out: e-mail by SMTP, and the spool that stands for all others."""

import json
import logging
import ssl
import subprocess
from datetime import UTC, datetime

import pytest

from gateway import channels
from gateway.channels import email, spool
from gateway.channels.message import Message, TryLater, Undeliverable
from services.common import settings
from tests.gateway.mail import Mail, serving, text

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def message(**said):
    fixed = {"id": "l-1", "to": "siti@contoh.id", "subject": "Sertifikat terbit", "body": "Sertifikat Anda … terbit.\n"}
    return Message(**{**fixed, "written_at": MOMENT, **said})


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make a certificate that the server shows and the client trusts."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *curve, "-keyout", key, "-out", cert, *names]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


@pytest.fixture
def tls(certificate, monkeypatch):
    """Return the context of a server that shows the certificate, and trust it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


class TestAMessageByEmail:
    def test_arrives_as_it_was_written(self, mail):
        email.send(message())

        [letter] = mail.letters
        assert (letter["To"], letter["From"]) == ("siti@contoh.id", "Begawi <kabar@begawi.contoh.id>")
        assert (letter["Subject"], text(letter)) == ("Sertifikat terbit", "Sertifikat Anda … terbit.\n")
        assert mail.envelopes == [("kabar@begawi.contoh.id", ["siti@contoh.id"])]

    def test_says_that_a_program_wrote_it_and_when_and_under_which_id_each_time_the_same(self, mail):
        email.send(message())
        email.send(message())

        first, second = mail.letters
        assert first["Message-ID"] == second["Message-ID"] == "<l-1@begawi.contoh.id>"
        assert first["Date"] == second["Date"] == "Mon, 02 Mar 2026 01:30:00 +0000"
        assert first["Auto-Submitted"] == "auto-generated"

    def test_says_how_to_stop_where_it_is_told_in_one_piece_however_long(self, mail):
        stop = f"<https://begawi.contoh.id/api/identity/v1/notices/stop/{'a' * 64}>"

        email.send(message(headers={"List-Unsubscribe": stop, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}))

        lines = mail.raw[0].decode("ascii").split("\r\n")
        assert {f"List-Unsubscribe: {stop}", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"} <= set(lines)

    @pytest.mark.parametrize("answer", ["550 no such user", "553 not allowed"])
    def test_to_an_address_that_is_refused_for_good_is_undeliverable(self, mail, answer):
        mail.says["siti@contoh.id"] = answer

        with pytest.raises(Undeliverable):
            email.send(message())

    @pytest.mark.parametrize("answer", ["450 greylisted", "452 too many"])
    def test_to_an_address_that_is_busy_is_to_be_tried_later(self, mail, answer):
        mail.says["siti@contoh.id"] = answer

        with pytest.raises(TryLater):
            email.send(message())

    @pytest.mark.parametrize(("answer", "refusal"), [("554 spam", Undeliverable), ("451 later", TryLater)])
    def test_may_be_refused_when_it_was_read(self, mail, answer, refusal):
        mail.says_of_all = answer

        with pytest.raises(refusal):
            email.send(message())

    @pytest.mark.parametrize("to", ["", "siti", "siti@contoh.id, budi@contoh.id", "siti@contoh.id\nBcc: x@y.id", "@"])
    def test_goes_to_one_address_or_nowhere(self, mail, to):
        with pytest.raises(Undeliverable):
            email.send(message(to=to))

        assert mail.letters == []

    def test_cannot_be_given_another_header_through_its_subject(self, mail):
        with pytest.raises(ValueError, match="linefeed"):
            email.send(message(subject="Halo\r\nBcc: semua@contoh.id"))

        assert mail.letters == []

    def test_finds_no_server(self, mail):
        mail.stop()

        with pytest.raises(OSError, match="refused") as away:
            email.send(message())
        assert not isinstance(away.value, TryLater)


class TestTheMailServer:
    @pytest.fixture
    def served(self, monkeypatch):
        """Start a server of a kind: `served("smtps", ssl_context=…)`."""
        running = []

        def start(scheme, user="", **options):
            running.append(Mail(**options))
            authenticator = {"authenticator": running[0].lets_in, "auth_required": True} if user else {}
            running[0]._options |= authenticator  # noqa: SLF001 (it knows itself only now)
            monkeypatch.setattr(settings, "SMTP_URL", running[0].start().url(scheme, user))
            return running[0]

        yield start
        for server in running:
            server.stop()

    def test_is_spoken_to_in_secret_when_it_can(self, served, tls):
        mail = served("smtp", tls_context=tls, require_starttls=True)

        email.send(message())

        assert len(mail.letters) == 1

    def test_is_spoken_to_in_secret_from_the_first_word(self, served, tls):
        mail = served("smtps", ssl_context=tls)

        email.send(message())

        assert len(mail.letters) == 1

    def test_is_told_user_and_password(self, served, tls):
        mail = served("smtp", user="begawi%40contoh.id:rahasia%2F1@", tls_context=tls)

        email.send(message())

        assert (mail.users, len(mail.letters)) == ([("begawi@contoh.id", "rahasia/1")], 1)

    def test_that_does_not_let_us_in_is_away(self, served, tls):
        mail = served("smtp", user="begawi:salah@", tls_context=tls)

        with pytest.raises(OSError, match="535") as away:
            email.send(message())
        assert not isinstance(away.value, TryLater)
        assert mail.letters == []

    @pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
    def test_is_not_told_a_password_in_the_open(self, served):
        mail = served("smtp", user="begawi:rahasia%2F1@", auth_require_tls=False)

        with pytest.raises(OSError, match="STARTTLS"):
            email.send(message())
        assert mail.users == []

    def test_that_nobody_vouches_for_is_told_nothing(self, served, tls, monkeypatch):
        mail = served("smtps", ssl_context=tls)
        monkeypatch.delenv("SSL_CERT_FILE")

        with pytest.raises(ssl.SSLCertVerificationError):
            email.send(message())
        assert mail.letters == []


class TestTheSpool:
    @pytest.fixture(autouse=True)
    def folder(self, monkeypatch, tmp_path):
        monkeypatch.setattr(settings, "SPOOL_DIR", tmp_path / "spool")
        return tmp_path / "spool"

    def test_holds_a_message_as_one_file_for_us_alone(self, folder):
        spool.send(message(headers={"X": "y"}))

        [path] = folder.iterdir()
        assert path.name == "l-1.json"
        assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
        said = json.loads(path.read_text(encoding="utf-8"))
        assert said["to"] == "siti@contoh.id"
        assert (said["subject"], said["body"]) == ("Sertifikat terbit", "Sertifikat Anda … terbit.\n")
        assert (said["headers"], said["written_at"]) == ({"X": "y"}, "2026-03-02T01:30:00+00:00")

    def test_holds_it_once_though_it_comes_twice(self, folder):
        spool.send(message())
        spool.send(message())

        assert [path.name for path in folder.iterdir()] == ["l-1.json"]

    def test_takes_email_where_there_is_no_server_and_says_so_once(self, folder, monkeypatch, caplog):
        monkeypatch.setattr(settings, "SMTP_URL", "")
        channels._say_that_mail_is_spooled.cache_clear()  # noqa: SLF001 (another test may have made it say so)

        with caplog.at_level(logging.WARNING):
            channels.send("email", message())
            channels.send("email", message(id="l-2"))

        assert {path.name for path in folder.iterdir()} == {"l-1.json", "l-2.json"}
        assert len(caplog.records) == 1
        assert "siti" not in caplog.text
