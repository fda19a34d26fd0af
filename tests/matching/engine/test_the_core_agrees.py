"""The core, on packed rows, against the formula and the conditions looked at person by person."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from services.matching.engine import conditions, packing, score
from services.matching.engine.asking import query
from services.matching.engine.core.engine import Engine
from services.matching.engine.score import Scale
from tests.matching.engine.crowd import RARITY, SKILLS, TAXONOMY, some_person, some_requirement

pytestmark = pytest.mark.xdist_group("engine")
NUMBERS = {skill: number for number, skill in enumerate(SKILLS[:-1], 1)}  # the last one was never heard of


def engine_of(people):
    rows, districts = packing.unpack_all([packing.pack(person, NUMBERS) for person in people])
    return Engine(rows, districts, skills=len(SKILLS) + 1, places=len(packing.places()))


def by_hand(people, requirement):
    scale = Scale(requirement, TAXONOMY, RARITY)
    fits = {person.id: scale.fit(person) for person in people if not conditions.unmet(scale, person)}
    places = {id_: score.place(fit.units, id_, requirement.salt) for id_, fit in fits.items()}
    return sorted(places, key=places.__getitem__, reverse=True), fits


def seen_by_the_core(person):
    """The person without what has no number: nobody can find it."""
    unknown = SKILLS[-1]
    return type(person)(
        **{name: getattr(person, name) for name in person.__dataclass_fields__}
        | {
            "skills": {skill: held for skill, held in person.skills.items() if skill != unknown},
            "certificates": tuple(proof for proof in person.certificates if proof.skill != unknown),
        }
    )


class TestTheCore:
    @pytest.mark.parametrize("seed", range(6))
    def test_finds_whom_the_formula_finds_in_the_same_order_with_the_same_scores(self, seed):
        drawn = Random(seed)
        people = [seen_by_the_core(some_person(drawn, f"w-{n}")) for n in range(400)]
        engine, found = engine_of(people), 0
        for _ in range(60):
            requirement = some_requirement(drawn)
            best, fits = by_hand(people, requirement)
            numbers, units = engine.top(query(Scale(requirement, TAXONOMY, RARITY), NUMBERS), 50)
            assert [people[number].id for number in numbers] == best[:50]
            assert units.tolist() == [fits[id_].units for id_ in best[:50]]
            found += len(best)
        assert found > 60

    @pytest.mark.parametrize("seed", range(3))
    def test_sees_a_change_as_it_sees_a_row_that_was_there(self, seed):
        drawn = Random(seed)
        people = [seen_by_the_core(some_person(drawn, f"w-{n}")) for n in range(150)]
        engine = engine_of(people)
        for number in drawn.choices(range(160), k=60):
            at = min(number, len(people))
            changed = seen_by_the_core(some_person(drawn, f"w-{at}"))
            people[at : at + 1] = [changed]
            engine.change(at, packing.unpack(packing.pack(changed, NUMBERS)))
        for _ in range(40):
            requirement = some_requirement(drawn)
            best, _ = by_hand(people, requirement)
            numbers, _ = engine.top(query(Scale(requirement, TAXONOMY, RARITY), NUMBERS), 200)
            assert [people[number].id for number in numbers] == best

    def test_counts_what_each_condition_alone_keeps_out(self):
        drawn = Random(5)
        people = [seen_by_the_core(some_person(drawn, f"w-{n}")) for n in range(300)]
        engine, kept_out = engine_of(people), 0
        for _ in range(60):
            requirement = some_requirement(drawn)
            scale = Scale(requirement, TAXONOMY, RARITY)
            missed = [conditions.unmet(scale, person) for person in people]
            alone = Counter(each[0] for each in missed if len(each) == 1)
            census = engine.count(query(scale, NUMBERS))
            assert int(census.total[0]) == missed.count(())
            for condition, without in zip(conditions.of(requirement), census.without, strict=True):
                if condition.name != conditions.AVAILABILITY:
                    assert int(without) == alone[condition], condition
                kept_out += int(without)
        assert kept_out > 60

    def test_reads_one_row_as_it_reads_many(self):
        drawn = Random(9)
        packed = [packing.pack(some_person(drawn, f"w-{n}"), NUMBERS) for n in range(50)]
        people, districts = packing.unpack_all(packed)
        for at, row in enumerate(map(packing.unpack, packed)):
            assert row.district == districts[at]
            assert row.flags == people.flags[at]
            assert np.array_equal(row.held, people.held[people.held_at[at] : people.held_at[at + 1]])
