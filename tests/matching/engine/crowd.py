"""People and requirements by chance: everything that the score and the conditions look at."""

from datetime import date, timedelta

from services.matching.engine.links import Taxonomy
from services.matching.engine.parties import Held, Kind, Person, Proof, Requirement, SkillNeed, Wishes
from services.matching.engine.weights import Rarity
from services.reference import education, regions

DISTRICTS = [place.code for place in regions.districts_of()] + ["63.71.01", "63.09.01"]
SKILLS = [f"skill-{n}" for n in range(24)]
TAXONOMY = Taxonomy(
    broader={f"skill-{n}": (f"skill-{n // 5}",) for n in range(5, 24)},
    related={"skill-7": ("skill-1", "skill-2"), "skill-1": ("skill-7",)},
)
RARITY = Rarity(people=400, vacancies=20, held={"skill-0": 300, "skill-9": 3}, asked={"skill-0": 12})
EMPLOYERS = ["e-1", "e-2", "e-3"]
START = date(2026, 12, 1)
DAYS = [START + timedelta(days=n) for n in (-400, -1, 0, 1, 30)]
LEVELS_OF_EDUCATION = [level.code for level in education.LEVELS]
AVAILABILITIES = ["available"] * 4 + ["in_training", "interning", "employed", "inactive"]


def some_person(drawn, name):
    claimed = {skill: drawn.randint(1, 5) for skill in drawn.sample(SKILLS, drawn.randint(0, 8))}
    proofs = tuple(
        Proof(skill=skill, valid_from=drawn.choice(DAYS), valid_until=drawn.choice([None, *DAYS]))
        for skill in drawn.choices(SKILLS, k=drawn.randint(0, 4))
    )
    skills = {
        skill: Held(level=level, unproven=level, is_trained=drawn.random() < 0.4) for skill, level in claimed.items()
    }
    for proof in proofs:
        unproven = claimed.get(proof.skill, 0)
        trained = unproven > 0 and skills[proof.skill].is_trained
        level = max(unproven, drawn.randint(1, 5), skills[proof.skill].level if proof.skill in skills else 0)
        skills[proof.skill] = Held(level=level, unproven=unproven, is_trained=trained)
    return Person(
        id=name,
        district=drawn.choice(DISTRICTS),
        education=drawn.choice(LEVELS_OF_EDUCATION),
        availability=drawn.choice(AVAILABILITIES),
        available_from=drawn.choice([None, *DAYS]),
        skills=skills,
        certificates=proofs,
        is_visible=drawn.random() < 0.9,
        hidden_from=frozenset(drawn.sample(EMPLOYERS, drawn.choice([0, 0, 0, 1]))),
        wishes=some_wishes(drawn),
    )


def some_wishes(drawn):
    if drawn.random() < 0.6:
        return Wishes()
    return Wishes(
        kinds=frozenset(drawn.sample(list(Kind), drawn.randint(0, 2))),
        min_wage_idr=drawn.choice([None, 2_500_000, 4_000_000]),
        districts=frozenset(drawn.sample(DISTRICTS, drawn.choice([0, 0, 1, 4]))),
    )


def some_requirement(drawn):
    needs = tuple(
        SkillNeed(
            skill=skill,
            min_level=drawn.randint(1, 5),
            weight=drawn.choice([None, 0, 10, 33, 100]),
            must=drawn.random() < 0.2,
        )
        for skill in drawn.sample(SKILLS, drawn.choice([0, 1, 2, 3, 5, 12]))
    )
    return Requirement(
        skills=needs,
        certificates=tuple(drawn.sample(SKILLS, drawn.choice([0, 0, 0, 1]))),
        education=drawn.choice([None, "none", "SMP", "SMA"]),
        district=drawn.choice(DISTRICTS),
        starts_on=drawn.choice(DAYS),
        kind=drawn.choice([None, *Kind]),
        wage_idr=drawn.choice([None, 3_000_000, 5_000_000]),
        employer=drawn.choice([None, *EMPLOYERS]),
        salt=f"v-{drawn.randint(0, 9)}",
    )
