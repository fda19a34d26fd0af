"""Levels of education."""

import pytest

from services.reference import education
from services.reference.education import EducationUnknown


class TestALevelOfEducation:
    @pytest.mark.parametrize(("held", "required"), [("SMK", "SMA"), ("SMA", "SMK"), ("S1", "D4"), ("D4", "S1")])
    def test_meets_another_of_its_rank(self, held, required):
        assert education.meets(held, required)

    @pytest.mark.parametrize(
        ("lower", "higher"), [("none", "SD"), ("SMP", "SMK"), ("SMA", "D1"), ("D3", "D4"), ("S2", "S3")]
    )
    def test_meets_a_lower_one_and_never_a_higher_one(self, lower, higher):
        assert education.meets(higher, lower)
        assert not education.meets(lower, higher)

    def test_rises_with_its_level_of_qualification(self):
        assert [level.code for level in sorted(education.LEVELS, key=lambda level: (level.rank, level.kkni))] == [
            "none", "SD", "SMP", "SMA", "SMK", "D1", "D2", "D3", "D4", "S1", "S2", "S3",
        ]  # fmt: skip
        assert education.level("D3").kkni == 5

    @pytest.mark.parametrize(("held", "required"), [("TK", "SD"), ("SD", "sd")])
    def test_is_refused_where_there_is_none_of_that_name(self, held, required):
        with pytest.raises(EducationUnknown):
            education.meets(held, required)
