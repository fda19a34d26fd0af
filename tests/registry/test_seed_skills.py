"""Seeding the skills of the taxonomy at the start of a deployment."""

import pytest

from services.registry.database import database
from services.registry.migrations import seed_skills


@pytest.fixture
def db():
    """Give the database, and lay its skills down again as they were: other tests stand on them."""
    db = database.reader().db
    before = list(db.skills.find())
    yield db
    db.skills.delete_many({})
    db.skills.insert_many(before)


def marked(db):
    return {row["_id"]["id"]: row["version"] for row in db.changes.find({"_id.name": "registry.skill"})}


class TestSeedingSkills:
    def test_again_changes_nothing_and_tells_nobody(self, db):
        before = list(db.skills.find())

        seed_skills(database)

        assert list(db.skills.find()) == before
        assert marked(db) == {}

    @pytest.mark.parametrize("change", [{"label_id": "Dulu"}, {"group": "x"}, {"synonyms": []}, {"words": ["dulu"]}])
    def test_gives_a_skill_whose_row_changed_a_new_version_and_tells_of_it_alone(self, db, change):
        before = list(db.skills.find())
        db.skills.update_one({"_id": "smaw-welding"}, {"$set": change | {"version": 7}})

        seed_skills(database)

        assert marked(db) == {"smaw-welding": 8}
        rows = {row["_id"]: row for row in db.skills.find()}
        assert rows.pop("smaw-welding")["version"] == 8
        assert list(rows.values()) == [row for row in before if row["_id"] != "smaw-welding"]

    def test_shows_what_the_row_says_now(self, db, client):
        shown = client("registry", None).get("/v1/skills/smaw-welding").json
        db.skills.update_one({"_id": "smaw-welding"}, {"$set": {"label_id": "Dulu", "words": ["dulu"]}})

        seed_skills(database)

        assert client("registry", None).get("/v1/skills/smaw-welding").json == shown
        assert client("registry", None).get("/v1/skills?q=dulu").json == []

    def test_brings_in_a_skill_that_is_new(self, db):
        db.skills.delete_one({"_id": "coffee-brewing"})

        seed_skills(database)

        assert marked(db) == {"coffee-brewing": 1}
        assert db.skills.find_one({"_id": "coffee-brewing"})["version"] == 1
