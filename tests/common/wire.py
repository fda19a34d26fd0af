"""A wire between a process of ours and RabbitMQ that can be cut, frozen and read."""

import contextlib
import socket
import struct
import threading
from urllib.parse import urlsplit, urlunsplit

from services.common import settings

FRAME, METHOD = struct.Struct(">BHL"), struct.Struct(">HH")
PREAMBLE = 8
CHUNK = 65536


class Wire:
    """Passes on what comes to a port of its own, to the broker and back, and keeps what clients sent.

    `cut_when`: the first chunk of a client that holds it is swallowed, and all connections end.
    """

    def __init__(self, port=0):
        self._broker = urlsplit(settings.AMQP_URL)
        self._server = socket.create_server(("127.0.0.1", port))
        self._ends = []
        self._flows = threading.Event()
        self._flows.set()
        self.cut_when = None
        self._sent = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        user, _, _ = self._broker.netloc.rpartition("@")
        return urlunsplit(self._broker._replace(netloc=f"{user}@127.0.0.1:{self._server.getsockname()[1]}"))

    def freeze(self):
        """Let both ends stay connected and hear nothing of each other."""
        self._flows.clear()

    def thaw(self):
        self._flows.set()

    def cut(self):
        for end in self._ends:
            with contextlib.suppress(OSError):  # it may have ended by itself
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.thaw()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()

    def methods(self):
        """Return the AMQP methods that clients sent: (class, method) and the bytes of its arguments."""
        return [method for sent in self._sent for method in _methods(sent)]

    def _accept(self):
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            broker = socket.create_connection((self._broker.hostname, self._broker.port or 5672))
            self._ends += [client, broker]
            self._sent.append(bytearray())
            threading.Thread(target=self._pass, args=(client, broker, self._sent[-1]), daemon=True).start()
            threading.Thread(target=self._pass, args=(broker, client, None), daemon=True).start()

    def _pass(self, source, target, sent):
        with source, contextlib.suppress(OSError):
            while (chunk := source.recv(CHUNK)) and (sent is None or self._keeps(chunk, sent)):
                self._flows.wait()
                target.sendall(chunk)
            target.shutdown(socket.SHUT_RDWR)

    def _keeps(self, chunk, sent):
        sent += chunk
        if self.cut_when is None or self.cut_when not in chunk:
            return True
        self.cut_when = None
        self.cut()
        return False


def _methods(sent):
    at = PREAMBLE
    while at + FRAME.size <= len(sent):
        kind, _, size = FRAME.unpack_from(sent, at)
        body = bytes(sent[at + FRAME.size : at + FRAME.size + size])
        if kind == 1:
            yield METHOD.unpack_from(body), body[METHOD.size :]
        at += FRAME.size + size + 1
