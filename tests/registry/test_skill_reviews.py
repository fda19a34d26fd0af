"""Texts of skills that nobody was sure of: kept and shown to an officer; and the index that reads them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.reference.naming import Hit, Reading
from services.registry.database import database
from services.registry.skill import store

BEST = (Hit("welding", 0.7, "las"), Hit("smaw-welding", 0.6, "las SMAW"), Hit("baking", 0.2, "kue"))


def unsure(text, best=BEST):
    return Reading(text, None, None, "unsure", best)


def note(*readings):
    database.transact(store.note_unsure, readings)


def listed(officer, **asked):
    return officer.get("/v1/skill-reviews", query_string=asked).json


def decide(officer, skill, review=None, **headers):
    review = review or listed(officer)[0]["id"]
    return officer.post(f"/v1/skill-reviews/{review}/decision", json={"skill": skill}, headers=headers)


class TestNotingATextThatIsUnsure:
    def test_keeps_it_with_the_best_three(self, officer):
        note(unsure("Kang Las Keliling"))

        [review] = listed(officer)
        assert (review["text"], review["count"], review["state"], review["skill"]) == (
            "Kang Las Keliling", 1, "open", None,
        )  # fmt: skip
        assert [(hit["skill"], hit["score"]) for hit in review["best"]] == [(hit.concept, hit.score) for hit in BEST]
        assert review["first_seen"] == review["last_seen"]

    def test_counts_it_however_it_is_written_and_keeps_its_first_form(self, officer):
        note(unsure("Kang Las"), unsure("kang  las."), unsure("tari tradisi"))
        note(unsure("KANG LAS", best=()))

        reviews = {review["text"]: review for review in listed(officer)}
        assert {text: review["count"] for text, review in reviews.items()} == {"Kang Las": 3, "tari tradisi": 1}
        assert reviews["Kang Las"]["best"] == []
        assert reviews["Kang Las"]["first_seen"] < reviews["Kang Las"]["last_seen"]

    def test_counts_it_right_when_many_meet_it_at_once(self, officer):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: note(unsure("kang las"), unsure("tari tradisi")), range(16)))

        assert {(review["text"], review["count"]) for review in listed(officer)} == {
            ("kang las", 16),
            ("tari tradisi", 16),
        }

    def test_keeps_nothing_that_was_sure_or_says_nothing(self, officer):
        note(Reading("las", "welding", None, "exact", BEST), unsure("  "))
        note()

        assert listed(officer) == []

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("las 6311014107959001", "las ######"),
            ("masak, hub. 0812-0000-1234", "masak, hub. ######"),
            ("hp +62 812 0000 1234 jahit", "hp ###### jahit"),
            ("6311.0141.0795.9001", "######"),
            ("6311\u200b01\u200b4107959001", "######"),
            ("desain, siti.c@example.com", "desain, ######"),
            ("SMAW 3G 2024", "SMAW 3G 2024"),
            ("unit C.24LAS01.028.1", "unit C.24LAS01.028.1"),
        ],
    )
    def test_masks_numbers_and_addresses_that_lead_to_a_person(self, officer, text, kept):
        note(unsure(text))

        assert [review["text"] for review in listed(officer)] == [kept]
        row = str(database.reader().db.skill_reviews.find_one())
        assert [part for part in ("6311", "1234", "siti") if part in row] == []

    def test_keeps_what_looks_like_a_statement_of_the_database_as_text(self, officer):
        note(unsure("$count"), unsure("$$NOW"))

        assert {review["text"] for review in listed(officer)} == {"$count", "$$NOW"}

    def test_cuts_a_text_without_end(self, officer):
        note(unsure("las " * 2_000))

        assert len(listed(officer)[0]["text"]) == 200


class TestListingTextsUnderReview:
    def test_gives_the_most_frequent_first_each_once_over_its_pages(self, officer):
        for number in range(1, 6):
            note(*[unsure(f"teks ke-{number}")] * (number // 2 + 1))

        seen, path = [], "/v1/skill-reviews?limit=2"
        while path:
            answer = officer.get(path)
            seen += [(review["count"], review["text"]) for review in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")

        assert [count for count, _ in seen] == [3, 3, 2, 2, 1]
        assert len({text for _, text in seen}) == 5

    def test_takes_no_cursor_of_another_list(self, officer):
        cursor = officer.get("/v1/skills?limit=1").headers["Link"].partition("cursor=")[2].partition(">")[0]

        assert officer.get("/v1/skill-reviews", query_string={"cursor": cursor}).status_code == 422

    def test_shows_those_that_are_open_unless_the_others_are_asked_for(self, officer):
        note(unsure("kang las"), unsure("tari tradisi"), unsure("tari tradisi"))
        decide(officer, None)

        assert [review["text"] for review in listed(officer)] == ["kang las"]
        assert [review["text"] for review in listed(officer, state="decided")] == ["tari tradisi"]

    def test_is_for_officers_only(self, client):
        for role in ("worker", "employer", "institution", "executive"):
            assert client("registry", role, own="x").get("/v1/skill-reviews").status_code == 403
        assert client("registry", None).get("/v1/skill-reviews").status_code == 401


class TestTheIndexOfNames:
    def test_is_built_once_until_something_is_decided(self, officer):
        before = store.naming(database.reader())
        note(unsure("kang las"))
        assert store.naming(database.reader()) is before

        decide(officer, "welding")

        assert store.naming(database.reader()) is not before

    def test_is_one_for_all_threads_of_a_process(self, officer):
        note(unsure("kang las"))
        decide(officer, "welding")

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: store.naming(database.reader()), range(16)))

        assert {id(index) for index in found} == {id(found[0])}
