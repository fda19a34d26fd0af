"""The office's clock: its days are WITA, its moments UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

# Asia/Makassar has kept this offset since 1988. Written out, it needs no time zone files in the image.
WITA = timezone(timedelta(hours=8), "WITA")


def now() -> datetime:
    """Return this moment, aware, in UTC, to the millisecond: what is kept of it in MongoDB."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """Return the day it is at the office, which is ahead of UTC's for eight hours of each."""
    return now().astimezone(WITA).date()
