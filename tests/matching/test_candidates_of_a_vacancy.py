"""An officer asks who fits a vacancy."""

import pytest

from services.matching.engine.score import GRADES, VERSION
from services.reference import regions
from services.reference.evidence import Grade
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

CLAIMED, TRAINED = GRADES[Grade.CLAIMED], GRADES[Grade.TRAINED]  # hundredths


@pytest.fixture
def candidates(client):
    officer = client("matching", "officer")
    return lambda name="v-1": officer.get(f"/v1/vacancies/{name}/candidates", headers={"Accept-Language": "en"})


def ranked(answer):
    return [item["person"] for item in answer.json["items"]]


class TestCandidates:
    def test_come_with_all_that_explains_them(self, candidates):
        held = [a_certificate("smaw", 4), a_certificate("safety"), a_certificate("cooking", valid_until=None)]
        hear(
            a_skill("smaw", "Las SMAW", "SMAW welding"),
            a_skill("pipe", "Las pipa", "Pipe welding"),
            a_skill("safety", "K3", "Safety"),
            a_vacancy(a_need("smaw", 3, 60, must=True), a_need("pipe", 3, 40), certificates=["safety"]),
            a_worker(district=HALONG, skills={"smaw": 1, "pipe": 1, "cooking": 5}, certificates=held),
        )
        km = regions.distance_km(PARINGIN, HALONG)
        assert 25 < km < 60

        answer = candidates().json

        [item] = answer.pop("items")
        assert isinstance(answer.pop("list"), str)
        assert answer == {
            "vacancy": {
                "id": "v-1",
                "title": "Juru las",
                "employer_name": "PT Contoh",
                "district": PARINGIN,
                "starts_on": "2026-12-01",
                "status": "published",
            },
            "engine": VERSION,
            "total": 1,
            "districts": {HALONG: 1},
            "education": {"SMA": 1, "SMK": 1},  # equal ones are counted as one
            "empty": None,
        }
        smaw, pipe = {"skill": "smaw", "label": "SMAW welding"}, {"skill": "pipe", "label": "Pipe welding"}
        full = {"weight": 0.6, "level": 4, "min_level": 3, "credit": 1, "contribution": 0.48, "must": True}
        part = {"weight": 0.4, "level": 1, "min_level": 3, "credit": round(CLAIMED / 300, 6), "must": False}
        certified = {"evidence": "certified", "by": "smaw", "by_label": "SMAW welding", "link": 1}
        claimed = {"evidence": "claimed", "by": "pipe", "by_label": "Pipe welding", "link": 1}
        gave, lifted = round(32 * CLAIMED) / 30_000, (96 * TRAINED - 32 * CLAIMED) / 30_000
        assert item == {
            "rank": 1,
            "person": "w-1",
            "district": HALONG,
            "district_name": "Halong",
            "education": "SMA",
            "availability": "available",
            "available_from": None,
            "score": pytest.approx(0.48 + gave + 0.08),
            "parts": {
                "skills": [smaw | full | certified, pipe | part | claimed | {"contribution": pytest.approx(gave)}],
                "nearness": {"km": round(km, 1), "value": 0.4, "contribution": 0.08},
            },
            "matched": [smaw | {"level": 4}],
            "missing": [pipe | {"level": 1, "min_level": 3, "lacking": 2}],
            "certificates": [
                smaw | {"valid_until": "2027-01-01"},
                {"skill": "safety", "label": "Safety", "valid_until": "2027-01-01"},
            ],
            "reasons": [
                "Is certified in SMAW welding at level 4, asked is 3.",
                "Has Pipe welding only at level 1, asked is 3.",
                "Holds the certificate for Safety that is asked for, valid until 1 January 2027.",
                f"Lives {km:.0f} km from the workplace district.",
            ],
            "lift": pipe
            | {
                "level": 3,
                "gain": pytest.approx(lifted),
                "sentence": f"{100 * lifted:.0f} points more with a training in Pipe welding up to level 3.",
                "trainings": [],
            },
        }

    def test_show_what_counts_for_a_skill_that_is_not_there(self, candidates):
        hear(
            a_skill("welding", "Pengelasan", "Welding"),
            a_skill("smaw", "Las SMAW", "SMAW welding", broader="welding"),
            a_vacancy(a_need("welding", 3, 50, must=True), a_need("smaw", 2, 50)),
            a_worker("kind", certificates=[a_certificate("smaw", 3)]),
            a_worker("broader", certificates=[a_certificate("welding", 3)]),
        )

        kind, broader = candidates().json["items"]

        assert [each["person"] for each in (kind, broader)] == ["kind", "broader"]
        shown = [(part["by"], part["by_label"], part["level"], part["credit"]) for part in kind["parts"]["skills"]]
        assert shown == [("smaw", "SMAW welding", 3, 1), ("smaw", "SMAW welding", 3, 1)]
        assert kind["missing"] == []
        assert "Has SMAW welding at level 3, which is a kind of Welding." in kind["reasons"]
        smaw = broader["parts"]["skills"][1]
        assert (smaw["by"], smaw["level"], 0 < smaw["credit"] == smaw["link"] < 1) == ("welding", 0, True)
        assert [(each["skill"], each["level"], each["lacking"]) for each in broader["missing"]] == [("smaw", 0, 2)]
        assert "Has Welding at level 3, which counts for SMAW welding in part." in broader["reasons"]

    def test_come_the_best_first(self, candidates):
        hear(
            a_vacancy(a_need("welding", 4)),
            a_worker("proven", certificates=[a_certificate("welding", 4)]),
            a_worker("over", skills={"welding": 5}),
            a_worker("far", skills={"welding": 4}, district=BANJARMASIN),
            a_worker("low", skills={"welding": 1}),
            a_worker("none"),
        )

        answer = candidates()

        assert ranked(answer) == ["proven", "over", "far", "low", "none"]
        assert [item["rank"] for item in answer.json["items"]] == [1, 2, 3, 4, 5]
        units = [30_000, 6_000 + 240 * CLAIMED, 600 + 240 * CLAIMED, 6_000 + 60 * CLAIMED, 6_000]
        assert [item["score"] for item in answer.json["items"]] == [each / 30_000 for each in units]

    def test_are_counted_by_district_and_education_also_those_of_other_pages(self, client):
        hear(
            a_vacancy(),
            *(a_worker(f"w-{n}", district=JUAI, education="S1") for n in range(3)),
            *(a_worker(f"v-{n}", education="SMP") for n in range(2)),
            a_worker("employed", availability="employed"),
        )

        answer = client("matching", "officer").get("/v1/vacancies/v-1/candidates?limit=1").json

        assert (answer["total"], answer["districts"]) == (5, {JUAI: 3, PARINGIN: 2})
        assert answer["education"] == {"S1": 3, "D4": 3, "SMP": 2}  # equal ones are counted as one

    def test_are_nobody_where_nobody_is_known(self, candidates):
        hear(a_vacancy(a_need("welding")))

        answer = candidates().json
        assert (answer["total"], answer["items"], answer["districts"], answer["list"]) == (0, [], {}, None)

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
