"""Somebody looks for people, by skills or in words: first how many there are."""

import pytest

from tests.matching.heard import HALONG, PARINGIN, a_certificate, a_skill, a_worker, hear

SKILLS = (
    a_skill("welding", "Pengelasan", "Welding"),
    a_skill("smaw", "Las listrik", "SMAW welding", broader="welding"),
    a_skill("safety", "Keselamatan kerja", "Work safety", synonyms=["K3"]),
)


@pytest.fixture(autouse=True)
def people():
    hear(
        *SKILLS,
        a_worker("w-1", skills={"smaw": 4, "safety": 2}),
        a_worker("w-2", skills={"smaw": 2}, education="S1"),
        a_worker("w-3", skills={"welding": 3}, district=HALONG),
        a_worker("w-4", skills={"safety": 5}, certificates=[a_certificate("safety")]),
        a_worker("w-5", skills={"smaw": 5}, visibility="hidden"),
        a_worker("w-6", skills={"smaw": 5}, hidden_from=["e-1"]),
    )


@pytest.fixture
def search(client):
    def ask(role="officer", query="", own=None, language="en", **asked):
        http = client("matching", role, own=own)
        said = {"district": PARINGIN, "starts_on": "2026-12-01", "employer_id": own} | asked
        return http.post(f"/v1/searches{query}", json=said, headers={"Accept-Language": language})

    return ask


def found(answer):
    return {item["person"] for item in answer.json["items"]}


class TestASearch:
    @pytest.mark.parametrize("text", ["las listrik", "SMAW welding", "las litrik"])
    def test_in_words_of_either_language_finds_those_who_have_the_skill(self, search, text):
        answer = search(text=text)

        assert [(each["skill"], each["label"]) for each in answer.json["read"]] == [("smaw", "SMAW welding")]
        assert (answer.json["total"], found(answer)) == (3, {"w-1", "w-2", "w-6"})

    def test_for_a_broader_skill_finds_who_has_a_kind_of_it(self, search):
        assert found(search(text="pengelasan")) == {"w-1", "w-2", "w-3", "w-6"}

    def test_for_several_finds_who_has_all_of_them(self, search):
        assert found(search(text="las listrik, K3")) == {"w-1"}

    def test_by_skills_takes_levels_and_what_is_only_nice_to_have(self, search):
        needs = [{"skill": "smaw", "min_level": 3}, {"skill": "safety", "min_level": 5, "must": False}]

        answer = search(skills=needs)

        assert found(answer) == {"w-1", "w-6"}
        assert answer.json["items"][0]["person"] == "w-1"

    def test_counts_by_district_and_education(self, search):
        answer = search(text="las").json

        assert answer["districts"] == {PARINGIN: 3, HALONG: 1}
        assert answer["education"] == {"SMA": 3, "SMK": 3, "S1": 1, "D4": 1}

    def test_of_an_employer_shows_pseudonyms_and_nobody_who_hides_from_it(self, search):
        mine, others = (
            search("employer", own="e-1", text="las listrik"),
            search("employer", own="e-2", text="las listrik"),
        )

        assert (mine.json["total"], others.json["total"]) == (2, 3)
        assert not found(mine) & {"w-1", "w-2"}
        assert not found(mine) & found(others)

    def test_comes_in_pages(self, search):
        first = search(query="?limit=2", text="las")
        link = first.headers["Link"].partition("?")[2].partition(">")[0]

        second = search(query=f"?{link}", text="las")

        assert len(found(first)) == len(found(second)) == 2
        assert found(first) | found(second) == {"w-1", "w-2", "w-3", "w-6"}

    def test_that_finds_nobody_says_why_and_what_would_help(self, search):
        answer = search(skills=[{"skill": "smaw", "min_level": 3}], education="S1").json

        assert (answer["total"], answer["items"]) == (0, [])
        assert answer["empty"]["emptied_by"]["skill"] == "smaw"
        relaxed = {each["condition"]: each["total"] for each in answer["empty"]["relaxations"]}
        assert relaxed == {"must_have_skill": 1, "education": 2}

    def test_is_not_for_workers(self, search):
        assert search("worker", own="w-1", text="las").status_code == 403


class TestABadSearch:
    def test_names_an_unknown_skill_with_those_near_it(self, search):
        answer = search(skills=[{"skill": "smav"}], certificates=["saftey"])

        assert answer.status_code == 422
        assert "smaw" in answer.json["errors"]["/skills/0/skill"][0]
        assert "safety" in answer.json["errors"]["/certificates/0"][0]

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"text": "xyzzy"},
            {"skills": [{"skill": "smaw"}, {"skill": "smaw", "min_level": 2}]},
            {"skills": [{"skill": "smaw", "min_level": 6}]},
            {"skills": [{"skill": "smaw", "weight": -1}]},
            {"skills": [{"skill": "smaw"}] * 51},
            {"text": "las", "district": "00.00.00"},
            {"text": "las", "education": "Ph.D."},
        ],
    )
    def test_is_refused_with_what_to_do(self, search, asked):
        answer = search(**asked)

        assert (answer.status_code, bool(answer.json["title"])) == (422, True)

    def test_with_weights_of_zero_counts_all_alike(self, search):
        needs = [{"skill": skill, "weight": 0, "must": False} for skill in ("smaw", "safety")]

        parts = search(skills=needs).json["items"][0]["parts"]["skills"]

        assert [part["weight"] for part in parts] == [0.5, 0.5]

    def test_of_conditions_that_contradict_each_other_finds_nobody_and_says_so(self, search):
        answer = search(text="las", kind="internship", certificates=["safety", "smaw"], starts_on="1999-01-01")

        assert answer.json["total"] == 0
        assert answer.json["empty"]["emptied_by"]["condition"]
