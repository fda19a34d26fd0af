"""A circuit breaker before each service: what gave no answer several times in a row is not asked for a while.

It opens at FAILURES calls in a row without an answer: nobody listens, nothing comes in time, the connection breaks.
An answer of 500 is an answer: it came quickly, says more than we could, and is often about one route alone; to close
the whole service for it would make a small fault a large one.

While it is open, calls are refused at once. After PAUSE_S one call, and only one, is let through: with its answer the
breaker closes, without one it stays open for another PAUSE_S. It counts in the memory of each process.

pybreaker keeps the state; its `call` would hold a lock while the service is asked, so that calls went one by one, and
is given no more than the outcome.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from logging import getLogger

import pybreaker
from prometheus_client import Gauge
from urllib3.exceptions import EmptyPoolError, HTTPError

from gateway import wire

LOG = getLogger(__name__)
FAILURES, PAUSE_S = 5, 2.0
QUEUE_S = 1.0  # how long a call waits for a free connection
HANGS_S = 1.0  # so long without any answer while all are taken: no use in waiting
STATES = {pybreaker.STATE_CLOSED: 0, pybreaker.STATE_HALF_OPEN: 1, pybreaker.STATE_OPEN: 2}
STATE = Gauge("begawi_breaker", "Breaker of a service: 0 closed, 1 half open, 2 open", ["service"])


class Open(Exception):
    """The service is not asked now; try again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Breaker:
    """The breaker of one service, and whether it hangs."""

    def __init__(self, service: str) -> None:
        self._kept = pybreaker.CircuitMemoryStorage(pybreaker.STATE_CLOSED)
        self._circuit = pybreaker.CircuitBreaker(
            fail_max=FAILURES, reset_timeout=PAUSE_S, name=service, listeners=[_Telling()], state_storage=self._kept,
        )  # fmt: skip
        STATE.labels(service).set(0)
        self._probing = threading.Lock()
        self._counting = threading.Lock()
        self._under_way, self._moved_at = 0, 0.0

    @contextmanager
    def calling(self) -> Iterator[float]:
        """Ask the service within; yields how long it makes sense to wait for a free connection.

        :raises Open: it is not asked.
        """
        probing = self._enter()
        self._begin()
        came = False
        try:
            yield 0.0 if self._hangs() else QUEUE_S
            came = True
        except EmptyPoolError:
            raise
        except HTTPError as error:
            self._failed(error)
            raise
        finally:
            self._end(came=came)
            if probing:
                self._probing.release()

    def _enter(self) -> bool:
        """Return whether this call is the one that tries."""
        if self._kept.state == pybreaker.STATE_CLOSED:
            return False
        left = self._left()
        if left > 0 or not self._probing.acquire(blocking=False):
            raise Open(max(1, math.ceil(left)))
        self._circuit.half_open()
        return True

    def _left(self) -> float:
        opened_at = self._kept.opened_at
        return PAUSE_S - (datetime.now(UTC) - opened_at).total_seconds() if opened_at else 0.0

    def _begin(self) -> None:
        with self._counting:
            if self._under_way < wire.AT_ONCE:
                self._moved_at = time.monotonic()
            self._under_way += 1

    def _hangs(self) -> bool:
        return time.monotonic() - self._moved_at > HANGS_S

    def _end(self, *, came: bool) -> None:
        with self._counting:
            self._under_way -= 1
            if came:
                self._moved_at = time.monotonic()
        if came and self._kept.state != pybreaker.STATE_CLOSED:
            self._circuit.close()
        elif came and self._kept.counter:
            self._circuit.call(bool)  # begins to count anew

    def _failed(self, error: HTTPError) -> None:
        def fail() -> None:
            raise error

        with suppress(HTTPError, pybreaker.CircuitBreakerError):
            self._circuit.call(fail)


class _Telling(pybreaker.CircuitBreakerListener):
    def state_change(
        self,
        cb: pybreaker.CircuitBreaker,
        old_state: pybreaker.CircuitBreakerState | None,
        new_state: pybreaker.CircuitBreakerState,
    ) -> None:
        STATE.labels(cb.name).set(STATES[new_state.name])
        said = {"service": cb.name, "state": new_state.name, "was": old_state.name if old_state else None}
        LOG.warning("breaker", extra={f"breaker_{name}": value for name, value in said.items()})


@cache
def of(service: str, address: str) -> Breaker:
    """Return the breaker before a service at an address."""
    del address
    return Breaker(service)
