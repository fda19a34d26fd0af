"""The core finds exactly those whom looking at each person would find, whatever way it goes."""

import numpy as np
import pytest

from services.matching.engine.core import dense, exact, filters
from services.matching.engine.core.building import build
from services.matching.engine.core.engine import Engine
from services.matching.engine.core.heap import make_best, ordered
from services.matching.engine.core.index import FREE
from services.matching.engine.core.plan import HALF, bounds_of, make_plan
from services.matching.engine.core.search import make_scratch
from tests.matching.core.truth import best, truth
from tests.matching.core.world import (
    PLACES,
    SKILLS,
    TODAY,
    Somebody,
    code,
    engine_of,
    people_of,
    query,
    random_query,
    rarely,
    somebody,
    undated,
    unrelated,
    worth,
)

pytestmark = pytest.mark.xdist_group("engine")  # they share what numba compiled


@pytest.mark.parametrize("seed", range(30))
def test_is_the_truth(seed):
    random = np.random.default_rng(seed)
    many = [somebody(random) for _ in range(random.integers(0, 300))]
    engine = engine_of(many)

    for _ in range(20):
        asked, limit = random_query(random), int(random.choice([1, 5, 50, 400]))
        assert best(engine, asked, limit) == truth(many, asked, limit)


@pytest.mark.parametrize("seed", range(15))
def test_is_the_truth_where_no_skill_depends_on_the_day(seed):
    """What is added up is the score then, unless a certificate is asked for: of those somebody may have several."""
    random = np.random.default_rng(seed)
    many = [undated(random) for _ in range(300)]
    engine = engine_of(many)

    for _ in range(20):
        asked, limit = unrelated(random_query(random)), int(random.choice([5, 50]))
        assert best(engine, asked, limit) == truth(many, asked, limit)


@pytest.mark.parametrize("seed", range(10))
def test_is_the_truth_where_all_certificates_have_begun(seed):
    """Their lists tell then who has one, unless it is a list that was not looked at."""
    random = np.random.default_rng(seed)
    many = [undated(random, first=800, before=TODAY) for _ in range(300)]
    engine = engine_of(many)

    for _ in range(20):
        asked, limit = unrelated(random_query(random)), int(random.choice([5, 50]))
        assert best(engine, asked, limit) == truth(many, asked, limit)


@pytest.mark.parametrize("seed", range(6))
def test_is_the_truth_where_few_have_what_is_asked_for(seed):
    """Once there are enough, only those in the lists of the rarest skills are looked at, or the shortest filter's."""
    random = np.random.default_rng(seed)
    many = [rarely(random, district=int(random.integers(0, 2))) for _ in range(9000)]  # two blocks in each district
    engine = engine_of(many)

    for _ in range(15):
        asked, limit = random_query(random), int(random.choice([1, 5, 40]))
        assert best(engine, asked, limit) == truth(many, asked, limit)


@pytest.mark.parametrize("seed", range(10))
def test_is_the_same_whatever_the_plan(seed):
    """Each depth of intersection, and all added up: the plan is about time alone."""
    random = np.random.default_rng(seed)
    many = [somebody(random) for _ in range(400)]
    people, districts = people_of(many)
    index, numbers = build(people, districts, np.arange(400), skills=SKILLS, places=PLACES)
    scratch = make_scratch(SKILLS)
    for _ in range(20):
        asked = random_query(random)
        plan = make_plan(index, asked)
        for depth in range(len(plan.lists_at)):
            chosen = plan._replace(
                depth=depth, bounds=bounds_of(asked, plan.scale, 0 if depth else plan.step), certs=asked.certs
            )
            found = make_best(20)
            tops = exact.take_slots(asked, scratch.batch.slots)
            blocks = np.argsort(-asked.nearness[index.district], kind="stable")
            sums, totals, marks, rows = scratch.sums, scratch.totals, scratch.marks, scratch.found
            if depth:
                filters.search_lists(index, asked, chosen, tops, scratch.batch, marks, rows, found, blocks)
            else:
                dense.search_all(index, asked, chosen, tops, scratch.batch, sums, rows, totals, found, blocks)
            exact.leave_slots(asked, scratch.batch.slots)
            scores, rows = ordered(found)
            said = list(zip(numbers[rows].tolist(), scores.tolist(), strict=True))
            assert said == truth(many, asked, 20), depth
        assert not any(array.any() for array in (scratch.batch.slots, scratch.marks))


def test_of_a_thousand_in_one_district_crosses_blocks():
    random = np.random.default_rng(1)
    many = [somebody(random, district=3) for _ in range(9000)]
    engine = engine_of(many)

    for _ in range(10):
        asked = random_query(random)
        assert best(engine, asked, 100) == truth(many, asked, 100)


@pytest.mark.parametrize("seed", range(5))
def test_of_many_queries_at_once_is_what_each_finds(seed):
    random = np.random.default_rng(seed)
    many = [somebody(random, district=int(random.integers(0, 2))) for _ in range(9000)]
    engine = engine_of(many)
    for number in range(0, 9000, 500):
        engine.change(number, somebody(random).row)
    asked = [random_query(random) for _ in range(25)]

    found = [(numbers.tolist(), scores.tolist()) for numbers, scores in engine.top_many(asked, 20)]

    alone = [engine.top(each, 20) for each in asked]
    assert found == [(numbers.tolist(), scores.tolist()) for numbers, scores in alone]
    assert (engine.top_many([], 5), len(engine.top_many(asked, 0))) == ([], 25)


def test_of_more_than_are_scored_together():
    random = np.random.default_rng(2)
    many = [somebody(random, flags=FREE, held={1: (code(0, level), code(0, level))}) for level in [1, 2, 3, 4, 5] * 300]
    engine = engine_of(many)
    asked = [query([(1, 0, worth(1000, 5), least)], nearness=[1, 2, 3, 4, 5]) for least in (None, 2)]

    assert [best(engine, each, 700) for each in asked] == [truth(many, each, 700) for each in asked]
    for number, one in enumerate(many):
        engine.change(number, one.row)
    assert [best(engine, each, 700) for each in asked] == [truth(many, each, 700) for each in asked]


class TestEquals:
    ALIKE = tuple(Somebody(district=0, flags=FREE, tie=tie, held={1: (3, 3)}) for tie in (5, 9, 2, 7))
    ASKED = query([(1, 0, worth(100, 3), None)])

    def test_stand_in_the_order_of_their_ties(self):
        assert [number for number, _ in best(engine_of(self.ALIKE), self.ASKED)] == [1, 3, 0, 2]

    def test_are_stirred_by_the_salt(self):
        asked = self.ASKED._replace(salt=0b1000)

        assert [number for number, _ in best(engine_of(self.ALIKE), asked)] == [3, 0, 2, 1]


class TestManySkills:
    def test_do_not_overflow_what_is_added_up(self):
        """50 skills with related ones, each of which gives all: thrice what 16 bits hold, were it added up as it is."""
        held = dict.fromkeys(range(SKILLS), (15, 15))
        many = [Somebody(district=0, flags=FREE, tie=tie, held=held) for tie in range(3)]
        many.append(Somebody(district=0, flags=FREE, tie=9, held={1: (15, 15)}))
        terms = [(skill, need, [0] + [480] * 15, None) for need in range(50) for skill in range(need % 8, SKILLS, 8)]

        assert len(terms) * 480 > 3 * HALF
        assert best(engine_of(many), query(terms)) == truth(many, query(terms), 10)
        assert best(engine_of(many), query(terms))[0][1] == 50 * 480

    def test_beyond_what_is_counted_are_refused(self):
        engine = engine_of([])

        with pytest.raises(ValueError, match="64 skills"):
            engine.top(query([(0, need, [0] * 16, None) for need in range(64)]), 5)

    @pytest.mark.parametrize("asked", [query([(SKILLS, 0, [0] * 16, None)]), query([], certs=[SKILLS + 5])])
    def test_that_do_not_exist_are_refused(self, asked):
        with pytest.raises(ValueError, match=r"up to 4\d"):
            engine_of([]).top(asked, 5)


class TestPeopleWhoCannotBe:
    @pytest.mark.parametrize(
        "one",
        [
            Somebody(0, FREE, 0, held={SKILLS: (1, 1)}),
            Somebody(0, FREE, 0, proofs=((SKILLS, 0, 5),)),
            Somebody(PLACES, FREE, 0),
        ],
    )
    def test_are_refused(self, one):
        engine = engine_of([Somebody(0, FREE, 0)])

        with pytest.raises(ValueError, match=r"beyond|up to|district"):
            engine_of([one])
        with pytest.raises(ValueError, match="up to"):
            engine.change(0, one.row)
        assert best(engine, query([])) == [(0, 0)]


def test_somebody_with_more_skills_than_are_scored_is_refused():
    learned = Somebody(0, FREE, 0, held=dict.fromkeys(range(1025), (1, 1)))
    people, districts = people_of([learned])

    with pytest.raises(ValueError, match="more than 1024 skills"):
        Engine(people, districts, skills=2000, places=PLACES)


def test_evidence_counts_on_the_day_alone():
    """Certified from day 900 to 1000: a claim before, worth a training afterwards, as the office's rule says."""
    welder = Somebody(0, FREE, 0, held={1: (code(0, 3), code(2, 3))}, proofs=((1, 900, 1000),))
    asked = query([(1, 0, worth(1000, 3), None)])

    scores = [best(engine_of([welder]), asked._replace(start=day))[0][1] for day in (899, 900, 1000, 1001)]

    assert scores == [600, 1000, 1000, 800]


def test_nobody_and_nothing():
    assert best(engine_of([]), query([])) == []
    assert best(engine_of([Somebody(2, FREE, 1)]), query([], nearness=[1, 2, 3, 4, 5])) == [(0, 3)]
    assert best(engine_of([Somebody(2, FREE, 1)]), query([]), limit=0) == []


def test_people_of_no_order_are_taken():
    people, districts = people_of(
        [Somebody(district, FREE, 9 - district - tie) for tie, district in enumerate((4, 0, 4, 1))]
    )
    engine = Engine(people, districts, skills=SKILLS, places=PLACES)

    assert len(engine) == 4
    assert best(engine, query([], nearness=[1, 2, 3, 4, 5])) == [(0, 5), (2, 5), (3, 2), (1, 1)]
