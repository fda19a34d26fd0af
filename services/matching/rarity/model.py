"""When it is time to count anew how rare skills are."""

from collections.abc import Mapping
from datetime import datetime, timedelta

EVERY = timedelta(days=1)
CHANGED = 0.02  # of people or vacancies, from which on it is counted anew before a day is over


def is_due(counted: Mapping[str, int], at: datetime, *, rows: Mapping[str, int], now: datetime) -> bool:
    """Tell whether it is so long ago, or so many came or went since, that it has to be counted anew.

    :param counted: how many there were of each kind then, `at`. rows: how many there are now.
    """
    return now - at > EVERY or any(abs(rows[kind] - count) > CHANGED * count for kind, count in counted.items())
