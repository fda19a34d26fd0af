"""Seeding the skills of the taxonomy at the start of a deployment."""

import pytest

from services.registry import migrations
from services.registry.database import database
from services.registry.skill import store
from services.registry.skill.model import SkillsUnknown

OLD_TABLE = "id,label_id,label_en,group,synonyms\n"  # as it was before skills had links
NEW_TABLE = "id,label_id,label_en,group,synonyms,broader,related,skkni,esco\n"
WELDING = "welding,Pengelasan,Welding,metalwork,las;welder"
SMAW = "smaw-welding,Pengelasan SMAW,SMAW welding,metalwork,las listrik"


@pytest.fixture
def db():
    """Give the database, and lay its skills down again as they were: other tests stand on them."""
    db = database.reader().db
    before = list(db.skills.find())
    yield db
    db.skills.delete_many({})
    db.skills.insert_many(before)


@pytest.fixture
def seed(db, tmp_path):
    """Seed from a table of these lines alone."""

    def seed(*lines):
        table = tmp_path / "taxonomy.csv"
        table.write_text("".join(f"{line.strip()}\n" for line in lines), encoding="utf-8")
        return database.transact(store.seed, table)

    return seed


@pytest.fixture
def visitor(client):
    return client("registry", None)


def marked(db):
    return {row["_id"]["id"]: row["version"] for row in db.changes.find({"_id.name": "registry.skill"})}


def version(visitor):
    return visitor.get("/v1/taxonomy").json["version"]


class TestSeedingSkills:
    def test_again_changes_nothing_and_tells_nobody(self, db):
        before = list(db.skills.find())

        database.transact(migrations.seed)

        assert list(db.skills.find()) == before
        assert marked(db) == {}

    @pytest.mark.parametrize("change", [{"label_id": "Dulu"}, {"group": "x"}, {"synonyms": []}, {"narrower": ["x"]}])
    def test_gives_a_skill_whose_row_changed_a_new_version_and_tells_of_it_alone(self, db, change):
        before = list(db.skills.find())
        db.skills.update_one({"_id": "smaw-welding"}, {"$set": change | {"version": 7}})

        database.transact(migrations.seed)

        assert marked(db) == {"smaw-welding": 8}
        rows = {row["_id"]: row for row in db.skills.find()}
        assert rows.pop("smaw-welding")["version"] == 8
        assert list(rows.values()) == [row for row in before if row["_id"] != "smaw-welding"]

    def test_shows_what_the_row_says_now(self, db, visitor):
        shown = visitor.get("/v1/skills/smaw-welding").json
        db.skills.update_one({"_id": "smaw-welding"}, {"$set": {"label_id": "Dulu"}})

        database.transact(migrations.seed)

        assert visitor.get("/v1/skills/smaw-welding").json == shown

    def test_brings_in_a_skill_that_is_new(self, db):
        db.skills.delete_one({"_id": "coffee-brewing"})

        database.transact(migrations.seed)

        assert marked(db) == {"coffee-brewing": 1}
        assert db.skills.find_one({"_id": "coffee-brewing"})["version"] == 1

    def test_reaches_an_installation_that_was_migrated_long_ago(self, db):
        db.skills.delete_one({"_id": "coffee-brewing"})

        migrations.run()

        assert marked(db) == {"coffee-brewing": 1}

    def test_brings_one_that_was_laid_down_before_there_were_links_up_to_date(self, db):
        old = ("version", "label_id", "label_en", "group", "synonyms")
        whole = db.skills.find_one({"_id": "smaw-welding"})
        db.skills.replace_one({"_id": "smaw-welding"}, {name: whole[name] for name in old} | {"words": ["smaw"]})

        database.transact(migrations.seed)

        assert db.skills.find_one({"_id": "smaw-welding"}) == whole | {"version": 2}


class TestATaxonomyThatChanged:
    def test_is_found_by_its_new_words_at_once(self, seed, visitor):
        seed(OLD_TABLE, WELDING, SMAW)
        assert visitor.get("/v1/skills?q=karbit").json == []

        seed(OLD_TABLE, WELDING + ";las karbit", SMAW)

        assert visitor.get("/v1/skills?q=karbit").json[0]["id"] == "welding"

    def test_gives_those_it_links_a_new_version_at_both_ends(self, seed, visitor):
        seed(NEW_TABLE, WELDING + ",,,,", SMAW + ",,,,")

        changed = seed(NEW_TABLE, WELDING + ",,,,", SMAW + ",welding,,C.24LAS01.028.1;C.24LAS01.029.1,")

        assert set(changed) == {"welding", "smaw-welding"}
        assert visitor.get("/v1/skills/welding").json["narrower"] == ["smaw-welding"]
        assert visitor.get("/v1/skills/smaw-welding").json["skkni"] == ["C.24LAS01.028.1", "C.24LAS01.029.1"]

    def test_retires_a_skill_that_left_it_and_forgets_none(self, seed, visitor):
        seed(OLD_TABLE, WELDING, SMAW)

        seed(OLD_TABLE, WELDING)

        shown = visitor.get("/v1/skills/smaw-welding").json
        assert (shown["retired"], shown["label_id"]) == (True, "Pengelasan SMAW")
        assert [skill["id"] for skill in visitor.get("/v1/skills").json] == ["welding"]
        assert [skill["id"] for skill in visitor.get("/v1/skills?q=las+listrik").json] == ["welding"]
        assert visitor.get("/v1/taxonomy").json["counts"]["skills"] == 1

    def test_takes_a_skill_back_that_had_left_it(self, seed, visitor):
        seed(OLD_TABLE, WELDING, SMAW)
        first = visitor.get("/v1/skills/smaw-welding")
        seed(OLD_TABLE, WELDING)

        seed(OLD_TABLE, WELDING, SMAW)

        shown = visitor.get("/v1/skills/smaw-welding")
        assert shown.json | {"taxonomy": ""} == first.json | {"taxonomy": ""}
        assert int(shown.headers["ETag"].strip('"')) == int(first.headers["ETag"].strip('"')) + 2

    def test_leaves_a_skill_that_retired_to_those_who_hold_it(self, seed):
        seed(OLD_TABLE, WELDING, SMAW)
        seed(OLD_TABLE, WELDING)

        store.check(database.reader(), {"/skill": "smaw-welding"})
        with pytest.raises(SkillsUnknown):
            store.check(database.reader(), {"/skill": "smaw-welding"}, also_retired=False)

    def test_has_another_version_and_a_skill_says_which_one_made_it(self, seed, visitor):
        seed(OLD_TABLE, WELDING, SMAW)
        first = version(visitor)

        seed(OLD_TABLE, WELDING, SMAW + ";SMAW 3G")

        assert version(visitor) != first
        assert visitor.get("/v1/skills/smaw-welding").json["taxonomy"] == version(visitor)
        assert visitor.get("/v1/skills/welding").json["taxonomy"] == first

    def test_has_the_same_version_wherever_it_is_the_same(self, seed, visitor):
        seed(OLD_TABLE, WELDING)
        first = version(visitor)
        seed(OLD_TABLE, SMAW)

        seed(OLD_TABLE, WELDING)

        assert version(visitor) == first


class TestTheTaxonomy:
    def test_says_its_version_what_is_in_it_and_where_it_comes_from(self, seed, visitor):
        seed(NEW_TABLE, WELDING + ",,,C.24LAS01.001.1,", SMAW + ",welding,,,")

        answer = visitor.get("/v1/taxonomy")

        assert answer.status_code == 200
        assert (answer.json["id"], len(answer.json["version"])) == ("begawi", 12)
        assert {"skills": 2, "with_skkni": 1, "with_esco": 0}.items() <= answer.json["counts"].items()
        assert "kode unit SKKNI" in answer.json["attribution"]
        assert "codes of SKKNI" in visitor.get("/v1/taxonomy", headers={"Accept-Language": "en"}).json["attribution"]

    def test_that_was_never_laid_down_is_not_there(self, visitor):
        assert visitor.get("/v1/taxonomy").status_code == 404
