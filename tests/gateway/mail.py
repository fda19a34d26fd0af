"""A mail server of our own: it takes what it is sent, or refuses it as it is told."""

import email
import threading
from contextlib import contextmanager
from email import policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from services.common import settings

LOOPBACK = "127.0.0.1"
TAKEN = "250 OK"


class Mail:
    """Listens on a port of its own from `start` to `stop`; what it took lies in `letters`."""

    def __init__(self, **options):
        self.letters = []
        self.envelopes = []
        self.raw = []
        self.users = []
        self.says = {}  # to an address: "550 no such user"
        self.says_of_all = TAKEN  # to the text itself
        self._options, self._taking, self._port = options, threading.Lock(), 0
        self._controller = None

    def start(self):
        """Listen; after a `stop`, on the same port again."""
        self._controller = _Controller(self, hostname=LOOPBACK, port=self._port, **self._options)
        self._controller.start()
        self._port = self._controller.port
        return self

    def stop(self):
        if self._controller:
            self._controller.stop()
        self._controller = None

    def url(self, scheme="smtp", user=""):
        return f"{scheme}://{user}{LOOPBACK}:{self._port}"

    @property
    def ids(self):
        return [letter["Message-ID"] for letter in self.letters]

    def to(self, address):
        """Return what came for an address."""
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (aiosmtpd's name)
        answer = self.says.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.says_of_all == TAKEN:
            with self._taking:
                self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
                self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
                self.raw.append(envelope.content)
        return self.says_of_all

    def lets_in(self, _server, _session, _envelope, _mechanism, data):
        self.users.append((data.login.decode(), data.password.decode()))
        is_right = data.password == b"rahasia/1"
        return AuthResult(success=is_right, handled=is_right)  # else the server says 535


class _Controller(Controller):
    """Listens on any port when it is told none."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(monkeypatch):
    """Serve while the block runs, and have our e-mail sent here."""
    server = Mail().start()
    monkeypatch.setattr(settings, "SMTP_URL", server.url())
    monkeypatch.setattr(settings, "MAIL_FROM", "Begawi <kabar@begawi.contoh.id>")
    try:
        yield server
    finally:
        server.stop()


def text(letter):
    return letter.get_content().replace("\r\n", "\n")
