"""States leave a service: the newest of each root, many to a message."""

import threading

import pytest
from pymongo.errors import OperationFailure

from services.common import bus, mongo, outbox, relay
from services.common.relay import Told
from tests.common import queues
from tests.common.queues import said
from tests.common.trial.relay import things


def change(tx, events, id_, **row):
    """Insert a root or change it, and mark it."""
    version = mongo.claim(tx, "things", id_)
    if version is None:
        tx.db.things.insert_one({"_id": id_, "version": 1, **row}, session=tx.session)
    else:
        tx.db.things.update_one({"_id": id_}, {"$set": row}, session=tx.session)
    outbox.changed(tx, events.Thing, {id_: version or 1})


@pytest.fixture
def changed(database, events):
    return lambda id_, **row: database.transact(change, events, id_, **row)


@pytest.fixture
def tell(queue, database, events):
    """Publish what is marked, composed by `compose`, and return how many marks were settled."""
    publish = bus.connect(queue)
    return lambda compose=things: relay.publish_states(publish, database, {events.Thing: Told("things", compose)})


def told(queue, messages=1):
    """Take the messages, and return the states they carry by id."""
    return {row["id"]: row for message in queues.taken(queue, messages) for row in said(message)}


class TestTellingStates:
    def test_tells_ten_changes_as_one_state_the_newest(self, changed, tell, queue):
        for n in range(10):
            changed("a", label=f"as of {n}")

        assert (tell(), tell()) == (1, 0)

        assert told(queue) == {"a": {"id": "a", "version": 10, "label": "as of 9"}}

    def test_sends_many_to_a_message(self, database, db, events, tell, queue):
        db.things.insert_many([{"_id": str(n), "version": 1, "label": "x"} for n in range(450)])
        database.transact(outbox.changed, events.Thing, {str(n): 1 for n in range(450)})

        assert [tell(), tell(), tell(), tell()] == [200, 200, 50, 0]

        assert len(told(queue, messages=3)) == 450

    def test_tells_a_root_that_is_gone_by_its_version_alone(self, changed, db, tell, queue):
        changed("a", label="x")
        changed("a", gone=True)

        tell()

        assert told(queue) == {"a": {"id": "a", "version": 2, "gone": True}}

    def test_keeps_the_marks_while_the_broker_is_away(self, changed, database, db, events, tell, queue):
        changed("a", label="x")

        def away(*_, **__):
            raise ConnectionError

        with pytest.raises(ConnectionError):
            relay.publish_states(away, database, {events.Thing: Told("things", things)})

        assert tell() == 1
        assert list(told(queue)) == ["a"]

    def test_settles_the_marks_in_bulk(self, changed, tell, profiled):
        for n in range(20):
            changed(str(n), label="x")

        tell()

        # One bulk write, whose deletes the profiler lists one by one, is one session statement: they share its id.
        removed = [row for row in profiled() if row["op"] == "remove" and row["ns"].endswith(".changes")]
        assert len(removed) == 20
        assert len({str(row.get("command", {}).get("lsid")) + str(row.get("txnNumber")) for row in removed}) == 1


class TestARootThatCannotBeTold:
    @pytest.fixture
    def compose(self):
        def refusing(tx, ids):
            rows = things(tx, ids)
            if any(row["label"] == "bad" for row in rows):
                message = "cannot be told"
                raise ValueError(message)
            return rows

        return refusing

    def test_does_not_stop_the_others(self, changed, tell, compose, queue, caplog):
        for id_, label in (("a", "x"), ("b", "bad"), ("c", "x")):
            changed(id_, label=label)

        tell(compose)

        assert sorted(told(queue)) == ["a", "c"]
        assert [record.root for record in caplog.records if record.levelname == "ERROR"] == ["b"]

    def test_is_not_tried_again_and_again(self, changed, tell, compose, db):
        changed("b", label="bad")

        assert [tell(compose), tell(compose)] == [1, 0]
        assert [row["_id"]["id"] for row in db.changes.find({"stuck": True})] == ["b"]

    def test_is_told_once_it_was_changed(self, changed, tell, compose, queue):
        changed("b", label="bad")
        tell(compose)

        changed("b", label="good")

        assert tell(compose) == 1
        assert told(queue)["b"]["label"] == "good"

    def test_is_another_thing_than_a_fault_of_mongodb(self, changed, tell, db):
        def refusing(tx, ids):
            return list(tx.db.things.find({"$nonsense": 1}, session=tx.session))

        changed("a", label="x")

        with pytest.raises(OperationFailure):
            tell(refusing)
        assert db.changes.count_documents({"stuck": None}) == 1


class TestTheMomentThatIsTold:
    def test_is_one_for_a_root_and_what_belongs_to_it(self, changed, tell, db, queue):
        def compose(tx, ids):
            rows = things(tx, ids)
            if rows[0]["version"] == 1:
                changed("a", label="two", parts=["two"])
            belonging = {row["_id"]: row for row in tx.db.things.find({"_id": {"$in": ids}}, session=tx.session)}
            return [row | {"parts": belonging[row["id"]]["parts"]} for row in rows]

        changed("a", label="one", parts=["one"])

        assert (tell(compose), told(queue)["a"]["parts"]) == (1, ["one"])
        assert (tell(compose), told(queue)["a"]["parts"]) == (1, ["two"])

    def test_never_shows_a_mark_before_its_root(self, database, changed, events):
        """Without a snapshot, 1 % of new roots were told as gone."""
        writer = threading.Thread(target=lambda: [changed(str(n), label="x") for n in range(400)])
        states = []

        def publish(name, event_id, payload, headers):
            states.extend(payload)

        writer.start()
        while writer.is_alive() or relay.publish_states(publish, database, {events.Thing: Told("things", things)}):
            relay.publish_states(publish, database, {events.Thing: Told("things", things)})
        writer.join()

        assert len({row["id"] for row in states}) == 400
        assert [row for row in states if row.get("gone")] == []
