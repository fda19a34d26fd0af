"""The pool of a process follows what is written, whatever happens to the stream."""

from random import Random

import pytest
from pymongo.errors import OperationFailure

from services.common.mongo import new_id
from services.matching.database import database
from services.matching.engine.links import Taxonomy
from services.matching.engine.score import Scale
from services.matching.engine.weights import Rarity
from services.matching.pool import store
from services.matching.pool.store import PEOPLE, Following
from tests.matching.heard import a_worker, gone, hear
from tests.matching.parties import need, requirement
from tests.waiting import until

from services import events  # isort: skip

WELDERS = Scale(requirement(need("welding", 3, must=True)), Taxonomy(), Rarity())


def found(pool):
    return {each.id for each in pool.top(WELDERS, 100)}


class TestThePool:
    def test_sees_who_comes_changes_and_goes(self):
        hear(a_worker("w-1", skills={"welding": 3}), a_worker("w-2", skills={"welding": 2}))
        first = found(PEOPLE.pool())
        hear(a_worker("w-2", 2, skills={"welding": 4}), gone(events.Worker, "w-1", 2))

        assert (first, found(PEOPLE.pool())) == ({"w-1"}, {"w-2"})

    def test_knows_a_skill_of_which_nobody_had_heard(self):
        skill = f"skill-{new_id()}"
        hear(a_worker("w-1", skills={skill: 3}))

        asked = Scale(requirement(need(skill, 3, must=True)), Taxonomy(), Rarity())
        assert [each.id for each in PEOPLE.pool().top(asked, 5)] == ["w-1"]

    def test_that_is_loaded_anew_is_as_the_one_that_followed(self):
        drawn = Random(3)
        for version in range(1, 6):
            hear(*(a_worker(f"w-{n}", version, skills={"welding": drawn.randint(1, 5)}) for n in range(60)))
        fresh = store.load(database.reader())

        assert fresh.top(WELDERS, 100) == PEOPLE.pool().top(WELDERS, 100)
        assert fresh.count(WELDERS) == PEOPLE.pool().count(WELDERS)

    def test_bears_that_one_person_changes_again_and_again(self):
        hear(a_worker("w-1", skills={"welding": 3}), a_worker("w-2", skills={"welding": 3}))
        pool = store.load(database.reader())
        row = database.reader().db.packed.find_one({"_id": "w-1"})["row"]

        for _ in range(20_000):
            pool.put("w-1", bytes(row))
        pool.put("w-2", None)

        assert (found(pool), len(pool.engine)) == ({"w-1"}, 2)

    def test_goes_on_after_its_stream_was_killed(self):
        following = Following(database)
        hear(a_worker("w-1", skills={"welding": 3}))
        assert found(following.pool()) == {"w-1"}
        _kill_streams()
        hear(a_worker("w-2", skills={"welding": 3}))

        assert until(lambda: found(following.pool()) == {"w-1", "w-2"}, within_s=10)

    def test_is_loaded_anew_when_the_history_is_lost(self, monkeypatch):
        following = Following(database)
        hear(a_worker("w-1", skills={"welding": 3}))
        first = following.pool()
        lost = iter([OperationFailure("history lost", 286)])

        def take(*_):
            for error in lost:
                raise error

        monkeypatch.setattr(following, "_take", take)
        hear(a_worker("w-2", skills={"welding": 3}))

        assert until(lambda: following.pool() is not first, within_s=10)
        assert found(following.pool()) == {"w-1", "w-2"}


def _kill_streams():
    admin = database.client.admin
    running = admin.aggregate([{"$currentOp": {"idleCursors": True}}])
    cursors = [
        op["cursor"]["cursorId"]
        for op in running
        if op.get("ns", "").startswith(database.name) and "$changeStream" in str(op.get("cursor", {}))
    ]
    assert cursors
    database.reader().db.command("killCursors", "packed", cursors=cursors)


@pytest.fixture(autouse=True)
def _ready():
    PEOPLE.pool()
