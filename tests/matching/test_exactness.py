"""The shortlist against a recomputation that shares nothing with the service but the map."""

from random import Random

import pytest

from services.reference import regions
from tests.matching.heard import a_certificate, a_need, a_skill, a_training, a_vacancy, a_worker, hear, tell
from tests.matching.recomputed import RANKS, shortlist

SKILLS = [f"skill-{n}" for n in range(8)]
BROADER = {"skill-1": "skill-0", "skill-2": "skill-0", "skill-4": "skill-1", "skill-5": "skill-1"}
TAXONOMY = [a_skill(skill, skill, skill, broader=BROADER.get(skill)) for skill in SKILLS]
DISTRICTS = [place.code for place in regions.districts_of()] + ["63.71.01", "63.09.01"]
DAYS = ["2026-11-30", "2026-12-01", "2026-12-02"]
AVAILABILITIES = ["available", "available", "available", "in_training", "interning", "employed"]


def random_worker(drawn, n):
    skills = {skill: drawn.randint(1, 5) for skill in drawn.sample(SKILLS, drawn.randint(0, 6))}
    kind, worker = a_worker(
        f"w-{n:03}",
        skills=skills,
        certificates=[
            a_certificate(skill, drawn.randint(1, 5), drawn.choice(["2024-01-01", *DAYS]), drawn.choice([None, *DAYS]))
            for skill in drawn.choices(SKILLS, k=drawn.randint(0, 3))
        ],
        district=drawn.choice(DISTRICTS),
        education=drawn.choice(list(RANKS)),
        availability=drawn.choice(AVAILABILITIES),
        available_from=drawn.choice([None, *DAYS]),
        visibility=drawn.choice(["pseudonymous"] * 4 + ["open", "hidden"]),
        hidden_from=drawn.choice([[], [], [], ["e-1"], ["e-2", "e-3"]]),
        wishes=random_wishes(drawn),
    )
    taught = drawn.sample(SKILLS, drawn.choice([0, 0, 1, 2]))
    return kind, worker | {"skills": worker["skills"] + [a_training(skill, drawn.randint(1, 5)) for skill in taught]}


def random_wishes(drawn):
    return {
        "kinds": drawn.choice([[], [], ["job"], ["internship"], ["job", "internship"]]),
        "min_wage_idr": drawn.choice([None, None, 3_000_000, 5_000_000]),
        "districts": drawn.choice([[], [], [], drawn.sample(DISTRICTS, 4)]),
    }


def random_vacancy(drawn, name="v-1"):
    needs = [
        a_need(skill, drawn.randint(1, 5), drawn.choice([0, 10, 33, 100]), must=drawn.random() < 0.25)
        for skill in drawn.sample(SKILLS, drawn.randint(0, 5))
    ]
    return a_vacancy(
        *needs,
        name=name,
        certificates=drawn.sample(SKILLS, drawn.choice([0, 0, 0, 1])),
        education=drawn.choice([None, "SMP", "SMA"]),
        district=drawn.choice(DISTRICTS),
        kind=drawn.choice(["job", "internship"]),
        wage_max_idr=drawn.choice([None, 3_500_000]),
    )


@pytest.fixture
def asked(client):
    officer = client("matching", "officer")
    return lambda name: officer.get(f"/v1/vacancies/{name}/candidates?limit=200").json


class TestTheShortlist:
    @pytest.mark.parametrize("seed", range(6))
    def test_has_exactly_those_scores_and_that_order_which_a_recomputation_over_all_300_gives(self, asked, seed):
        drawn = Random(seed)
        workers = [random_worker(drawn, n) for n in range(300)]
        vacancies = [random_vacancy(drawn, f"v-{n}") for n in range(8)]
        hear(*TAXONOMY, *vacancies, *workers)
        found = 0

        for _, vacancy in vacancies:
            best = shortlist(vacancy, [worker for _, worker in workers], BROADER)
            answer = asked(vacancy["id"])

            assert answer["total"] == len(best)
            assert [(round(item["score"] * 30_000), item["person"]) for item in answer["items"]] == best[:200]
            assert all(_sum(item["parts"]) == pytest.approx(item["score"], abs=1e-9) for item in answer["items"])
            found += len(best)

        assert found > 50

    def test_reaches_people_by_each_kind_of_link(self, asked):
        held = ("skill-1", "skill-4", "skill-0", "skill-2", "skill-7")
        workers = [a_worker(skill, skills={skill: 3}) for skill in held]
        vacancy = a_vacancy(a_need("skill-1"))
        hear(*TAXONOMY, vacancy, *workers)

        best = shortlist(vacancy[1], [worker for _, worker in workers], BROADER)

        answer = asked("v-1")
        assert [(round(item["score"] * 30_000), item["person"]) for item in answer["items"]] == best
        assert {item["person"]: item["parts"]["skills"][0]["by"] for item in answer["items"]} == {
            skill: skill if skill != "skill-7" else None for skill in held
        }


class TestEquals:
    def test_take_turns_at_the_top_so_that_early_registration_is_no_advantage(self, asked):
        early, late = "0190a000-0000-7000-8000-000000000001", "0190f000-0000-7000-8000-000000000002"
        hear(a_worker(early, skills={"welding": 3}))
        hear(a_worker(late, skills={"welding": 3}))
        names = [f"v-{n}" for n in range(100)]
        tell(*(a_vacancy(a_need("welding"), name=name) for name in names))

        firsts = [asked(name)["items"][0]["person"] for name in names]

        assert 35 < firsts.count(early) < 65
        assert firsts == [asked(name)["items"][0]["person"] for name in names]

    def test_stay_in_their_order_when_others_come_and_go(self, asked):
        hear(a_vacancy(a_need("welding")), *(a_worker(f"w-{n}", skills={"welding": 3}) for n in range(20)))
        before = [item["person"] for item in asked("v-1")["items"]]

        hear(*(a_worker(f"new-{n}", skills={"welding": 3}) for n in range(20)))
        hear(*(a_worker(f"w-{n}", 2, availability="employed") for n in range(5)))

        after = [item["person"] for item in asked("v-1")["items"]]
        assert [name for name in after if name.startswith("w-")] == [
            name for name in before if name not in {f"w-{n}" for n in range(5)}
        ]


def _sum(parts):
    return sum(part["contribution"] for part in parts["skills"]) + parts["nearness"]["contribution"]
