"""What is said of a skill that is not in the taxonomy."""

import pytest

from services.registry.database import database
from services.registry.skill import store
from services.registry.skill.model import SkillsUnknown


def said(**asked):
    with pytest.raises(SkillsUnknown) as refusal:
        store.check(database.reader(), {f"/{name}": skill for name, skill in asked.items()})
    return refusal.value.fields


class TestASkillThatIsNotThere:
    @pytest.mark.parametrize("asked", ["smaw-weldin", "las listrik", "Pengelasan SMAW", "welding-smaw"])
    def test_is_named_with_those_it_may_mean_the_likest_first(self, asked):
        assert said(skill=asked)["/skill"].startswith("No skill has this id; near it: smaw-welding")

    @pytest.mark.parametrize("asked", ["", "xqzzvk", "x" * 80])
    def test_that_is_like_none_is_sent_to_the_list(self, asked):
        assert said(skill=asked)["/skill"] == "No skill has this id; see /v1/skills."

    def test_leaves_those_that_are_there_alone(self):
        assert set(said(one="smaw-welding", other="smaw-weldin")) == {"/other"}
        store.check(database.reader(), {"/skill": "smaw-welding"})
