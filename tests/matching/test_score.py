"""The score of a person for a requirement, against numbers worked by hand, in units: 30,000 are the whole."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.engine import score
from services.matching.engine.links import BROADER, NARROWER, NEAR, SAME, SIBLING, Taxonomy
from services.matching.engine.parties import Held
from services.matching.engine.score import GRADES, Scale
from services.matching.engine.weights import Rarity
from services.reference import regions
from services.reference.evidence import Grade
from tests.matching.parties import (
    BANJARMASIN,
    HALONG,
    JUAI,
    PARINGIN,
    PARINGIN_SELATAN,
    START,
    certified,
    need,
    person,
    proof,
    requirement,
    trained,
)

DAY = timedelta(days=1)
HERE = 6_000  # what it gives to live in the district of the work
WELDER = requirement(need("welding", 4, 3), need("drawing", 2, 1))  # 18,000 and 6,000 units
TAXONOMY = Taxonomy(
    broader={"smaw": ("welding",), "gtaw": ("welding",), "welding": ("metalwork",)},
    related={"welding": ("drawing",)},
)


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the engine needs none."""


def fit(asked, someone, taxonomy=Taxonomy()):  # noqa: B008 (it is frozen)
    return Scale(asked, taxonomy, Rarity()).fit(someone)


def of_skill(someone, *, min_level=1, skill="a"):
    """Return the units that one skill gives somebody, of 24,000."""
    [part] = fit(requirement(need(skill, min_level)), someone, TAXONOMY).parts
    return part.units


class TestAScore:
    def test_is_whole_for_who_has_everything_next_door(self):
        assert fit(WELDER, certified(skills={"welding": 4, "drawing": 2})).units == 30_000

    def test_counts_each_skill_by_its_weight_and_by_the_part_of_the_level_that_is_reached(self):
        found = fit(WELDER, certified(skills={"welding": 2, "drawing": 1}))

        assert [part.units for part in found.parts] == [9_000, 3_000]
        assert (found.nearness, found.units) == (HERE, 18_000)

    def test_gives_nothing_for_more_than_is_asked(self):
        assert fit(WELDER, certified(skills={"welding": 5, "drawing": 5, "english": 5})).units == 30_000

    def test_is_the_nearness_alone_without_any_skill(self):
        assert fit(WELDER, person()).units == HERE

    def test_is_the_nearness_alone_where_no_skill_is_asked_for(self):
        found = fit(requirement(), certified(district=JUAI, skills={"welding": 5}))

        assert (found.units, found.parts) == (4_200, ())

    @pytest.mark.parametrize(
        ("weights", "level", "min_level", "units"),
        [
            ((1, 6), 2, 3, 2_286),  # 24,000 / 7 is 3,429 of which 2/3 are exactly 2,286
            ((1, 6), 1, 2, 1_715),  # 1,714.5: the half is rounded up
            ((1, 6), 1, 5, 686),  # 685.8
            ((1, 6), 3, 5, 2_057),  # 2,057.4
        ],
    )
    def test_rounds_what_a_skill_gives_once_to_the_nearest_unit(self, weights, level, min_level, units):
        asked = requirement(need("a", min_level, weights[0]), need("b", 1, weights[1]))

        assert fit(asked, certified(skills={"a": level})).units - HERE == units


class TestTheEvidence:
    def test_grades_a_claim_below_a_training_below_a_certificate_which_gives_all(self):
        assert 0 < GRADES[Grade.CLAIMED] < GRADES[Grade.TRAINED] < GRADES[Grade.CERTIFIED] == 100

    def test_gives_of_a_skill_what_its_grade_is_worth(self):
        assert of_skill(person(skills={"a": 5})) == 240 * GRADES[Grade.CLAIMED]
        assert of_skill(person(skills={"a": trained(5)})) == 240 * GRADES[Grade.TRAINED]
        assert of_skill(certified(skills={"a": 5})) == 24_000

    def test_and_the_level_count_together(self):
        assert of_skill(person(skills={"a": 1}), min_level=4) == 60 * GRADES[Grade.CLAIMED]
        assert of_skill(person(skills={"a": trained(3)}), min_level=4) == 180 * GRADES[Grade.TRAINED]

    @pytest.mark.parametrize(
        ("begins", "ends", "grade"),
        [
            (START, START, Grade.CERTIFIED),
            (START - 900 * DAY, None, Grade.CERTIFIED),
            (START - 900 * DAY, START - DAY, Grade.TRAINED),
            (START + DAY, None, None),
        ],
    )
    def test_of_a_certificate_is_that_of_the_day_work_starts(self, begins, ends, grade):
        someone = person(skills={"a": Held(level=5, unproven=0)}, certificates=(proof("a", begins, ends),))

        assert of_skill(someone) == (240 * GRADES[grade] if grade else 0)
        assert fit(requirement(need("a", 1)), someone).parts[0].grade == grade

    def test_of_a_certificate_that_has_not_begun_leaves_the_claim_and_its_level(self):
        someone = person(skills={"a": Held(level=5, unproven=2)}, certificates=(proof("a", START + DAY, None),))

        [part] = fit(requirement(need("a", 5)), someone).parts
        assert (part.level, part.grade) == (2, Grade.CLAIMED)

    def test_that_is_the_best_counts_beside_a_certificate_that_ran_out(self):
        proofs = proof("a", START - 9 * DAY, START - DAY), proof("a", START, None)

        assert of_skill(person(skills={"a": Held(level=5, unproven=0)}, certificates=proofs)) == 24_000

    def test_of_another_skill_proves_nothing(self):
        assert of_skill(person(skills={"a": 5}, certificates=(proof("b"),))) == 240 * GRADES[Grade.CLAIMED]


class TestALink:
    @pytest.mark.parametrize(
        ("asked", "held", "link"),
        [
            ("welding", "welding", SAME),
            ("welding", "smaw", NARROWER),
            ("smaw", "welding", BROADER),
            ("smaw", "gtaw", SIBLING),
            ("welding", "drawing", NEAR),
            ("drawing", "welding", 0),
            ("metalwork", "smaw", 0),
            ("smaw", "metalwork", 0),
            ("smaw", "sewing", 0),
        ],
    )
    def test_gives_the_part_that_another_skill_counts(self, asked, held, link):
        assert of_skill(certified(skills={held: 5}), skill=asked) == 240 * link
        [part] = fit(requirement(need(asked, 1)), certified(skills={held: 5}), TAXONOMY).parts
        assert (part.by, part.link) == ((held, link) if link else (None, 0))

    def test_counts_less_for_all_but_the_narrower_ones(self):
        assert SAME == NARROWER == 100
        assert 0 < max(NEAR, SIBLING, BROADER) < 100

    def test_gives_the_most_of_any_and_not_the_sum(self):
        everything = certified(skills={"welding": 5, "gtaw": 5, "metalwork": 5})

        assert of_skill(everything, skill="smaw") == 240 * max(BROADER, SIBLING)

    def test_gives_more_than_the_skill_itself_where_that_is_held_too_low(self):
        held = Held(level=1, unproven=1)
        someone = replace(certified(skills={"smaw": 5}), skills={"welding": held, "smaw": Held(level=5, unproven=0)})

        [part] = fit(requirement(need("welding", 5)), someone, TAXONOMY).parts
        assert (part.by, part.level, part.units) == ("smaw", 5, 24_000)

    def test_and_the_grade_and_the_level_count_together(self):
        someone = person(skills={"gtaw": trained(2)})

        expected = 24_000 * SIBLING * GRADES[Grade.TRAINED] * 2 / (100 * 100 * 4)
        assert of_skill(someone, skill="smaw", min_level=4) == int(expected + 0.5)

    def test_lets_one_skill_count_for_each_that_is_asked_for(self):
        asked = requirement(need("welding", 1), need("smaw", 1))

        found = fit(asked, certified(skills={"smaw": 5}), TAXONOMY)

        assert [(part.by, part.units) for part in found.parts] == [("smaw", 12_000), ("smaw", 12_000)]


class TestTheNearness:
    @pytest.mark.parametrize(
        ("district", "units"),
        [(PARINGIN, 6_000), (PARINGIN_SELATAN, 6_000), (JUAI, 4_200), (HALONG, 2_400), (BANJARMASIN, 600)],
    )
    def test_falls_with_the_distance_between_the_districts(self, district, units):
        found = fit(requirement(), person(district=district))

        assert (found.nearness, found.units) == (units, units)
        assert found.km == regions.distance_km(PARINGIN, district)

    @pytest.mark.parametrize(
        ("km", "units"),
        [(0, 6_000), (9.999, 6_000), (10, 4_200), (24.999, 4_200), (25, 2_400), (59.999, 2_400), (60, 600), (2e3, 600)],
    )
    def test_changes_exactly_at_10_25_and_60_km(self, monkeypatch, km, units):
        monkeypatch.setattr(regions, "distance_km", lambda *_: km)

        assert score.nearness.__wrapped__(PARINGIN, JUAI) == units

    def test_does_not_look_at_the_village(self):
        villages = (f"{PARINGIN}.1001", f"{PARINGIN}.2001", None)

        assert {fit(WELDER, person(village=village)).units for village in villages} == {HERE}


class TestTheOrderOfEquals:
    def test_is_the_same_for_a_vacancy_each_time_and_another_one_for_others(self):
        names = [f"person-{n}" for n in range(6)]

        orders = {tuple(sorted(names, key=lambda name: score.place(1, name, f"v-{n}"))) for n in [0, 1, 2, 3] * 2}

        assert len(orders) == 4

    def test_gives_nobody_who_came_early_an_advantage(self):
        first, second = "0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"

        wins = sum(score.place(1, first, f"v-{n}") > score.place(1, second, f"v-{n}") for n in range(2_000))

        assert 900 < wins < 1_100

    def test_never_comes_before_a_unit_more(self):
        assert all(score.place(2, f"p-{n}", "v") > score.place(1, f"p-{m}", "v") for n in range(9) for m in range(9))
