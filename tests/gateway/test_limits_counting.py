"""Counting for limits: in MongoDB for all processes, in memory when it is away."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits import parse

from gateway.database import database
from services.common import settings
from services.common.mongo import Database
from services.common.web import counting
from services.common.web.counting import Memory, Shared


class TestCountingInMongoDB:
    RULE = parse("5/minute")

    def test_is_for_all_processes_together(self):
        one, other = Shared(database), Shared(database)

        left = [each.count(self.RULE, "siti").left for each in (one, other, one)]

        assert left == [4, 3, 2]

    def test_loses_none_of_many_at_once(self):
        shared = Shared(database)
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _: shared.count(self.RULE, "siti").left, range(40)))

        assert sorted(found) == list(range(-35, 5))

    def test_is_forgotten_after_its_window(self):
        Shared(database).count(self.RULE, "siti")

        [index] = [each for each in database.reader().db.counts.list_indexes() if each["name"] == "expiry"]
        [row] = database.reader().db.counts.find()
        assert index["expireAfterSeconds"] == 0
        assert row["expires_at"]

    @pytest.fixture
    def away(self, monkeypatch):
        """Return a database whose MongoDB does not answer."""
        monkeypatch.setattr(settings, "MONGO_URL", "mongodb://127.0.0.1:1/?replicaSet=rs0")
        lost = Database("lost")
        yield lost
        lost.client.close()

    def test_goes_on_in_memory_while_it_is_away(self, away):
        shared, began = Shared(away), time.monotonic()

        left = [shared.count(self.RULE, "siti").left for _ in range(7)]

        assert left == [4, 3, 2, 1, 0, -1, -2]
        assert time.monotonic() - began < 2 * counting.WAIT_S + 0.5, "each waits for MongoDB anew"

    def test_goes_back_to_it(self, away, monkeypatch):
        monkeypatch.setattr(counting, "AWAY_S", 0)
        shared = Shared(away)
        shared.count(self.RULE, "siti")
        monkeypatch.setattr(shared, "_database", database)

        assert shared.count(self.RULE, "siti").left == 4
        assert database.reader().db.counts.count_documents({}) == 1


class TestCountingInMemory:
    RULE = parse("5/minute")

    def test_loses_none_of_many_at_once(self):
        memory = Memory()
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _: memory.count(self.RULE, "siti").left, range(400)))

        assert sorted(found) == list(range(-395, 5))

    def test_holds_no_more_than_it_can(self, monkeypatch):
        monkeypatch.setattr(counting, "KNOWN_AT_MOST", 10)
        memory = Memory()

        left = [memory.count(self.RULE, name).left for name in ("siti", *map(str, range(9)), "siti")]

        assert left[-1] == 4, "the first is still known"
