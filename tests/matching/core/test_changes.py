"""People change while they are looked for: the next query sees it, also while all are put in order anew."""

import threading
from itertools import count

import numpy as np
import pytest

from services.matching.engine.core import engine as engines
from services.matching.engine.core.index import FREE
from tests.matching.core.truth import best, truth
from tests.matching.core.world import Somebody, engine_of, query, random_query, somebody, worth

pytestmark = pytest.mark.xdist_group("engine")


@pytest.mark.parametrize("seed", range(12))
def test_are_seen_at_once(seed):
    random = np.random.default_rng(seed)
    many = [somebody(random) for _ in range(200)]
    engine = engine_of(many)

    for turn in range(200):
        number = int(random.integers(0, len(many) + 1))
        many[number : number + 1] = [somebody(random)]
        engine.change(number, many[number].row)
        if turn % 10 == 0:
            asked = random_query(random)
            assert best(engine, asked, 30) == truth(many, asked, 30)
        if turn % 60 == 59:
            engine.merge()
            assert engine.changed == 0
    assert len(engine) == len(many)


def test_of_one_person_thirty_thousand_times_find_room(monkeypatch):
    monkeypatch.setattr(engines, "ROOM", 1000)
    engine = engine_of([Somebody(0, FREE, 1, held={1: (1, 1)}), Somebody(0, FREE, 2, held={1: (2, 2)})])
    asked = query([(1, 0, worth(1000, 5), None)])
    rows = [Somebody(0, FREE, 1, held={1: (level, level)}).row for level in range(1, 6)]

    for turn in range(30_000):
        engine.change(0, rows[turn % 5])

    assert best(engine, asked) == [(0, 600), (1, 240)]
    assert (len(engine), engine.changed < 1001) == (2, True)


def test_of_somebody_whom_nobody_has_numbered_are_refused():
    engine = engine_of([Somebody(0, FREE, 1)])

    with pytest.raises(IndexError):
        engine.change(2, Somebody(0, FREE, 1).row)


def test_never_show_anybody_twice_or_let_anybody_vanish():
    """Threads ask while one changes and merges: all ten stand in every list, each once."""
    tens = [Somebody(n % 3, FREE, n, held={1: (n % 5 + 1, n % 5 + 1)}) for n in range(10)]
    engine, asked, over, wrong = engine_of(tens), query([(1, 0, worth(1000, 5), None)]), threading.Event(), []

    def ask():
        while not over.is_set():
            found = sorted(number for number, _ in best(engine, asked, 20))
            if found != list(range(10)):
                wrong.append(found)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for turn in count():
        engine.change(turn % 10, tens[(turn * 7) % 10].row)
        if turn % 500 == 499:
            engine.merge()
        if turn == 2000:
            break
    over.set()
    for asker in askers:
        asker.join()

    assert wrong == []


def test_that_come_while_all_are_put_in_order_are_kept(monkeypatch):
    """The index is built of what stood at the beginning; what changed meanwhile comes after it."""
    engine, asked = engine_of([Somebody(0, FREE, 1)] * 2), query([(1, 0, worth(1000, 5), None)])
    build = engines.build

    def slowly(*said, **more):
        engine.change(1, Somebody(0, FREE, 1, held={1: (5, 5)}).row)
        return build(*said, **more)

    monkeypatch.setattr(engines, "build", slowly)
    engine.change(0, Somebody(0, FREE, 1, held={1: (1, 1)}).row)
    engine.merge()

    assert (best(engine, asked), engine.changed) == ([(1, 600), (0, 120)], 1)


def test_that_cannot_be_put_in_order_are_not_lost(monkeypatch):
    engine, asked = engine_of([Somebody(0, FREE, 1)]), query([(1, 0, worth(1000, 5), None)])
    engine.change(0, Somebody(0, FREE, 1, held={1: (5, 5)}).row)

    def fail(*_said, **_more):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(engines, "build", fail)
        with pytest.raises(MemoryError):
            engine.merge()
    assert best(engine, asked) == [(0, 600)]

    engine.merge()
    assert (best(engine, asked), engine.changed) == ([(0, 600)], 0)
