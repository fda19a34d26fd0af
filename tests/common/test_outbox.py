"""What a service has to tell is written in the transaction that makes it true."""

import pytest
from marshmallow import ValidationError

from services.common import outbox, telemetry
from services.common.errors import Refused


def tell_and_refuse(tx, events):
    outbox.tell(tx, events.Noted, note="never happened")
    outbox.changed(tx, events.Thing, {"a": 1})
    raise Refused


class TestTheOutbox:
    def test_holds_what_a_commit_tells(self, database, db, events):
        database.transact(outbox.tell, events.Noted, note="happened")

        row = db.facts.find_one()
        assert (row["name"], row["payload"], row["waiting"]) == (events.Noted.name, {"note": "happened"}, True)

    def test_holds_nothing_of_a_command_that_was_refused(self, database, db, events):
        with pytest.raises(Refused):
            database.transact(tell_and_refuse, events)

        assert (db.facts.count_documents({}), db.changes.count_documents({})) == (0, 0)

    @pytest.mark.parametrize("said", [{}, {"note": None}, {"note": "n", "do": None}])
    def test_refuses_a_fact_that_is_not_what_it_promises(self, database, db, events, said):
        with pytest.raises(ValidationError):
            database.transact(outbox.tell, events.Noted, **said)

        assert db.facts.count_documents({}) == 0

    def test_holds_one_mark_for_many_changes_at_the_highest_version(self, database, db, events):
        for version in (1, 3, 2):
            database.transact(outbox.changed, events.Thing, {"a": version})

        assert [(row["_id"]["id"], row["version"]) for row in db.changes.find()] == [("a", 3)]

    def test_takes_no_changes_as_none(self, database, db, events):
        database.transact(outbox.changed, events.Thing, {})

        assert db.changes.count_documents({}) == 0

    def test_keeps_the_requests_id_with_what_is_told(self, database, db, events):
        telemetry.bind("request-1")

        database.transact(outbox.tell, events.Noted, note="n")
        database.transact(outbox.changed, events.Thing, {"a": 1})

        assert db.facts.find_one()["headers"] == telemetry.trace()
        assert db.changes.find_one()["request_id"] == "request-1"

    def test_never_lets_what_is_not_told_yet_expire(self, database, db, events):
        database.transact(outbox.tell, events.Noted, note="n")

        expires_by = db.facts.index_information()["expiry"]["key"][0][0]
        assert expires_by not in db.facts.find_one()
