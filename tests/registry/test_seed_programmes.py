"""Seeding the programmes that come with the platform."""

import re

import pytest

from services.registry.database import database
from services.registry.programme import store
from services.registry.skill import store as skills
from tests.registry import programmes


@pytest.fixture(autouse=True)
def _none_yet():
    with programmes.none_there():
        yield


def seed():
    database.transact(store.seed)
    return {each.id: each for each in store.page(database.reader(), after=None, limit=1000)}


def rows():
    return list(database.reader().db.programmes.find().sort("_id"))


class TestSeedingProgrammes:
    def test_gives_each_a_slug_hours_and_skills_of_the_taxonomy(self):
        there = seed()

        assert len(there) >= 25
        assert [id_ for id_ in there if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)] == []
        assert all(each.version == 1 and each.hours > 0 and each.skills for each in there.values())
        taught = {f"{id_} {taught.skill}": taught.skill for id_, each in there.items() for taught in each.skills}
        skills.check(database.reader(), taught)
        assert all(1 <= taught.level <= 5 for each in there.values() for taught in each.skills)

    def test_reads_other_names_and_schemes(self):
        assert {"Las SMAW", "SMAW 3G"} <= set(seed()["las-smaw-3g"].aliases)
        assert "Plate Welder SMAW 3G" in seed()["las-smaw-3g"].schemes

    def test_finds_each_by_each_of_its_names(self):
        there = seed()
        naming = store.naming(database.reader())

        said = {(id_, name) for id_, each in there.items() for name in (each.name, *each.aliases, *each.schemes)}
        assert {(id_, name, naming.find(name)) for id_, name in said if naming.find(name) != id_} == set()

    def test_again_changes_nothing(self):
        seed()
        before = rows()

        seed()

        assert rows() == before

    def test_brings_one_that_differs_back_at_a_new_version(self):
        before = seed()["barista"]
        database.reader().db.programmes.update_one({"_id": "barista"}, {"$set": {"hours": 1}, "$inc": {"version": 4}})

        after = seed()["barista"]

        assert (after.hours, after.version) == (before.hours, 6)

    def test_leaves_one_that_was_made_by_hand_under_the_same_name(self, officer):
        said = {"name": "BARISTA", "hours": 8, "skills": [{"skill": "english", "level": 1}]}
        made = officer.post("/v1/programmes", json=said).json

        there = seed()

        assert "barista" not in there
        assert officer.get(f"/v1/programmes/{made['id']}").json == made
        assert store.naming(database.reader()).find("Barista") == made["id"]
