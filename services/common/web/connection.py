"""A connection of a client, read and written with patience."""

import errno
import os
import socket
from collections.abc import Callable
from typing import Any

from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestHeaders, ParseException
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn
from werkzeug.exceptions import BadRequest, RequestTimeout

from services.common.web.patience import Patience

BODY_S = SEND_S = 20.0
PIECE = 64 * 1024
SEND_BUFFER = 256 * 1024


class Socket(socket.socket):
    """A socket whose answer is sent with patience."""

    patience: Patience | None = None

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send all of it; nearly always the kernel takes it at once, and nothing is to be waited for.

        :raises BrokenPipeError: the client does not read it.
        """
        sent = self._send_at_once(data, flags)
        if sent == len(data):
            return
        self.patience = self.patience or Patience(SEND_S)
        self.patience.came(len(data))
        try:
            self.settimeout(self.patience.left())
            super().sendall(memoryview(data)[sent:], flags)
            self.settimeout(None)
        except TimeoutError as error:
            raise BrokenPipeError(errno.EPIPE, "the client does not read") from error

    def _send_at_once(self, data: Any, flags: int) -> int:
        try:
            return self.send(data, flags | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0


class Reader(SocketUnreader):
    """What came of a connection: collected without waiting, or read by a thread with patience."""

    is_open = True  # False: the head is too large to read on
    ended = False
    received = 0
    patience = Patience(BODY_S)

    def receive(self) -> None:
        """Add what is there to the buffer."""
        try:
            data = self.sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self.ended = not data
        self.received += len(data)
        self.buf.seek(0, os.SEEK_END)
        self.buf.write(data)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Wait for the next piece.

        :raises RequestTimeout: it came too slowly.
        """
        if not self.is_open:
            raise LimitRequestHeaders("head")
        if self.sock.gettimeout() is not None:  # gunicorn itself bounds the rest of a body that nobody read
            return self._counted(super().chunk(size_hint))
        try:
            self.sock.settimeout(self.patience.left())
            return self._counted(super().chunk(size_hint))
        except TimeoutError as error:
            raise RequestTimeout from error
        finally:
            self.sock.settimeout(None)

    def _counted(self, data: bytes) -> bytes:
        self.patience.came(len(data))
        return data


class Parts:
    """A body's reader of gunicorn's: chunks that are none are the client's fault, wherever they are read."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        """Read on.

        :raises BadRequest: it is no body.
        """
        try:
            data: bytes = self._reader.read(size)
        except ParseException as error:
            raise BadRequest from error
        return data


class Connection(TConn):
    """gunicorn's connection, with these.

    :param linger: how to close it with regard to what the client still sends.
    """

    sock: Socket

    def __init__(
        self, cfg: Config, sock: Socket, client: Any, server: Any, *, linger: Callable[["Connection"], None]
    ) -> None:
        super().__init__(cfg, sock, client, server)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.parser = RequestParser(cfg, sock, client)
        self.reader = self.parser.unreader = Reader(sock)
        self.initialized = self.data_ready = True
        self._linger = linger

    def begin(self) -> None:
        """Start the time of a request."""
        self.reader.patience = Patience(BODY_S)
        self.sock.patience = None

    def close(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 (as gunicorn has it)
        if graceful:
            self._linger(self)
        else:
            super().close()
