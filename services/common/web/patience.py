"""How long one waits for the other side of a connection."""

import time

LEAST_RATE = 16 * 1024  # bytes a second; 128 kbit/s
LONGEST_S = 600.0


class Patience:
    """Some seconds, and one more for every LEAST_RATE bytes that came: a slow line is served, a standing one is not.

    Whoever sends one byte now and then has the first seconds; nobody has more than LONGEST_S.
    """

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._last = self._ends_at - seconds + LONGEST_S

    def left(self) -> float:
        """Return the seconds that are left.

        :raises TimeoutError: there are none.
        """
        left = min(self._ends_at, self._last) - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def came(self, size: int) -> None:
        self._ends_at += size / LEAST_RATE
