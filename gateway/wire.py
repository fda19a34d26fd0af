"""Connections to a service: kept, few at once, and patient with what comes over them.

A service that takes the gateway's threads takes the other services with it. So each may have AT_ONCE connections, which
is less than a third of the threads: even when all three hang, one is left to sign in or to see what the matter is.
Uploads have connections of their own (UPLOADS_AT_ONCE), as they have threads of their own (services.common.web.worker).
"""

import socket
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from typing import IO, Any

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPResponse, Retry, Timeout
from urllib3.connection import HTTPConnection
from urllib3.exceptions import ConnectTimeoutError, EmptyPoolError, NewConnectionError, ProtocolError
from urllib3.util import parse_url

from services.common import settings
from services.common.web.patience import Patience

CONNECT_S, ANSWER_S = 1.0, 30.0
AT_ONCE = max(2, (settings.WEB_THREADS - 1) // 3)
UPLOADS_AT_ONCE = max(1, settings.WEB_THREADS // 2 - 1)
ONCE = Retry.from_int(False)  # it lets errors through as they are  # noqa: FBT003 (as urllib3 has it)
REPEATABLE = {"GET", "HEAD", "OPTIONS"}


class Socket(socket.socket):
    """A socket that an answer comes from: at most `pause` seconds without a byte, and no drip without end."""

    pause = ANSWER_S
    patience = Patience(ANSWER_S)

    def begin(self, pause: float) -> None:
        """Begin to wait for an answer."""
        self.pause, self.patience = pause, Patience(pause)

    def recv_into(self, *where: Any) -> int:
        left, now = min(self.pause, self.patience.left()), self.gettimeout() or 0.0
        if not now / 2 <= left <= now:  # each change costs as much as the read
            self.settimeout(left)
        size = super().recv_into(*where)
        self.patience.came(size)
        return size


class Connection(HTTPConnection):
    """A connection that holds one of its pool's slots while it is used."""

    sock: Socket | None
    slots: SimpleQueue[None] | None = None

    def connect(self) -> None:
        super().connect()
        if self.sock is not None:
            self.sock = Socket(fileno=self.sock.detach())

    def request(self, *args: Any, **said: Any) -> None:
        """Send a request; the second that it may take to connect is no measure for how long a body may take."""
        if self.sock is None:
            self.connect()
        self.timeout = ANSWER_S
        super().request(*args, **said)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # (so has urllib3)
        if self.sock is not None and self.timeout is not None:
            self.sock.begin(self.timeout)
        return super().getresponse()

    def close(self) -> None:
        self.leave()
        super().close()

    def leave(self) -> None:
        """Give the slot back, once."""
        slots, self.slots = self.slots, None
        if slots is not None:
            slots.put(None)


class Pool(HTTPConnectionPool):
    """Connections to one address.

    urllib3's own bound (`block`) loses a place with each answer that is closed before its end.
    """

    ConnectionCls = Connection

    def __init__(self, host: str, port: int | None, *, at_once: int) -> None:
        super().__init__(host, port, maxsize=at_once, timeout=Timeout(connect=CONNECT_S, read=ANSWER_S))
        self._slots: SimpleQueue[None] = SimpleQueue()  # which costs a tenth of a semaphore
        for _ in range(at_once):
            self._slots.put(None)

    @classmethod
    def to(cls, address: str, *, at_once: int) -> "Pool":
        found = parse_url(address)
        return cls(found.host or "", found.port, at_once=at_once)

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: IO[bytes] | None = None,
        *,
        chunked: bool = False,
        wait: float | None = None,
    ) -> BaseHTTPResponse:
        """Return the answer, its head read; asked once more if it breaks off and that does no harm.

        :param wait: for so long for a free connection.
        """
        said: dict[str, Any] = {"body": body, "headers": headers, "chunked": chunked, "pool_timeout": wait}
        attempts = 2 if body is None and method in REPEATABLE else 1
        for left in reversed(range(attempts)):
            try:
                return self.urlopen(method, target, **said, retries=ONCE, redirect=False, preload_content=False)
            except (NewConnectionError, ConnectTimeoutError, ProtocolError):
                # Often a kept connection that the service closed at this very moment.
                if not left:
                    raise
        raise AssertionError

    def _get_conn(self, timeout: float | None = None) -> Any:
        try:
            self._slots.get(block=timeout != 0, timeout=timeout or None)
        except Empty:
            raise EmptyPoolError(self, "all are taken") from None
        try:
            conn: Any = super()._get_conn()
        except BaseException:
            self._slots.put(None)
            raise
        conn.slots = self._slots
        return conn

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.leave()
        super()._put_conn(conn)
