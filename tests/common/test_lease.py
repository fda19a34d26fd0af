"""A lease: one holder at a time, by the server's clock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from services.common import leases, mongo
from tests.waiting import until


@pytest.fixture
def lease(database):
    return lambda holder, seconds=60.0, name="relay": leases.take(database.reader(), name, holder, seconds)


class TestALease:
    def test_is_had_by_one_and_prolonged_by_the_same(self, lease):
        assert [lease("a"), lease("b"), lease("a"), lease("b")] == [True, False, True, False]

    def test_is_had_by_one_of_eight_that_ask_at_the_same_moment(self, lease):
        for name in "xyz":
            with ThreadPoolExecutor(8) as pool:
                assert sum(pool.map(lambda n: lease(str(n), name=name), range(8))) == 1  # noqa: B023

    def test_that_is_over_is_had_by_the_next(self, lease):
        lease("a", seconds=0.1)

        until(lambda: lease("b"), within_s=5)
        assert not lease("a")

    def test_that_is_prolonged_is_not_over(self, lease):
        lease("a", seconds=0.2)
        lease("a", seconds=60)

        with pytest.raises(AssertionError):
            until(lambda: lease("b"), within_s=0.5)

    def test_that_is_given_back_is_had_at_once(self, database, lease):
        lease("a")
        leases.release(database.reader(), "relay", "a")

        assert lease("b")

    def test_is_not_given_back_by_another(self, database, lease):
        lease("a")
        leases.release(database.reader(), "relay", "b")

        assert not lease("b")

    def test_ends_by_the_servers_clock_and_not_by_ours(self, lease, monkeypatch):
        class Slow(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime(2020, 1, 1, tzinfo=tz)

        monkeypatch.setattr(mongo, "datetime", Slow)

        assert [lease("a"), lease("b")] == [True, False]

    @pytest.mark.parametrize("holder", ["$until", "$$ROOT", "host:1"])
    def test_is_had_under_any_name(self, lease, holder):
        assert lease(holder)
        assert lease(holder)
        assert not lease("b")
