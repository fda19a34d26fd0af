"""Where nobody is found, whoever asks reads which condition left nobody, and how many there were without one."""

from random import Random

import pytest

from tests.matching.heard import JUAI, START, a_certificate, a_need, a_skill, a_vacancy, a_worker, hear
from tests.matching.recomputed import meets
from tests.matching.test_exactness import BROADER, TAXONOMY, random_vacancy, random_worker

PEOPLE = [
    a_worker("w-1", skills={"welding": 3}, wishes={"kinds": ["internship"]}),
    a_worker("w-2", skills={"welding": 4}, certificates=[a_certificate("safety")], education="SMP"),
    a_worker("w-3", skills={"welding": 5}, education="S1", wishes={"min_wage_idr": 9_000_000}),
    a_worker("w-4", skills={"sewing": 5}, wishes={"districts": [JUAI]}),
    a_worker("w-5", skills={"welding": 5}, availability="in_training", available_from="2027-01-01"),
    a_worker("w-6", skills={"welding": 5, "sewing": 5}, availability="employed", education="S3"),
]


@pytest.fixture
def empty(client):
    officer = client("matching", "officer")

    def ask(*vacancy, language="en"):
        hear(*vacancy)
        answer = officer.get("/v1/vacancies/v-1/candidates", headers={"Accept-Language": language}).json
        assert (answer["total"], answer["items"]) == (0, [])
        return answer["empty"]

    return ask


def relaxed(empty):
    return [(each["condition"], each["skill"], each["total"]) for each in empty["relaxations"]]


class TestAnEmptyList:
    @pytest.mark.parametrize(
        ("vacancy", "condition", "skill"),
        [
            (a_vacancy(a_need("piloting", must=True)), "must_have_skill", "piloting"),
            (a_vacancy(a_need("welding", 5, must=True), a_need("sewing", 5, must=True)), "must_have_skill", "sewing"),
            (a_vacancy(certificates=["safety", "welding"]), "certificate", "welding"),
            (a_vacancy(education="S2"), "education", None),
            (a_vacancy(a_need("welding", 4, must=True), education="S1", wage_max_idr=1), "wage", None),
        ],
        ids=["nobody has it", "nobody has both", "nobody is certified", "nobody is learned", "all together"],
    )
    def test_names_the_first_condition_that_left_nobody(self, empty, vacancy, condition, skill):
        named = empty(*PEOPLE, vacancy)["emptied_by"]

        assert (named["condition"], named["skill"], named["label"]) == (condition, skill, skill)

    @pytest.mark.parametrize(
        ("people", "condition"),
        [
            ({"availability": "employed"}, "availability"),
            ({"availability": "interning", "available_from": "2027-01-01"}, "availability"),
            ({"wishes": {"kinds": ["internship"]}}, "kind"),
            ({"wishes": {"min_wage_idr": 5_000_001}}, "wage"),
            ({"wishes": {"districts": [JUAI]}}, "district"),
        ],
        ids=["employed", "interning", "kind", "wage", "district"],
    )
    def test_names_what_people_wish_otherwise(self, empty, people, condition):
        found = empty(*(a_worker(f"w-{n}", **people) for n in range(3)), a_vacancy(wage_max_idr=5_000_000))

        assert found["emptied_by"]["condition"] == condition

    def test_says_how_many_there_were_without_each_condition_that_alone_keeps_somebody_out(self, empty):
        wanted = {"education": "SMA", "certificates": ["safety"], "wage_max_idr": 4_000_000}
        certified = a_worker("w-7", skills={"welding": 2}, certificates=[a_certificate("safety")])
        hear(*PEOPLE, certified)

        found = empty(a_vacancy(a_need("welding", 3, must=True), **wanted))

        # w-2 lacks the education alone, w-7 the level; the others lack the certificate and something else
        assert relaxed(found) == [("must_have_skill", "welding", 1), ("education", None, 1)]

    def test_counts_each_wish_and_day_that_alone_keeps_somebody_out_the_most_first(self, empty):
        later = {"availability": "in_training", "available_from": "2027-01-01"}
        hear(
            *(a_worker(f"k-{n}", wishes={"kinds": ["internship"]}) for n in range(4)),
            *(a_worker(f"w-{n}", wishes={"min_wage_idr": 9_000_000}) for n in range(3)),
            *(a_worker(f"d-{n}", wishes={"districts": [JUAI]}) for n in range(2)),
            a_worker("later", **later),
            a_worker("both", wishes={"kinds": ["internship"], "districts": [JUAI]}),
            a_worker("hidden", visibility="hidden"),
            a_worker("avoiding", hidden_from=["e-1"]),
        )

        found = empty(a_vacancy(wage_max_idr=1_000_000))

        assert relaxed(found) == [
            ("kind", None, 4), ("wage", None, 3), ("district", None, 2), ("availability", None, 1),
        ]  # fmt: skip

    def test_says_it_in_the_language_of_whoever_asks(self, empty):
        hear(a_skill("welding", "Las", "Welding"), a_worker(skills={"welding": 2}))
        asked = a_vacancy(a_need("welding", 3, must=True))

        english, indonesian = empty(asked), empty(asked, language="id")

        assert english["emptied_by"]["sentence"] == "The skill Welding at the level that is asked for."
        assert indonesian["emptied_by"] == {
            "condition": "must_have_skill",
            "skill": "welding",
            "label": "Las",
            "sentence": "Keterampilan Las pada tingkat yang diminta.",
        }
        assert indonesian["relaxations"] == [indonesian["emptied_by"] | {"total": 1}]

    def test_offers_nothing_where_no_single_condition_would_help(self, empty):
        assert empty(*PEOPLE, a_vacancy(certificates=["piloting", "diving"]))["relaxations"] == []

    def test_of_nobody_at_all_is_for_want_of_people_who_are_free(self, empty):
        found = empty(a_vacancy(a_need("welding", must=True)))

        assert (found["emptied_by"]["condition"], found["relaxations"]) == ("availability", [])


def without(condition, skill, vacancy, worker):
    """Return the vacancy and the worker as they were if one condition were dropped."""
    if condition == "must_have_skill":
        needs = [need | {"must": need["must"] and need["skill"] != skill} for need in vacancy["skills"]]
        return vacancy | {"skills": needs}, worker
    if condition == "certificate":
        return vacancy | {"certificates": [each for each in vacancy["certificates"] if each != skill]}, worker
    if condition == "education":
        return vacancy | {"education": None}, worker
    if condition == "availability":  # for who will be free one day; nobody waits for those who work
        will_be = worker["available_from"] and worker["availability"] in {"in_training", "interning"}
        return vacancy, worker | ({"available_from": START} if will_be else {})
    named = {"kind": "kinds", "wage": "min_wage_idr", "district": "districts"}[condition]
    return vacancy, worker | {"wishes": worker["wishes"] | {named: None}}


class TestTheRelaxations:
    @pytest.mark.parametrize("seed", range(3))
    def test_are_what_a_recount_by_hand_gives(self, client, seed):
        drawn = Random(100 + seed)
        workers = [random_worker(drawn, n) for n in range(60)]
        vacancies = [random_vacancy(drawn, f"v-{n}") for n in range(40)]
        hear(*TAXONOMY, *workers, *vacancies)
        officer, compared = client("matching", "officer"), 0

        for _, vacancy in vacancies:
            answer = officer.get(f"/v1/vacancies/{vacancy['id']}/candidates").json
            if answer["total"]:
                assert answer["empty"] is None
                continue
            names = [(name, None) for name in ("education", "availability", "kind", "wage", "district")]
            names += [("must_have_skill", need["skill"]) for need in vacancy["skills"] if need["must"]]
            names += [("certificate", skill) for skill in vacancy["certificates"]]
            pairs = {each: [without(*each, vacancy, worker) for _, worker in workers] for each in names}
            counts = {each: sum(meets(*pair, BROADER) for pair in pairs[each]) for each in names}
            told = {(name, skill): total for name, skill, total in relaxed(answer["empty"])}
            assert told == {each: count for each, count in counts.items() if count}
            compared += len(told)

        assert compared > 3
