"""A fact's effect: once, with its mark or not at all, however many consumers have it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo.errors import OperationFailure

from services.common import inbox
from services.common.bus import Wrong


def note(tx, heard):
    tx.db.notes.insert_one(dict(heard), session=tx.session)


@pytest.fixture
def hear(database, events):
    """Handle a fact as the consumer does, with an effect."""

    def heard(event_id, payload, react=note):
        handlers = inbox.listen(database, states={}, facts={events.Noted: react})
        handlers[events.Noted.name](event_id=event_id, payload=payload)

    return heard


class TestHearingAFact:
    def test_has_its_effect_once_though_it_comes_again(self, hear, db):
        for _ in range(3):
            hear("e-1", {"note": "n"})

        assert db.notes.count_documents({}) == 1

    def test_has_its_effect_once_though_eight_consumers_have_it_at_once(self, hear, db):
        together = threading.Barrier(8)

        def hear_together(_):
            together.wait()
            hear("e-1", {"note": "n"})

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(hear_together, range(8)))

        assert db.notes.count_documents({}) == 1

    @pytest.mark.parametrize("fault", [ValueError, OperationFailure("no", 2)])
    def test_leaves_neither_effect_nor_mark_when_it_fails_and_can_be_heard_again(self, hear, db, fault):
        def fail(tx, heard):
            note(tx, heard)
            raise fault

        with pytest.raises((ValueError, OperationFailure)):
            hear("e-1", {"note": "n"}, fail)
        assert (db.notes.count_documents({}), db.inbox.count_documents({})) == (0, 0)

        hear("e-1", {"note": "n"})
        assert db.notes.count_documents({}) == 1

    def test_drops_fields_that_are_not_known(self, hear, db):
        hear("e-1", {"note": "n", "since": "a later version"})

        assert "since" not in db.notes.find_one()

    @pytest.mark.parametrize("payload", [{}, {"note": {"$ne": None}}, {"note": 1}, "text", None])
    def test_of_a_wrong_shape_is_no_matter_of_waiting(self, hear, db, payload):
        with pytest.raises(Wrong) as wrong:
            hear("e-1", payload)

        assert wrong.value.payload == payload
        assert db.inbox.count_documents({}) == 0


class TestHearingStates:
    @pytest.fixture
    def keep(self, database, events):
        """Return what a message's states came to: those that were kept, and what is wrong with the others."""

        def kept(payload, refuses=None):
            taken = []

            def take(tx, rows):
                taken.extend(rows)
                return refuses

            try:
                inbox.listen(database, states={events.Thing: take}, facts={})[events.Thing.name](
                    event_id="e", payload=payload
                )
            except Wrong as wrong:
                return taken, wrong.payload
            return taken, []

        return kept

    def test_keeps_a_tombstone_by_its_version_alone(self, keep):
        rows, wrong = keep([{"id": "a", "version": 2, "gone": True}])

        assert (rows, wrong) == ([{"id": "a", "version": 2, "gone": True}], [])

    @pytest.mark.parametrize(
        "bad", [{"id": "b", "version": 1}, {"version": 1, "label": "x"}, {"id": "b", "label": "x"}]
    )
    def test_sets_only_the_wrong_ones_aside(self, keep, bad):
        right = {"id": "a", "version": 1, "label": "x"}

        rows, wrong = keep([right, bad])

        assert ([row["id"] for row in rows], wrong) == (["a"], [bad])

    def test_sets_aside_what_the_listener_itself_refuses(self, keep):
        states = [{"id": id_, "version": 1, "label": "x"} for id_ in "ab"]

        _, wrong = keep(states, refuses={"b": "does not fit"})

        assert wrong == [states[1]]
