"""Clients that speak HTTP by hand, as slowly or as wrongly as they like."""

import contextlib
import json
import re
import socket
import time


class Client:
    """One connection to 127.0.0.1."""

    def __init__(self, port, *, window=None):
        self._socket = socket.socket()
        if window:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self._socket.settimeout(10)
        self._got = b""
        try:
            self._socket.connect(("127.0.0.1", port))
        except OSError:
            self._socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, text):
        self._socket.sendall(text if isinstance(text, bytes) else text.encode("latin-1"))
        return self

    def drip(self, byte, *, every_s, for_s):
        """Send a byte now and then, until nobody takes it."""
        end = time.monotonic() + for_s
        with contextlib.suppress(OSError):
            while time.monotonic() < end:
                self._socket.sendall(byte)
                self._socket.settimeout(every_s)
                with contextlib.suppress(TimeoutError):
                    self._got += self._socket.recv(4096) or end_of(self)
        self._socket.settimeout(10)
        return self

    def answer(self):
        """Read one answer: status, headers with small names, body."""
        while b"\r\n\r\n" not in self._got:
            self._read()
        head, _, self._got = self._got.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        pieces, missing = [self._got], length - len(self._got)
        while missing > 0:
            pieces.append(self._socket.recv(65536) or end_of(self))
            missing -= len(pieces[-1])
        body, self._got = (whole := b"".join(pieces))[:length], whole[length:]
        return Answer(int(re.match(r"HTTP/1\.1 (\d+)", lines[0])[1]), headers, body)

    def is_closed(self, within_s):
        """Tell whether the server closes the connection in time, after whatever it says."""
        end = time.monotonic() + within_s
        try:
            while (left := end - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(65536):
                    return True
        except TimeoutError:
            return False
        except OSError:
            return True
        return False

    def _read(self):
        self._got += self._socket.recv(65536) or end_of(self)


def end_of(client):
    raise ConnectionError(f"the server closed after {client._got[:100]!r}")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)
