"""MongoDB away: told apart from what is wrong with a request, and waited for."""

import itertools
import socket
import threading
import time

import pymongo
import pytest
from pymongo.errors import OperationFailure, PyMongoError

from services.common import inbox, leases, mongo, settings
from services.common.bus import GiveBack
from services.common.mongo import Database, Once

pytestmark = pytest.mark.xdist_group("mongod")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(settings, "MONGO_TIMEOUT_S", 0.5)


def nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"mongodb://127.0.0.1:{probe.getsockname()[1]}/?replicaSet=rs0"


def fault_of(attempt):
    with pytest.raises(PyMongoError) as raised:
        attempt()
    return raised.value


@pytest.fixture
def nowhere(impatient, monkeypatch):
    monkeypatch.setattr(settings, "MONGO_URL", nobody_listens())
    database = Database("nowhere")
    yield database
    database.client.close()


def insert(tx, id_="a"):
    tx.db.things.insert_one({"_id": id_}, session=tx.session)


WRONG = {
    "a wrong filter": lambda db: db.things.find_one({"$nonsense": 1}),
    "a key that is there": lambda db: [db.things.insert_one({"_id": "a"}) for _ in range(2)],
    "a wrong pipeline": lambda db: list(db.things.aggregate([{"$nonsense": {}}])),
    "an unknown command": lambda db: db.command("nonsense"),
}


class TestMongoDBIsAway:
    @pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
    def test_is_not_said_of_what_is_wrong_with_the_request(self, db, wrong):
        assert not mongo.is_away(fault_of(lambda: wrong(db)))

    def test_is_not_said_of_faults_of_ours(self):
        assert not mongo.is_away(ValueError())

    def test_is_said_when_nobody_listens(self, nowhere):
        assert mongo.is_away(fault_of(lambda: nowhere.transact(insert)))
        assert mongo.is_away(fault_of(nowhere.reader().db.things.find_one))
        assert mongo.is_away(
            fault_of(lambda: mongo.keep_newest(nowhere.reader(), "things", [{"_id": 1, "version": 1}]))
        )

    def test_is_said_when_it_takes_too_long(self, db):
        db.things.insert_one({})

        with pymongo.timeout(0.2):
            slow = fault_of(lambda: db.things.find_one({"$where": "sleep(2000) || true"}))

        assert mongo.is_away(slow)

    def test_is_said_when_another_keeps_a_row_for_longer_than_we_wait(self, database, db, impatient):
        db.things.insert_one({"_id": "a", "version": 1})

        with database.client.start_session() as other, other.start_transaction():
            db.things.update_one({"_id": "a"}, {"$inc": {"version": 1}}, session=other)
            fault = fault_of(lambda: database.transact(mongo.claim, "things", "a"))
            other.abort_transaction()

        assert mongo.is_away(fault)

    def test_is_said_while_it_is_frozen(self, mongod, impatient, frail):
        mongod.freeze()

        assert mongo.is_away(fault_of(lambda: frail.transact(insert)))

    def test_is_said_while_it_is_no_primary(self, mongod, impatient, frail):
        mongod.step_down()

        assert mongo.is_away(fault_of(lambda: frail.client[frail.name].command("insert", "things", documents=[{}])))


class TestWaitingForMongoDB:
    def test_is_not_done_for_what_is_wrong_with_the_request(self, db):
        began = time.monotonic()

        with pytest.raises(OperationFailure):
            mongo.patiently(lambda: db.things.find_one({"$nonsense": 1}))

        assert time.monotonic() - began < 1

    def test_ends_when_it_lasts_too_long(self, nowhere):
        fault = fault_of(lambda: mongo.patiently(lambda: nowhere.transact(insert), at_most_s=1))

        assert mongo.is_away(fault)

    def test_gives_the_message_back_before_the_broker_takes_it_away(self, nowhere, monkeypatch):
        assert mongo.WAIT_AT_MOST_S < 30 * 60
        monkeypatch.setitem(mongo.patiently.__kwdefaults__, "at_most_s", 0.5)

        with pytest.raises(GiveBack):
            inbox.wait_out(lambda: nowhere.transact(insert))

    def test_goes_on_when_it_is_back(self, mongod, frail):
        mongod.kill()
        done = threading.Thread(target=lambda: mongo.patiently(lambda: frail.transact(insert)))
        done.start()
        mongod.start()
        done.join(30)

        assert frail.reader().db.things.count_documents({}) == 1

    @pytest.mark.parametrize("end", ["kill", "stop", "step_down"])
    def test_gives_each_write_its_effect_though_it_ends_in_the_middle(self, mongod, frail, events, end):
        """Whatever error comes of it, in whichever statement, is one that is waited out."""
        wrote, faults, go_on = itertools.count(), [], threading.Event()
        hear = inbox.listen(frail, states={events.Thing: keep}, facts={events.Noted: note})

        def write():
            while not go_on.is_set() and not faults:
                n = next(wrote)
                try:
                    hear[events.Noted.name](event_id=str(n), payload={"note": str(n)})
                    hear[events.Thing.name](event_id=str(n), payload=things(n))
                    mongo.patiently(lambda: frail.snapshot(lambda tx: tx.db.notes.find_one(session=tx.session)))
                    mongo.patiently(lambda: leases.take(frail.reader(), "relay", "a", 60))
                except Exception as fault:  # noqa: BLE001 (none may come)
                    faults.append(fault)

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        for _ in range(2):
            getattr(mongod, end)()
            mongod.mend()
        written = next(wrote)
        mongo.patiently(lambda: frail.transact(insert))
        go_on.set()
        for writer in writers:
            writer.join(60)

        assert faults == []
        notes = sorted(int(row["note"]) for row in frail.reader().db.notes.find())
        assert notes == sorted(set(notes))
        assert written > 0


def things(n):
    return [{"id": f"{n}-{i}", "version": n, "label": "x"} for i in range(100)]


def keep(tx, rows):
    mongo.keep_newest(tx, "things", [{**row, "_id": row["id"]} for row in rows])


def note(tx, heard):
    tx.db.notes.insert_one(dict(heard), session=tx.session)


def test_a_request_that_was_carried_out_is_known_after_a_crash(mongod, frail):
    once = Once(key="k", fingerprint="f", status=201, resource="a")
    frail.transact_once(once, insert)
    mongod.kill()
    mongod.start()

    with pytest.raises(mongo.Repeated):
        mongo.patiently(lambda: frail.transact_once(once, insert, id_="b"))
