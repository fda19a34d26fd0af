"""How many meet what is asked, and how many more would without one condition: as counting one by one says."""

from collections import Counter

import numpy as np
import pytest

from services.matching.engine.core.index import ASKING, FREE, INTERNSHIP, JOB, SCHOOLED_BITS
from tests.matching.core.truth import certified, musts_met
from tests.matching.core.world import Somebody, engine_of, met, query, random_query, somebody, worth

pytestmark = pytest.mark.xdist_group("engine")


def unmet(one, asked):
    """Return the conditions that somebody lacks, in the order of `Census.without`; None: nobody may know of them."""
    free_from, wage, districts, hidden = one.asks if one.flags & ASKING else (0, 0, (), ())
    if not one.flags & FREE or asked.employer in hidden:
        return None
    held = musts_met(one, asked)
    lacks = [need not in held for need in range(asked.size) if asked.must >> need & 1]
    lacks += [not certified(one, cert, asked.start) for cert in asked.certs.tolist()]
    for bits in (asked.wanted & (JOB | INTERNSHIP), asked.wanted >> SCHOOLED_BITS << SCHOOLED_BITS):
        lacks.append(one.flags & bits != bits)
    lacks += [free_from > asked.start, wage > asked.wage, bool(districts) and asked.place not in districts]
    return [at for at, is_lacking in enumerate(lacks) if is_lacking]


def counted(many, asked):
    found = [(one, unmet(one, asked)) for one in many]
    all_met = [one for one, lacks in found if lacks == []]
    ranks = Counter((one.flags >> SCHOOLED_BITS).bit_count() for one in all_met)
    without = Counter(lacks[0] for _, lacks in found if lacks is not None and len(lacks) == 1)
    return len(all_met), Counter(one.district for one in all_met), ranks, without


def said(census):
    listed = (enumerate(counts.tolist()) for counts in (census.districts, census.ranks, census.without))
    return (int(census.total[0]), *(Counter({at: count for at, count in each if count}) for each in listed))


@pytest.mark.parametrize("seed", range(20))
def test_is_the_truth_also_of_those_who_changed(seed):
    random = np.random.default_rng(seed)
    many = [somebody(random) for _ in range(300)]
    engine = engine_of(many)
    for _ in range(10):
        asked = random_query(random)
        assert said(engine.count(asked)) == counted(many, asked)

    for number in random.integers(0, 300, 60).tolist():
        many[number] = somebody(random)
        engine.change(number, many[number].row)
    for _ in range(10):
        asked = random_query(random)
        assert said(engine.count(asked)) == counted(many, asked)


def test_of_a_thousand_in_one_district_crosses_blocks():
    random = np.random.default_rng(1)
    many = [somebody(random, district=3) for _ in range(9000)]
    asked = random_query(random)

    assert said(engine_of(many).count(asked)) == counted(many, asked)


def test_names_the_condition_that_leaves_nobody():
    welders = [Somebody(0, FREE, n, held={1: (level, level)}) for n, level in enumerate((2, 2, 3))]
    asked = query([(1, 0, worth(100, 5), 5)])

    total, _, _, without = said(engine_of(welders).count(asked))

    assert (met(5), total, without) == ([5, 10, 15], 0, {0: 3})


def test_of_nobody_is_nothing():
    total, districts, ranks, without = said(engine_of([]).count(query([])))

    assert (total, districts, ranks, without) == (0, {}, {}, {})
