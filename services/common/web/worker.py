"""gunicorn's worker with threads, made patient: a client that is slow waits in the poller and takes no thread.

gunicorn gives a connection to a thread at its first byte, and the thread reads on without any limit of time: a few
clients that never finish their request hold all threads. Here

* the head of a request, and a body of up to SMALL bytes with it, are collected by the poller, in COLLECT_S at most; a
  thread starts with all of it in memory, and waits for nobody;
* a larger body is read by threads of its own, half as many again, with Patience(BODY_S), and 408 in the end: whoever
  uploads slowly keeps others waiting who upload, and nobody else;
* an answer of up to about SEND_BUFFER bytes is the kernel's at once; a longer one is sent with Patience(SEND_S);
* a connection that we close is not waited for (gunicorn's poller stands still for up to 2 s at each).
"""

import errno
import re
import selectors
import socket
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from services.common.web import unreadable
from services.common.web.connection import Connection, Parts, Reader, Socket

COLLECT_S, LINGER_S = 10.0, 2.0
HEAD_AT_MOST = SMALL = 64 * 1024
DRAINED_AT_MOST = 1024 * 1024
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
AT_ITS_OWN_PACE = re.compile(rb"\r\n(?:transfer-encoding|expect):", re.IGNORECASE)


class Worker(ThreadWorker):
    """Collects requests before it gives them to a thread."""

    def init_process(self) -> None:
        self.uploads = ThreadPoolExecutor(max(1, self.cfg.threads // 2), "upload")
        self.lingering: deque[Connection] = deque()
        self.tpool: ThreadPoolExecutor
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, whose client may be slow to begin."""
        try:
            accepted, address = listener.accept()
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        sock = Socket(fileno=accepted.detach())
        self.enqueue_req(Connection(self.cfg, sock, address, listener.getsockname(), linger=self.linger))

    def enqueue_req(self, conn: Connection) -> None:
        """Collect the next request: something of it came already, or is about to."""
        conn.sock.settimeout(0.0)
        conn.reader.receive()
        if self._give(conn):
            return
        conn.timeout = time.monotonic() + COLLECT_S
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Connection, _: object) -> None:
        """Take what came, and see whether it is all."""
        conn.reader.receive()
        if self._give(conn):
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)

    def _give(self, conn: Connection) -> bool:
        """Give it to a thread if that is all, close it if no more will come, or else tell that one has to wait."""
        if pool := self._pool_for(conn.reader):
            future = pool.submit(self.handle, conn)
            future.add_done_callback(partial(self.method_queue.defer, self.finish_request, conn))
        elif conn.reader.ended:
            self.nr_conns -= 1
            conn.close()
        return pool is not None or conn.reader.ended

    def _pool_for(self, reader: Reader) -> ThreadPoolExecutor | None:
        """Return the threads that take what was collected; None as long as the poller waits for more.

        It is looked at to choose a thread; what it means, gunicorn's parser says.
        """
        got = reader.buf.getvalue()
        end = got.find(b"\r\n\r\n") + 4
        if end < 4:  # noqa: PLR2004
            reader.is_open = len(got) <= HEAD_AT_MOST
            return None if reader.is_open else self.tpool
        if AT_ITS_OWN_PACE.search(got, 0, end):
            return self.uploads
        said = LENGTH.search(got, 0, end)
        length = int(said[1]) if said else 0
        if end + length <= len(got):
            return self.tpool
        return None if length <= SMALL else self.uploads

    def handle(self, conn: Connection) -> object:
        """Answer a request; in a thread."""
        conn.begin()
        return super().handle(conn)

    def _keepalive_after(self, conn: Connection, keepalive: object) -> bool:
        """Look for the rest of a body only where there may be one: looking costs as much as a small answer."""
        body = conn.parser.mesg.body
        if keepalive and not body.failed and getattr(body.reader, "length", None) == 0:
            return True
        return bool(super()._keepalive_after(conn, keepalive))

    def handle_request(self, req: Any, conn: Connection) -> object:
        """Answer one whose head was read."""
        req.body.reader = Parts(req.body.reader)
        return super().handle_request(req, conn)

    def handle_error(self, _req: object, client: socket.socket, _addr: object, error: Exception) -> None:
        """Answer what is no request that can be read."""
        unreadable.answer(client, error)

    def linger(self, conn: Connection) -> None:
        """Close once the client did, or LINGER_S later: what it still sends would cut our answer off (RFC 9112 9.6)."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            conn.close()
            return
        conn.sock.settimeout(0.0)
        conn.timeout = time.monotonic() + LINGER_S
        self.lingering.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))

    def _drain(self, conn: Connection, _: object) -> None:
        conn.reader.receive()
        if conn.reader.ended or conn.reader.received > DRAINED_AT_MOST:
            self.lingering.remove(conn)
            self._let_go(conn)
        conn.reader.take_buffered()

    def murder_pending(self) -> None:
        """Close what waited for too long; every second."""
        super().murder_pending()
        while self.lingering and self.lingering[0].timeout < time.monotonic():
            self._let_go(self.lingering.popleft())

    def _let_go(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        conn.close()
