"""The office's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from services.reference import clock


class TestTheOfficesClock:
    def test_tells_moments_in_utc(self):
        assert clock.now().tzinfo is UTC
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)

    def test_tells_the_day_in_balangan_which_begins_eight_hours_before_utcs(self, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC))
        assert clock.today().isoformat() == "2026-11-23"

        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 16, 0, 0, tzinfo=UTC))
        assert clock.today().isoformat() == "2026-11-24"

    def test_goes_as_makassars(self):
        moment = datetime(2026, 11, 24, tzinfo=UTC)

        assert moment.astimezone(clock.WITA).utcoffset() == moment.astimezone(ZoneInfo("Asia/Makassar")).utcoffset()
