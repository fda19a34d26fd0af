"""Migrations: in their order, one process at a time, each once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.common import bus, migrate
from services.common.migrate import OutOfOrder
from tests.common import queues


@pytest.fixture
def run(database, queue):
    def migrated(*migrations, heard=()):
        migrate.run(database, indexes=[], migrations=migrations, heard=heard)

    return migrated


def noting(name):
    return name, lambda database: database.reader().db.notes.insert_one({"name": name})


def noted(db):
    return [row["name"] for row in db.notes.find()]


class TestMigrations:
    def test_run_in_their_order_and_once(self, run, db):
        for _ in range(2):
            run(noting("0001-a"), noting("0002-b"))
        run(noting("0001-a"), noting("0002-b"), noting("0003-c"))

        assert noted(db) == ["0001-a", "0002-b", "0003-c"]

    def test_run_once_though_four_start_at_the_same_moment(self, run, db):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: run(noting("0001-a"), noting("0002-b")), range(4)))

        assert noted(db) == ["0001-a", "0002-b"]

    def test_that_broke_run_again_and_those_before_do_not(self, run, db):
        def broken(_):
            raise ValueError

        with pytest.raises(ValueError, match=r"^$"):
            run(noting("0001-a"), ("0002-b", broken), noting("0003-c"))
        assert noted(db) == ["0001-a"]

        run(noting("0001-a"), noting("0002-b"), noting("0003-c"))
        assert noted(db) == ["0001-a", "0002-b", "0003-c"]

    @pytest.mark.parametrize("names", [("0002", "0001"), ("0001", "0001")])
    def test_are_refused_out_of_order(self, run, db, names):
        with pytest.raises(OutOfOrder):
            run(*map(noting, names))
        assert noted(db) == []

    def test_declare_the_queues_before_anything_is_told(self, run, service):
        queues.delete(service, f"{service}.work", f"{service}.dead")

        run(heard=["somebody.told"])
        bus.connect(service)("somebody.told", "e-1", [])

        assert len(queues.taken(service)) == 1
        assert bus.depth(f"{service}.dead") == bus.depth(f"{service}.work") == (0, 0)

    def test_give_rows_that_only_pass_by_an_end(self, run, db):
        run()

        expiring = {
            name: [
                index["expireAfterSeconds"]
                for index in db[name].index_information().values()
                if "expireAfterSeconds" in index
            ]
            for name in ("facts", "inbox", "idempotency", "jobs")
        }
        day = 24 * 3600
        assert expiring == {"facts": [7 * day], "inbox": [31 * day], "idempotency": [day], "jobs": [90 * day]}
