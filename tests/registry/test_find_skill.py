"""Finding skills in the taxonomy."""

import pytest

from services.registry.database import database


@pytest.fixture
def visitor(client):
    return client("registry", None)


def found(answer):
    return [skill["id"] for skill in answer.json]


def search(visitor, q, **asked):
    return found(visitor.get("/v1/skills", query_string={"q": q, **asked}))


@pytest.fixture
def retired():
    """Retire a skill for a test."""
    skills = database.reader().db.skills
    skills.update_one({"_id": "coffee-brewing"}, {"$set": {"retired": True}})
    yield "coffee-brewing"
    skills.update_one({"_id": "coffee-brewing"}, {"$set": {"retired": False}})


class TestListingSkills:
    def test_gives_each_once_over_its_pages(self, visitor):
        seen, path = [], "/v1/skills?limit=97"
        while path:
            answer = visitor.get(path)
            seen += found(answer)
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")

        assert len(seen) == len(set(seen)) == database.reader().db.skills.count_documents({})
        assert seen == sorted(seen)

    def test_can_keep_to_a_group_or_to_the_kinds_of_one(self, visitor):
        group = visitor.get("/v1/skills?group=metalwork").json
        kinds = found(visitor.get("/v1/skills?broader=welding"))

        assert {"welding", "smaw-welding"} <= {skill["id"] for skill in group}
        assert {skill["group"] for skill in group} == {"metalwork"}
        assert "smaw-welding" in kinds
        assert kinds == sorted(visitor.get("/v1/skills/welding").json["narrower"])

    def test_leaves_out_those_that_retired(self, visitor, retired):
        assert retired not in found(visitor.get("/v1/skills?group=hospitality"))


class TestSearchingSkills:
    @pytest.mark.parametrize(
        "q", ["smaw-welding", "las listrik", "LISTRIK Las", "  las\tlistrk ", "shielded metal arc weld", "smaw 3g"]
    )
    def test_puts_first_what_its_words_name_however_they_are_written(self, visitor, q):
        assert search(visitor, q)[0] == "smaw-welding"

    def test_finds_what_comes_near_after_it(self, visitor):
        assert {"smaw-welding", "gtaw-welding"} <= set(search(visitor, "las")[1:])

    def test_gives_the_best_and_no_second_page(self, visitor):
        answer = visitor.get("/v1/skills?q=las&limit=3")

        assert found(answer) == search(visitor, "las")[:3]
        assert "Link" not in answer.headers

    def test_refuses_to_go_on_with_a_page_of_something_else(self, visitor):
        cursor = visitor.get("/v1/skills?limit=1").headers["Link"].partition("cursor=")[2].partition(">")[0]

        answer = visitor.get("/v1/skills", query_string={"q": "las", "cursor": cursor})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"?cursor"})

    def test_keeps_to_a_group_too(self, visitor):
        everywhere, there = search(visitor, "mesin", limit=200), search(visitor, "mesin", limit=3, group="automotive")

        groups = {skill["id"]: skill["group"] for skill in visitor.get("/v1/skills?group=automotive&limit=200").json}
        assert there == [skill for skill in everywhere if skill in groups][:3] != []

    @pytest.mark.parametrize("q", ["xqzzvk", "...", "{$}"])
    def test_finds_nothing_for_what_is_no_word(self, visitor, q):
        assert search(visitor, q) == []

    @pytest.mark.parametrize("q", ["", "  "])
    def test_without_a_word_lists_them(self, visitor, q):
        assert search(visitor, q) == found(visitor.get("/v1/skills"))


class TestShowingASkill:
    def test_gives_its_labels_in_both_languages(self, visitor):
        answer = visitor.get("/v1/skills/smaw-welding")

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
        assert (answer.json["label_id"], answer.json["group"]) == ("Pengelasan SMAW", "metalwork")
        assert answer.json["label_en"] == "Shielded metal arc welding (SMAW)"
        assert "las listrik" in answer.json["synonyms"]

    def test_gives_what_it_is_linked_to_from_both_ends(self, visitor):
        smaw = visitor.get("/v1/skills/smaw-welding").json

        assert smaw["broader"] == "welding"
        assert "smaw-welding" in visitor.get("/v1/skills/welding").json["narrower"]
        assert smaw["related"] != []
        assert all("smaw-welding" in visitor.get(f"/v1/skills/{other}").json["related"] for other in smaw["related"])

    def test_that_retired_is_still_there(self, visitor, retired):
        assert visitor.get(f"/v1/skills/{retired}").json["retired"] is True

    def test_again_unchanged_sends_no_body(self, visitor):
        answer = visitor.get("/v1/skills/smaw-welding", headers={"If-None-Match": '"1"'})

        assert (answer.status_code, answer.data) == (304, b"")

    def test_that_is_not_there_is_said_in_the_clients_language(self, visitor):
        indonesian = visitor.get("/v1/skills/magic")
        english = visitor.get("/v1/skills/magic", headers={"Accept-Language": "en"})

        assert (indonesian.status_code, indonesian.json["type"]) == (404, "skill-unknown")
        assert indonesian.json["title"] == "Tidak ada keterampilan dengan kode ini."
        assert english.json["title"] == "No skill has this id."
