"""Keeping the newest version of each state, in whatever order and by however many consumers they come."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo.errors import PyMongoError

from services.common import mongo

IDS_A_ROUND = 200
ROUNDS = 20


def row(id_, version, **more):
    return {"_id": id_, "version": version, **more}


@pytest.fixture
def keep(database, db):
    return lambda *rows: mongo.keep_newest(database.reader(), "things", rows)


class TestKeepingTheNewest:
    @pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
    def test_ends_with_the_newest_in_any_order(self, keep, db, order):
        for version in order:
            keep(row("a", version, label=f"as of {version}"))

        assert list(db.things.find()) == [row("a", 3, label="as of 3")]

    def test_takes_many_at_once_and_drops_only_the_older_ones(self, keep, db):
        keep(row("a", 5), row("b", 1))

        keep(row("a", 4), row("b", 2), row("c", 1))

        assert list(db.things.find().sort("_id")) == [row("a", 5), row("b", 2), row("c", 1)]

    def test_takes_a_repeat_and_an_empty_message_as_they_are(self, keep, db):
        keep(row("a", 1))
        keep(row("a", 1))
        keep()

        assert list(db.things.find()) == [row("a", 1)]

    def test_lets_no_late_state_bring_back_what_is_gone(self, keep, db):
        keep(row("a", 2, gone=True))
        keep(row("a", 1, label="late"))

        assert list(db.things.find()) == [row("a", 2, gone=True)]

    def test_replaces_the_whole_row(self, keep, db):
        keep(row("a", 1, label="old", extra="dropped since"))
        keep(row("a", 2, label="new"))

        assert list(db.things.find()) == [row("a", 2, label="new")]

    def test_by_two_consumers_at_the_same_moment_keeps_the_newer_each_time(self, keep, db):
        shuffled = random.Random(7)
        with ThreadPoolExecutor(2) as pool:
            for n in range(ROUNDS):
                ids = [f"{n}-{i}" for i in range(IDS_A_ROUND)]
                older, newer = ([row(id_, version) for id_ in ids] for version in (1, 2))
                shuffled.shuffle(older)
                shuffled.shuffle(newer)
                list(pool.map(lambda rows: keep(*rows), (older, newer)))

        assert db.things.count_documents({"version": 2}) == ROUNDS * IDS_A_ROUND

    def test_does_not_hide_another_fault(self, keep, db):
        with pytest.raises(PyMongoError):
            keep(row("a", 1), {"_id": ["an id is no list"], "version": 1})

        assert db.things.distinct("_id") == ["a"]
