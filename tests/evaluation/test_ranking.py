"""The score ranks better than what is plain, on a small world; `make evaluate` says by how much, on many."""

import pytest

from services.matching.engine.links import BROADER, KEPT, NARROWER, NEAR, SAME, SIBLING, Link, Taxonomy
from tests.evaluation import skills, table
from tests.evaluation.judging import ESCO, OURS, Setting, judge
from tests.evaluation.metrics import quality
from tests.evaluation.worlds import Recipe, Size, make

SMALL = Size(people=400, occupations=25, vacancies=25)
MIXED = Recipe(name="small", coherent=0.6)


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: nothing here needs any."""


class TestTheScore:
    @pytest.mark.parametrize("taxonomy", [OURS, ESCO])
    def test_ranks_better_than_each_plain_way_with_and_without_swapped_skills(self, taxonomy):
        leads = table.leads(judge(Setting(taxonomy, MIXED, 3), SMALL))

        assert len(leads) == 4
        assert [lead for lead in leads if lead.by <= 0] == []


class TestAWorld:
    def test_is_the_same_by_the_same_seed(self):
        assert make(OURS(), MIXED, SMALL, 5) == make(OURS(), MIXED, SMALL, 5)
        assert make(OURS(), MIXED, SMALL, 5) != make(OURS(), MIXED, SMALL, 6)

    def test_of_esco_has_all_its_skills_to_draw_from(self):
        assert len(skills.esco().skills) == 13_896


class TestTheMetrics:
    def test_are_one_where_the_best_stand_first(self):
        assert quality([([3, 2, 1, 0], [1, 2, 3])]) == (1, 1)

    def test_are_what_their_formulas_say(self):
        # DCG: 1/log2(2) + 7/log2(4) = 4.5; at best: 7 + 1/log2(3) = 7.6309…
        assert quality([([1, 0, 3], [3, 1])]) == (pytest.approx(4.5 / 7.630930), pytest.approx(1 / 3))

    def test_are_nothing_where_nobody_right_is_shown(self):
        assert quality([([0, 0], [2])]) == (0, 0)


WORDS = {name: frozenset(name.split()) for name in ("weld", "weld pipe", "weld plate", "cut plate", "draw")}


class TestTheSkillsThatCount:
    def test_are_the_skill_then_what_is_narrower_broader_beside_and_near(self):
        taxonomy = Taxonomy(
            broader={"weld pipe": ("weld", "group"), "weld": ("group",), "cut plate": ("group",)},
            related={"weld": ("draw",)},
            words=WORDS,
        )

        found = taxonomy.links("weld")

        assert found == (
            Link("weld", SAME), Link("weld pipe", NARROWER), Link("cut plate", SIBLING), Link("draw", NEAR),
        )  # fmt: skip
        assert Link("weld", BROADER) in taxonomy.links("weld pipe")

    def test_are_no_groups_which_nobody_has(self):
        taxonomy = Taxonomy(broader={"weld": ("group",)}, words=WORDS)

        assert taxonomy.links("weld") == (Link("weld", SAME),)

    def test_are_first_those_of_smaller_groups_and_then_those_of_like_names(self):
        many = {f"other {number}": ("large",) for number in range(20)}
        beside = {"weld pipe": ("large", "small"), "draw": ("small",), "weld plate": ("large",)}
        taxonomy = Taxonomy(broader=many | beside, words=WORDS | {name: frozenset([name]) for name in many})

        found = [link.skill for link in taxonomy.links("weld pipe")]

        assert found[:3] == ["weld pipe", "draw", "weld plate"]
        assert len(found) == 1 + KEPT
