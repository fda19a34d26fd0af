"""An officer asks who fits a vacancy."""

import pytest

from services.reference import regions
from tests.matching.heard import (
    BANJARMASIN,
    HALONG,
    JUAI,
    PARINGIN,
    a_certificate,
    a_need,
    a_skill,
    a_vacancy,
    a_worker,
    hear,
)


@pytest.fixture
def candidates(client):
    officer = client("matching", "officer")
    return lambda name="v-1": officer.get(f"/v1/vacancies/{name}/candidates", headers={"Accept-Language": "en"})


def ranked(answer):
    return [item["person"] for item in answer.json["items"]]


class TestCandidates:
    def test_come_with_all_that_explains_them(self, candidates):
        hear(
            a_skill("smaw", "Las SMAW", "SMAW welding"),
            a_skill("pipe", "Las pipa", "Pipe welding"),
            a_skill("safety", "K3", "Safety"),
            a_vacancy(a_need("smaw", 3, 60, must=True), a_need("pipe", 3, 40), certificates=["safety"]),
            a_worker(
                district=HALONG,
                skills={"smaw": 4, "pipe": 1, "cooking": 5},
                certificates=[a_certificate("safety"), a_certificate("cooking")],
            ),
        )
        km = regions.distance_km(PARINGIN, HALONG)
        assert 25 < km < 60

        answer = candidates().json

        [item] = answer.pop("items")
        assert answer == {
            "vacancy": {
                "id": "v-1",
                "title": "Juru las",
                "employer_name": "PT Contoh",
                "district": PARINGIN,
                "starts_on": "2026-12-01",
                "status": "published",
            },
            "engine": "thin-1",
            "total": 1,
        }
        smaw, pipe = {"skill": "smaw", "label": "SMAW welding"}, {"skill": "pipe", "label": "Pipe welding"}
        full = {"weight": 0.6, "level": 4, "min_level": 3, "credit": 1, "contribution": 0.48, "must": True}
        part = {"weight": 0.4, "level": 1, "min_level": 3, "credit": 0.333333, "contribution": 0.106667, "must": False}
        assert item == {
            "rank": 1,
            "person": "w-1",
            "district": HALONG,
            "district_name": "Halong",
            "education": "SMA",
            "availability": "available",
            "available_from": None,
            "score": 0.666667,  # 0.8 · (0.6 + 0.4 / 3) + 0.2 · 0.4
            "parts": {
                "skills": [smaw | full, pipe | part],
                "nearness": {"km": round(km, 1), "value": 0.4, "contribution": 0.08},
            },
            "matched": [smaw | {"level": 4}],
            "missing": [pipe | {"level": 1, "min_level": 3, "lacking": 2}],
            "certificates": [{"skill": "safety", "label": "Safety", "valid_until": "2027-01-01"}],
            "reasons": [
                "Has SMAW welding at level 4, asked is 3.",
                "Has Pipe welding only at level 1, asked is 3.",
                "Holds the certificate for Safety that is asked for, valid until 1 January 2027.",
                f"Lives {km:.0f} km from the workplace district.",
            ],
        }

    def test_come_the_best_first_and_equals_by_id(self, candidates):
        hear(
            a_vacancy(a_need("welding", 4)),
            a_worker("w-3", skills={"welding": 4}),
            a_worker("w-1", skills={"welding": 4}),
            a_worker("w-4", skills={"welding": 5}),
            a_worker("w-0", skills={"welding": 1}),
            a_worker("w-2", skills={"welding": 4}, district=BANJARMASIN),
        )

        answer = candidates()

        assert ranked(answer) == ["w-1", "w-3", "w-4", "w-2", "w-0"]
        assert [item["rank"] for item in answer.json["items"]] == [1, 2, 3, 4, 5]
        assert [item["score"] for item in answer.json["items"]] == [1, 1, 1, 0.82, 0.4]

    def test_are_nobody_where_nobody_is_known(self, candidates):
        hear(a_vacancy(a_need("welding")))

        assert (candidates().json["total"], candidates().json["items"]) == (0, [])

    def test_are_ranked_for_a_vacancy_without_skills_by_nearness_alone(self, candidates):
        hear(a_vacancy(), a_worker("w-1", district=JUAI), a_worker("w-2"))

        answer = candidates()

        assert ranked(answer) == ["w-2", "w-1"]
        assert answer.json["items"][0]["reasons"] == [
            "No particular skill is asked for.",
            "Lives in the district of the workplace.",
        ]

    def test_of_a_closed_vacancy_are_still_shown(self, candidates):
        hear(a_vacancy(status="closed"), a_worker())

        assert (candidates().json["vacancy"]["status"], ranked(candidates())) == ("closed", ["w-1"])

    def test_of_a_vacancy_of_which_matching_has_not_heard_are_not_found(self, candidates):
        answer = candidates("v-9")

        assert (answer.status_code, answer.json["type"]) == (404, "vacancy-unknown")
        assert answer.json["title"] == "Matching knows no vacancy with this id."


class TestAHardCondition:
    def test_is_a_must_have_skill_at_its_level(self, candidates):
        hear(
            a_vacancy(a_need("welding", 3, must=True), a_need("safety", 2, must=True), a_need("english")),
            a_worker("both", skills={"welding": 3, "safety": 2}),
            a_worker("low", skills={"welding": 2, "safety": 5, "english": 5}),
            a_worker("crossed", skills={"welding": 2, "safety": 3}),
            a_worker("one", skills={"welding": 5, "english": 5}),
            a_worker("proven", skills={"welding": 1, "safety": 2}, certificates=[a_certificate("welding", 3)]),
        )

        assert ranked(candidates()) == ["both", "proven"]
        assert candidates().json["total"] == 2

    def test_is_a_certificate_that_holds_on_the_day_work_starts_both_ends_counted(self, candidates):
        spans = {
            "ends-that-day": ("2024-01-01", "2026-12-01"),
            "ended": ("2024-01-01", "2026-11-30"),
            "starts-that-day": ("2026-12-01", "2027-12-01"),
            "starts-later": ("2026-12-02", "2027-12-01"),
            "without-end": ("2024-01-01", None),
        }
        hear(
            a_vacancy(certificates=["welding"]),
            a_worker("claims", skills={"welding": 5}),
            a_worker("another", certificates=[a_certificate("sewing")]),
            *(a_worker(name, certificates=[a_certificate("welding", 3, *span)]) for name, span in spans.items()),
        )

        assert ranked(candidates()) == ["ends-that-day", "starts-that-day", "without-end"]

    def test_is_every_certificate_that_is_asked_for(self, candidates):
        hear(
            a_vacancy(certificates=["welding", "safety"]),
            a_worker("both", certificates=[a_certificate("welding"), a_certificate("safety")]),
            a_worker("one", certificates=[a_certificate("welding")]),
        )

        assert ranked(candidates()) == ["both"]

    def test_is_the_education_or_a_higher_one(self, candidates):
        held = ("none", "SD", "SMP", "SMA", "SMK", "D3", "S1")
        hear(a_vacancy(education="SMA"), *(a_worker(each, education=each) for each in held))

        assert ranked(candidates()) == ["D3", "S1", "SMA", "SMK"]

    def test_is_to_be_free_when_work_starts(self, candidates):
        standings = {
            "free": ("available", None),
            "trained-by-then": ("in_training", "2026-12-01"),
            "intern-by-then": ("interning", "2026-06-30"),
            "trained-later": ("in_training", "2026-12-02"),
            "intern-for-long": ("interning", None),
            "employed": ("employed", None),
            "inactive": ("inactive", "2026-01-01"),
        }
        hear(
            a_vacancy(),
            *(a_worker(name, availability=how, available_from=since) for name, (how, since) in standings.items()),
        )

        assert ranked(candidates()) == ["free", "intern-by-then", "trained-by-then"]
