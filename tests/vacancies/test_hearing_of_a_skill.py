"""Vacancies hears which skills there are."""

import pytest

from services.common.bus import Wrong
from tests.vacancies.building import ENGLISH, WELDER, WELDING, a_skill


@pytest.fixture
def faults(officer, vista):
    """Return what is said of a vacancy that asks for a skill."""

    def faults(skill):
        vacancy = {"employer_id": vista} | WELDER | {"skills": [WELDING | {"skill": skill}]}
        return officer.post("/v1/vacancies", json=vacancy, headers=ENGLISH).json.get("errors")

    return faults


class TestHearingOfASkill:
    def test_lets_vacancies_ask_for_it(self, hear, faults):
        unknown = faults("forklift")
        hear({"id": "forklift", "version": 1, "label_id": "Forklift", "label_en": "Forklift", "group": "new field"})

        assert unknown == {"/skills/0/skill": ["No skill has this id."]}
        assert faults("forklift") is None

    def test_that_is_gone_forgets_it_and_does_not_bring_it_back_late(self, hear, faults):
        hear({"id": "first-aid", "version": 3, "gone": True})
        hear(a_skill("first-aid", version=2))

        assert faults("first-aid") == {"/skills/0/skill": ["No skill has this id."]}

    def test_finds_it_by_its_newest_label(self, hear, faults):
        hear({"id": "first-aid", "version": 2, "label_id": "P3K", "label_en": "Emergency care"})
        hear(a_skill("first-aid"))

        assert faults("emergency-care") == {"/skills/0/skill": ["No skill has this id; near it: first-aid."]}

    def test_takes_the_right_ones_and_names_the_wrong_one(self, hear, faults):
        forklift = {"id": "forklift", "version": 1, "label_id": "Forklift", "label_en": "Forklift"}
        with pytest.raises(Wrong, match="broken"):
            hear({"id": "broken", "version": 1}, forklift)

        assert faults("forklift") is None
