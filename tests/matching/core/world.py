"""People and queries at random."""

from dataclasses import dataclass, field, replace

import numpy as np

from services.matching.engine.core.delta import Row
from services.matching.engine.core.engine import Engine
from services.matching.engine.core.index import (
    ASKING,
    CODES,
    FOREVER,
    FREE,
    INTERNSHIP,
    JOB,
    LEVELS,
    SCHOOLED_BITS,
    People,
    Wishes,
)  # fmt: skip
from services.matching.engine.core.query import Query

SKILLS, PLACES, TODAY = 40, 5, 1000


@dataclass(frozen=True)
class Somebody:
    """held: skill to (lower, code). proofs: (skill, first day, last day). asks: first day, wage, districts, hidden."""

    district: int
    flags: int
    tie: int
    held: dict = field(default_factory=dict)
    proofs: tuple = ()
    asks: tuple = (0, 0, (), ())

    @property
    def row(self):
        free_from, wage, districts, hidden = self.asks
        return Row(
            district=self.district,
            flags=self.flags,
            tie=self.tie,
            held=u32([skill << 8 | lower << 4 | code for skill, (lower, code) in sorted(self.held.items())]),
            proofs=u32([skill << 16 | last for skill, _, last in self.proofs]),
            proof_from=np.array([first for _, first, _ in self.proofs], np.uint16),
            free_from=free_from,
            wage=wage,
            districts=u32(districts),
            hidden=u32(hidden),
        )


def u32(values):
    return np.array(list(values), np.uint32)


def code(grade, level):
    return 1 + LEVELS * grade + level - 1


def somebody(random, **said):
    """Return a person at random: some proven, some asking something in return, some whom nobody may see."""
    count = random.integers(0, 9)
    proofs, held = [], {}
    for skill in random.choice(SKILLS, count, replace=False).tolist():
        level, grade = int(random.integers(1, 6)), int(random.integers(0, 3))
        held[skill] = (code(min(grade, 1), level), code(grade, level))
        if grade == 2:
            first = int(random.integers(800, 1100))
            last = int(first + random.integers(0, 300)) if random.random() < 0.8 else FOREVER
            held[skill] = (code(int(random.integers(0, 2)), level), code(2, level))
            proofs.append((skill, first, last))
    is_asking = random.random() < 0.3
    flags = FREE | (JOB if random.random() < 0.8 else 0) | (INTERNSHIP if random.random() < 0.5 else 0)
    flags |= ((1 << int(random.integers(1, 8))) - 1) << SCHOOLED_BITS
    asks = (0, 0, (), ())
    if is_asking:
        flags |= ASKING
        districts = random.choice(PLACES, random.integers(0, 3), replace=False).tolist()
        hidden = random.choice([7, 8, 9], random.integers(0, 3), replace=False).tolist()
        asks = (int(random.integers(0, 1200)), int(random.integers(0, 5)), tuple(districts), tuple(hidden))
    made = Somebody(
        district=int(random.integers(0, PLACES)),
        flags=flags if random.random() < 0.9 else 0,
        tie=int(random.integers(0, 2**32)),
        held=held,
        proofs=tuple(proofs),
        asks=asks,
    )
    return replace(made, **said)


def people_of(many):
    """Return people as the engine takes them, and their districts."""
    rows = [one.row for one in many]
    asking = [at for at, one in enumerate(many) if one.flags & ASKING]

    def at(lists):
        return np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.uint32)

    def joined(lists, kind):
        return np.concatenate([np.zeros(0, kind), *lists]).astype(kind)

    wishes = Wishes(
        rows=np.array(asking, np.int64),
        free_from=np.array([rows[each].free_from for each in asking], np.uint16),
        wage=np.array([rows[each].wage for each in asking], np.uint32),
        district_at=at([rows[each].districts for each in asking]),
        districts=joined([rows[each].districts for each in asking], np.uint32),
        hidden_at=at([rows[each].hidden for each in asking]),
        hidden=joined([rows[each].hidden for each in asking], np.uint32),
    )
    people = People(
        flags=np.array([one.flags for one in many], np.uint16),
        ties=np.array([one.tie for one in many], np.uint32),
        held_at=at([row.held for row in rows]),
        held=joined([row.held for row in rows], np.uint32),
        proof_at=at([row.proofs for row in rows]),
        proofs=joined([row.proofs for row in rows], np.uint32),
        proof_from=joined([row.proof_from for row in rows], np.uint16),
        wishes=wishes,
    )
    return people, np.array([one.district for one in many], np.int32)


def engine_of(many):
    people, districts = people_of(many)
    return Engine(people, districts, skills=SKILLS, places=PLACES)


def query(terms, *, certs=(), nearness=(0,) * PLACES, wanted=FREE, start=TODAY, salt=0, **said):
    """Return a query.

    :param terms: (skill, need, what its codes give, from which code on it meets a must-have or None).
    """
    terms = sorted(terms)
    gives = np.zeros((len(terms), CODES), np.uint16)
    for at, (_, _, worth, _) in enumerate(terms):
        gives[at] = worth
    meets = [0 if least is None else sum(1 << each for each in met(least)) for _, _, _, least in terms]
    asked = Query(
        skills=np.array([skill for skill, *_ in terms], np.int32),
        needs=np.array([need for _, need, *_ in terms], np.uint8),
        credits=gives,
        meets=np.array(meets, np.uint16),
        certs=np.array(certs, np.int32),
        nearness=np.array(nearness, np.int32),
        wanted=wanted,
        start=start,
        place=0,
        employer=0,
        wage=0xFFFF_FFFF,
        salt=salt,
        size=1 + max((need for _, need, *_ in terms), default=-1),
        must=sum({1 << need for _, need, _, least in terms if least is not None}),
    )
    return asked._replace(**said)


def met(least):
    """Return the codes of a level and above, whatever the grade."""
    return [each for each in range(1, CODES) if (each - 1) % LEVELS + 1 >= least]


def worth(weight, least):
    """Return what codes give: the higher the grade and the level, the more."""
    grades = (0.6, 0.8, 1.0)
    given = [0] * CODES
    for each in range(1, CODES):
        grade, level = divmod(each - 1, LEVELS)
        given[each] = int(weight * min(1, (level + 1) / least) * grades[grade])
    return given


def random_query(random):
    needs = int(random.integers(0, 6))
    skills = random.choice(SKILLS, needs, replace=False).tolist()
    terms = {}
    for need, skill in enumerate(skills):
        least = int(random.integers(1, 6))
        weight = int(random.integers(0, 4000))
        is_must = random.random() < 0.3
        terms[skill, need] = (worth(weight, least), least if is_must else None)
        for related in random.choice(SKILLS, random.integers(0, 4), replace=False).tolist():
            share = random.choice([1.0, 0.5, 0.3])
            also = least if is_must and share == 1.0 else None
            terms.setdefault((related, need), (worth(int(weight * share), least), also))
    certs = random.choice(SKILLS, random.choice(3, p=[0.7, 0.2, 0.1]), replace=False).tolist()
    return query(
        [(skill, need, gives, least) for (skill, need), (gives, least) in terms.items()],
        certs=certs,
        nearness=random.choice([100, 400, 700, 1000], PLACES).tolist(),
        wanted=FREE | int(random.choice([JOB, INTERNSHIP])) | 1 << int(SCHOOLED_BITS + random.integers(0, 4)),
        start=TODAY + int(random.integers(0, 100)),
        salt=int(random.integers(0, 2**32)),
        place=int(random.integers(0, PLACES)),
        employer=int(random.choice([0, 7, 8])),
        wage=int(random.choice([1, 3, 0xFFFF_FFFF])),
    )


def rarely(random, district):
    """Return somebody who has few of the first skills."""
    one = somebody(random, proofs=(), district=district)
    held = {skill: (lower, lower) for skill, (lower, _) in one.held.items() if random.random() < skill / 100}
    return replace(one, held=held)


def undated(random, first=900, before=1200):
    one = somebody(random)
    held = {skill: (code, code) for skill, (_, code) in one.held.items()}
    first = [int(day) for day in random.integers(first, before, 6)]
    proofs = [(int(skill), day, day + 200) for skill, day in zip(random.integers(0, 3, 6), first, strict=True)]
    return replace(one, held=held, proofs=tuple(proofs))


def unrelated(asked):
    """Return the query with one term a need, and certificates that many have."""
    chosen = [np.flatnonzero(asked.needs == need)[0] for need in range(asked.size)]
    at = np.array(sorted(chosen), np.int64)
    meets = np.where((asked.must >> asked.needs[at].astype(np.int64)) & 1, 0b111100111001110, 0).astype(np.uint16)
    terms = {"skills": asked.skills[at], "needs": asked.needs[at], "credits": asked.credits[at] // 8, "meets": meets}
    return asked._replace(**terms, certs=asked.certs % 3)
