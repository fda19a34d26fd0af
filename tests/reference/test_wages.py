"""Wage floors."""

from datetime import date

import pytest

from services.reference import wages
from services.reference.wages import Floor, WageFloorUnknown


class TestTheWageFloor:
    @pytest.mark.parametrize(
        ("on", "idr"),
        [(date(2025, 1, 1), 3_496_195), (date(2025, 12, 31), 3_496_195), (date(2026, 1, 1), 3_725_000)],
    )
    def test_is_the_one_of_the_day(self, on, idr):
        assert wages.floor_idr(on) == idr

    @pytest.mark.parametrize(
        ("sector", "idr"),
        [("05100", 3_770_000), ("01262", 3_730_000), ("10431", 3_730_000), ("35111", 3_759_000), ("81100", 3_725_000)],
    )
    def test_is_higher_in_some_sectors(self, sector, idr):
        assert wages.floor_idr(date(2026, 6, 1), sector) == idr

    def test_of_a_sector_is_not_known_before_it_was_decreed(self):
        assert wages.floor_idr(date(2025, 6, 1), "05100") == 3_496_195

    def test_of_the_province_passes_an_older_one_of_a_sector(self, monkeypatch):
        monkeypatch.setattr(wages, "FLOORS", (*wages.FLOORS, Floor(date(2027, 1, 1), 3_900_000)))

        assert wages.floor_idr(date(2027, 1, 1), "05100") == 3_900_000
        assert wages.floor_idr(date(2026, 12, 31), "05100") == 3_770_000

    def test_is_unknown_before_the_first_decree(self):
        with pytest.raises(WageFloorUnknown):
            wages.floor_idr(date(2024, 12, 31))
