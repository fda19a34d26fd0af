"""Deciding which skill a text means that nobody was sure of: remembered, told to workers, taken back."""

import pytest

from services.registry.database import database
from services.registry.skill import store
from services.registry.skill.commands import DECIDED
from services.registry.skill.model import text_key
from tests.registry.test_skill_reviews import decide, listed, note, unsure


def read(text):
    return store.naming(database.reader()).read(text)


def jobs():
    return list(database.reader().db.jobs.find({"kind": DECIDED}))


class TestDecidingWhatATextMeans:
    @pytest.fixture(autouse=True)
    def _noted(self):
        assert read("kang setrum las").concept is None
        note(unsure("Kang setrum las"))

    def test_answers_with_what_was_decided_and_by_whom(self, client):
        answer = decide(client("registry", "officer", account="o-1"), "smaw-welding")

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert (answer.json["state"], answer.json["skill"]) == ("decided", "smaw-welding")
        assert [(each["skill"], each["by"]) for each in answer.json["history"]] == [("smaw-welding", "o-1")]

    def test_reads_the_text_so_from_now_on(self, officer, client):
        decide(officer, "smaw-welding")

        assert (read("KANG SETRUM LAS").concept, read("kang setrum las").how) == ("smaw-welding", "exact")
        assert client("registry", None).get("/v1/skills?q=kang+setrum").json[0]["id"] == "smaw-welding"

    def test_holds_at_every_level_that_the_text_may_say(self, officer):
        note(unsure("Kang setrum las level 2"), unsure("kang setrum las (3)"))
        assert [(review["text"], review["count"]) for review in listed(officer)] == [("Kang setrum las", 3)]

        decide(officer, "smaw-welding")

        found = [read("kang setrum las level 2"), read("Kang Setrum Las (3)")]
        assert [(each.concept, each.level) for each in found] == [("smaw-welding", 2), ("smaw-welding", 3)]

    def test_asks_for_a_job_that_lets_workers_have_it(self, officer):
        answer = decide(officer, "smaw-welding")

        [job] = jobs()
        assert (job["_id"], job["subject"], job["state"]) == (answer.json["job"], answer.json["id"], "queued")
        [asked] = database.reader().db.facts.find({"name": "registry.skill.decided"})
        assert (asked["payload"], asked["to"]) == ({"job": job["_id"]}, "registry.work")

    def test_that_it_is_no_skill_is_remembered_and_not_asked_again(self, officer):
        decide(officer, None)
        note(unsure("kang setrum las"))

        assert listed(officer) == []
        assert listed(officer, state="decided")[0]["count"] == 2
        assert read("kang setrum las").concept is None
        keys = [text_key("Kang Setrum Las"), text_key("las apa saja")]
        assert store.dismissed(database.reader(), keys) == {"kang setrum las"}

    def test_once_more_counts_instead_of_the_first_and_both_are_told(self, officer):
        review = decide(officer, "welding").json["id"]

        answer = decide(officer, "baking", review)

        assert answer.json["skill"] == "baking"
        assert [each["skill"] for each in answer.json["history"]] == ["welding", "baking"]
        assert read("kang setrum las").concept == "baking"
        assert len(jobs()) == 2

    def test_that_it_was_no_skill_can_be_taken_back(self, officer):
        review = decide(officer, None).json["id"]

        decide(officer, "welding", review)

        assert read("kang setrum las").concept == "welding"
        assert store.dismissed(database.reader(), ["kang setrum las"]) == set()

    def test_with_a_repeated_key_happens_once(self, officer):
        review = listed(officer)[0]["id"]
        first, second = (decide(officer, "welding", review, **{"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.json) == (200, first.json)
        assert (len(first.json["history"]), len(jobs())) == (1, 1)

    def test_for_a_skill_that_is_not_there_is_refused_with_those_near_it(self, officer):
        answer = decide(officer, "smaw-weldin")

        assert (answer.status_code, answer.json["type"]) == (422, "skills-unknown")
        assert "smaw-welding" in answer.json["errors"]["/skill"][0]
        assert (listed(officer)[0]["state"], jobs()) == ("open", [])
        assert read("kang setrum las").concept is None

    @pytest.mark.parametrize("body", [{}, {"skill": ""}, {"skill": 7}, {"skill": "welding", "level": 3}])
    def test_needs_a_skill_or_null(self, officer, body):
        review = listed(officer)[0]["id"]

        assert officer.post(f"/v1/skill-reviews/{review}/decision", json=body).status_code == 422

    def test_that_nobody_noted_is_not_there(self, officer):
        assert decide(officer, "welding", "0" * 24).status_code == 404
        assert officer.get(f"/v1/skill-reviews/{'0' * 24}").status_code == 404
        assert jobs() == []

    def test_is_for_officers_only(self, client, officer):
        review = listed(officer)[0]["id"]

        assert decide(client("registry", "institution", own="x"), "welding", review).status_code == 403

    def test_comes_before_what_the_taxonomy_says_of_the_same_text(self, officer):
        note(unsure("tukang las"))
        review = next(each["id"] for each in listed(officer) if each["text"] == "tukang las")
        assert read("tukang las").concept == "welding"

        decide(officer, "smaw-welding", review)

        assert read("tukang las").concept == "smaw-welding"
