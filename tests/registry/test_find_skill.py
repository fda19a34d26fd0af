"""Finding skills in the taxonomy."""

import pytest


@pytest.fixture
def visitor(client):
    return client("registry", None)


def found(answer):
    return [skill["id"] for skill in answer.json]


class TestListingSkills:
    def test_gives_each_once_over_its_pages(self, visitor):
        seen, path = [], "/v1/skills?limit=7"
        while path:
            answer = visitor.get(path)
            seen += found(answer)
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")

        assert len(seen) == len(set(seen)) == 30
        assert seen == sorted(seen)


class TestSearchingSkills:
    @pytest.mark.parametrize(
        "q", ["smaw-welding", "las listrik", "LISTRIK Las", "  las\tlistr ", "shielded weld", "3g"]
    )
    def test_finds_one_by_the_words_of_its_labels_synonyms_or_id(self, visitor, q):
        assert found(visitor.get("/v1/skills", query_string={"q": q})) == ["smaw-welding"]

    def test_finds_all_that_have_all_the_words(self, visitor):
        assert {"welding", "smaw-welding", "gtaw-welding"} <= set(found(visitor.get("/v1/skills?q=las")))
        assert found(visitor.get("/v1/skills?q=las+pipa")) == ["gtaw-welding"]

    def test_keeps_to_its_words_on_the_next_page(self, visitor):
        first = visitor.get("/v1/skills?q=las&limit=1")

        second = visitor.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert len(found(second)) == 1
        assert found(visitor.get("/v1/skills?q=las"))[:2] == found(first) + found(second)

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("tukang sihir", []),
            ("elding", []),
            ("las .*x", []),
            ("coa.", ["coal-processing"]),
            ("(kopi$", ["coffee-brewing"]),
        ],
    )
    def test_takes_words_for_beginnings_and_never_for_patterns(self, visitor, q, expected):
        assert found(visitor.get("/v1/skills", query_string={"q": q})) == expected


class TestShowingASkill:
    def test_gives_its_labels_in_both_languages(self, visitor):
        answer = visitor.get("/v1/skills/smaw-welding")

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
        assert (answer.json["label_id"], answer.json["group"]) == ("Pengelasan SMAW", "metalwork")
        assert answer.json["label_en"] == "Shielded metal arc welding (SMAW)"
        assert "las listrik" in answer.json["synonyms"]

    def test_again_unchanged_sends_no_body(self, visitor):
        answer = visitor.get("/v1/skills/smaw-welding", headers={"If-None-Match": '"1"'})

        assert (answer.status_code, answer.data) == (304, b"")

    def test_that_is_not_there_is_said_in_the_clients_language(self, visitor):
        indonesian = visitor.get("/v1/skills/magic")
        english = visitor.get("/v1/skills/magic", headers={"Accept-Language": "en"})

        assert (indonesian.status_code, indonesian.json["type"]) == (404, "skill-unknown")
        assert indonesian.json["title"] == "Tidak ada keterampilan dengan kode ini."
        assert english.json["title"] == "No skill has this id."
