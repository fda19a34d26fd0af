"""One transaction a command: all of it or nothing, and again when another got in its way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from pymongo.errors import OperationFailure

from services.common.errors import Refused
from services.common.mongo import KeyReused, Once, Repeated

ONCE = Once(key="someone k-1", fingerprint="f" * 64, status=201, resource="a")


@pytest.fixture
def things(db):
    return db.things


def insert(tx, id_="a"):
    tx.db.things.insert_one({"_id": id_}, session=tx.session)
    return id_


def insert_and_refuse(tx):
    insert(tx)
    raise Refused


class TestATransaction:
    def test_gives_back_what_the_command_gives(self, database):
        assert database.transact(insert, id_="b") == "b"

    def test_keeps_nothing_when_the_command_raises(self, database, things):
        with pytest.raises(Refused):
            database.transact(insert_and_refuse)

        assert things.count_documents({}) == 0

    def test_runs_the_command_again_when_another_transaction_got_in_its_way(self, database, things):
        things.insert_one({"_id": "n", "count": 0})

        def count_up(tx):
            count = tx.db.things.find_one({"_id": "n"}, session=tx.session)["count"]
            tx.db.things.update_one({"_id": "n"}, {"$set": {"count": count + 1}}, session=tx.session)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: database.transact(count_up), range(40)))

        assert things.find_one()["count"] == 40

    def test_shows_a_reader_of_a_snapshot_one_moment(self, database, things):
        things.insert_many([{"_id": id_, "version": 1} for id_ in "ab"])

        def read(tx):
            first = tx.db.things.find_one({"_id": "a"}, session=tx.session)["version"]
            things.update_many({}, {"$inc": {"version": 1}})
            return first, tx.db.things.find_one({"_id": "b"}, session=tx.session)["version"]

        assert database.snapshot(read) == (1, 1)
        assert database.snapshot(read) == (2, 2)

    def test_opens_one_connection_however_many_threads_come_first(self, database):
        database.client.close()
        del database.__dict__["client"]
        together, found = threading.Barrier(8), []

        def first():
            together.wait()
            found.append(database.client)

        threads = [threading.Thread(target=first) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(set(map(id, found))) == 1


class TestARepeatedRequest:
    def test_does_nothing_and_tells_how_the_first_was_answered(self, database, things):
        database.transact_once(ONCE, insert)

        with pytest.raises(Repeated) as repeated:
            database.transact_once(ONCE, insert, id_="b")

        assert (repeated.value.status, repeated.value.resource) == (201, "a")
        assert things.distinct("_id") == ["a"]

    def test_that_asks_for_something_else_is_refused(self, database, things):
        database.transact_once(ONCE, insert)

        with pytest.raises(KeyReused):
            database.transact_once(Once(**vars(ONCE) | {"fingerprint": "0" * 64}), insert, id_="b")

        assert things.distinct("_id") == ["a"]

    def test_after_a_refusal_is_carried_out(self, database, things):
        with pytest.raises(Refused):
            database.transact_once(ONCE, insert_and_refuse)

        assert database.transact_once(ONCE, insert) == "a"

    def test_in_flight_waits_for_the_first(self, database, things):
        together = threading.Barrier(8)

        def ask(_):
            together.wait()
            try:
                return database.transact_once(ONCE, insert)
            except Repeated as repeated:
                return repeated

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))

        repeated = [answer.resource for answer in answers if isinstance(answer, Repeated)]
        assert (answers.count("a"), repeated) == (1, ["a"] * 7)

    def test_in_flight_is_carried_out_when_the_first_is_refused(self, database, things):
        first = SimpleNamespace(inside=threading.Event(), may_end=threading.Event())

        def refuse_later(tx):
            first.inside.set()
            first.may_end.wait(10)
            raise Refused

        with ThreadPoolExecutor(2) as pool:
            refused = pool.submit(database.transact_once, ONCE, refuse_later)
            assert first.inside.wait(10)
            second = pool.submit(database.transact_once, ONCE, insert)
            first.may_end.set()

            assert second.result(10) == "a"
            with pytest.raises(Refused):
                refused.result(10)

    def test_whose_effect_meets_a_fault_is_not_remembered(self, database, db):
        with pytest.raises(OperationFailure):
            database.transact_once(ONCE, lambda tx: tx.db.things.find_one({"$nonsense": 1}, session=tx.session))

        assert db.idempotency.count_documents({}) == 0
