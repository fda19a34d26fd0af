"""The shortlist against a recomputation that shares nothing with the service but the map."""

from fractions import Fraction
from random import Random

import pytest

from services.reference import regions
from tests.matching.heard import START, a_certificate, a_need, a_vacancy, a_worker, hear

SKILLS = [f"skill-{n}" for n in range(6)]
DISTRICTS = [place.code for place in regions.districts_of()] + ["63.71.01", "63.09.01"]
RANKS = {"SD": 1, "SMP": 2, "SMA": 3, "SMK": 3, "D3": 6, "S1": 7}
DAYS = ["2026-11-30", "2026-12-01", "2026-12-02"]


def random_worker(drawn, n):
    skills = {skill: drawn.randint(1, 5) for skill in drawn.sample(SKILLS, drawn.randint(0, 6))}
    proven = drawn.sample(SKILLS, drawn.randint(0, 3))
    availability = drawn.choice(["available", "available", "available", "in_training", "interning", "employed"])
    return a_worker(
        f"w-{n:03}",
        skills=skills,
        certificates=[
            a_certificate(skill, drawn.randint(1, 5), drawn.choice(["2024-01-01", *DAYS]), drawn.choice([None, *DAYS]))
            for skill in proven
        ],
        district=drawn.choice(DISTRICTS),
        education=drawn.choice(list(RANKS)),
        availability=availability,
        available_from=drawn.choice([None, *DAYS]),
    )


def random_vacancy(drawn):
    needs = [
        a_need(skill, drawn.randint(1, 5), drawn.choice([0, 10, 33, 100]), must=drawn.random() < 0.25)
        for skill in drawn.sample(SKILLS, drawn.randint(0, 4))
    ]
    return a_vacancy(
        *needs,
        certificates=drawn.sample(SKILLS, drawn.choice([0, 0, 1])),
        education=drawn.choice([None, "SMP", "SMA"]),
        district=drawn.choice(DISTRICTS),
    )


def level(worker, skill):
    held = worker["skills"] + worker["certificates"]
    return max((each["level"] for each in held if each["skill"] == skill), default=0)


def meets(vacancy, worker):
    proven = {
        held["skill"]
        for held in worker["certificates"]
        if held["issued_on"] <= START <= (held["valid_until"] or "9999-12-31")
    }
    free = worker["availability"] == "available" or (
        worker["availability"] in {"in_training", "interning"} and (worker["available_from"] or "9999") <= START
    )
    learned = vacancy["education"] is None or RANKS[worker["education"]] >= RANKS[vacancy["education"]]
    able = all(level(worker, need["skill"]) >= need["min_level"] for need in vacancy["skills"] if need["must"])
    return able and learned and free and proven >= set(vacancy["certificates"])


def score(vacancy, worker):
    total = sum(need["weight"] for need in vacancy["skills"])
    skilled = Fraction(0)
    for need in vacancy["skills"]:
        weight = Fraction(need["weight"], total) if total else Fraction(1, len(vacancy["skills"]))
        skilled += weight * min(Fraction(1), Fraction(level(worker, need["skill"]), need["min_level"]))
    km = regions.distance_km(vacancy["district"], worker["district"])
    near = next((tenths for under, tenths in ((10, 10), (25, 7), (60, 4)) if km < under), 1)
    return float(Fraction(8, 10) * skilled + Fraction(2, 10) * Fraction(near, 10))


class TestTheShortlist:
    @pytest.mark.parametrize("seed", range(8))
    def test_has_exactly_those_and_that_order_which_a_recomputation_over_all_300_gives(self, client, seed):
        drawn = Random(seed)
        workers = [random_worker(drawn, n) for n in range(300)]
        vacancy = random_vacancy(drawn)
        hear(vacancy, *workers)
        scores = {worker["id"]: score(vacancy[1], worker) for _, worker in workers if meets(vacancy[1], worker)}
        best = sorted(scores, key=lambda name: (-round(scores[name], 6), name))

        answer = client("matching", "officer").get("/v1/vacancies/v-1/candidates?limit=200").json

        assert answer["total"] == len(best)
        assert [item["person"] for item in answer["items"]] == best[:200]
        for item in answer["items"]:
            assert item["score"] == pytest.approx(scores[item["person"]], abs=1e-6)
            assert _sum(item["parts"]) == pytest.approx(item["score"], abs=1e-5)


def _sum(parts):
    return sum(part["contribution"] for part in parts["skills"]) + parts["nearness"]["contribution"]
