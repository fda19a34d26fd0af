"""The indexes that stores declare: created once, and enough for every query of the kernel."""

import pytest
from pymongo import IndexModel
from pymongo.errors import OperationFailure

from services.common import inbox, leases, migrate, mongo, outbox, relay, work
from services.common.mongo import Once
from services.common.relay import Told

DECLARED = {"things": [IndexModel([("label", 1)], name="by_label", unique=True)], "empty": []}


@pytest.fixture
def ensure(database):
    yield lambda indexes=DECLARED: migrate.ensure_indexes(database.reader(), indexes)
    database.reader().db.things.drop_indexes()


class TestEnsuringIndexes:
    def test_creates_what_is_declared_collections_without_any_included(self, ensure, db):
        db.drop_collection("empty")

        ensure()

        assert db.things.index_information()["by_label"]["unique"]
        assert "empty" in db.list_collection_names()

    def test_again_changes_nothing_and_keeps_the_rows(self, ensure, db):
        ensure()
        db.things.insert_one({"_id": "a", "label": "x"})
        before = db.things.index_information()

        ensure()

        assert (db.things.index_information(), db.things.count_documents({})) == (before, 1)

    def test_leaves_an_index_that_is_there_and_not_declared(self, ensure, db):
        db.things.create_index("other", name="by_hand")

        ensure()

        assert {"by_label", "by_hand"} <= set(db.things.index_information())

    def test_says_so_when_one_of_that_name_is_another(self, ensure):
        ensure()

        with pytest.raises(OperationFailure):
            ensure({"things": [IndexModel([("other", 1)], name="by_label")]})


class TestTheKernelsQueries:
    def test_never_scan_a_collection(self, database, db, events, profiled):
        told = {events.Thing: Told("things", lambda tx, ids: [])}
        handlers = inbox.listen(database, states={}, facts={events.Noted: lambda tx, heard: None})

        database.transact(outbox.tell, events.Noted, note="n")
        database.transact(outbox.changed, events.Thing, {"a": 1})
        relay.publish_facts(lambda *_, **__: None, database)
        relay.publish_states(lambda *_, **__: None, database, told)
        db.things.insert_one({"_id": "a", "version": 1})
        relay.replay(lambda *_, **__: None, database, told, to=database.service)
        handlers[events.Noted.name](event_id="e", payload={"note": "n"})
        database.transact_once(Once(key="k", fingerprint="f", status=201, resource="a"), mongo.claim, "things", "a")
        job = database.transact(work.start, database.service, "count", id="j", subject="", owner="", total=0)
        work.get(database.reader(), job.id)
        leases.take(database.reader(), "relay", "a", 1)

        plans = {(row["ns"].partition(".")[2], row["planSummary"]) for row in profiled() if "planSummary" in row}
        assert {"facts", "changes", "inbox", "things", "jobs", "leases"} <= {collection for collection, _ in plans}
        assert [plan for plan in plans if "COLLSCAN" in plan[1]] == []
