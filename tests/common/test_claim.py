"""Claiming a root: what makes a rule over several documents hold."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.common import mongo
from services.common.errors import Outdated


@pytest.fixture
def root(database, db):
    db.things.insert_one({"_id": "a", "version": 1})
    return "a"


class TestClaimingARoot:
    def test_counts_its_version_up(self, database, root):
        assert [database.transact(mongo.claim, "things", root) for _ in range(2)] == [2, 3]

    def test_that_is_not_there_gives_nothing(self, database, db):
        assert database.transact(mongo.claim, "things", "nobody") is None
        assert db.things.count_documents({}) == 0

    def test_that_is_gone_gives_nothing_and_leaves_its_tombstone(self, database, db):
        db.things.insert_one({"_id": "b", "version": 4, "gone": True})

        assert database.transact(mongo.claim, "things", "b") is None
        assert db.things.find_one() == {"_id": "b", "version": 4, "gone": True}

    def test_at_the_version_that_was_seen_succeeds(self, database, root):
        assert database.transact(mongo.claim, "things", root, expected=1) == 2

    @pytest.mark.parametrize("seen", [0, 2, -1])
    def test_at_another_version_is_refused_and_counts_nothing(self, database, db, root, seen):
        with pytest.raises(Outdated):
            database.transact(mongo.claim, "things", root, expected=seen)

        assert db.things.find_one()["version"] == 1

    def test_lets_one_of_eight_through_where_a_rule_spans_documents(self, database, db, root):
        def add_the_only_part(tx, n):
            mongo.claim(tx, "things", root)
            if tx.db.notes.count_documents({"of": root}, session=tx.session):
                return False
            tx.db.notes.insert_one({"of": root, "n": n}, session=tx.session)
            return True

        for _ in range(5):
            db.notes.delete_many({})
            with ThreadPoolExecutor(8) as pool:
                added = list(pool.map(lambda n: database.transact(add_the_only_part, n), range(8)))

            assert (added.count(True), db.notes.count_documents({})) == (1, 1)

    def test_with_the_version_seen_lets_one_of_eight_editors_through(self, database, db, root):
        def edit(n):
            try:
                return database.transact(mongo.claim, "things", root, expected=1)
            except Outdated:
                return None

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(edit, range(8)), key=bool) == [None] * 7 + [2]

        assert db.things.find_one()["version"] == 2
