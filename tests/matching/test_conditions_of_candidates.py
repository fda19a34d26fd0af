"""Nobody stands on a list who misses one of the hard conditions."""

import pytest

from tests.matching.heard import JUAI, PARINGIN, a_certificate, a_need, a_skill, a_vacancy, a_worker, hear


@pytest.fixture
def found(client):
    officer = client("matching", "officer")

    def ask(name="v-1"):
        answer = officer.get(f"/v1/vacancies/{name}/candidates").json
        people = {item["person"] for item in answer["items"]}
        assert answer["total"] == len(people)
        return people

    return ask


class TestACandidate:
    def test_has_each_must_have_skill_at_its_level(self, found):
        hear(
            a_vacancy(a_need("welding", 3, must=True), a_need("safety", 2, must=True), a_need("english")),
            a_worker("both", skills={"welding": 3, "safety": 2}),
            a_worker("low", skills={"welding": 2, "safety": 5, "english": 5}),
            a_worker("crossed", skills={"welding": 2, "safety": 3}),
            a_worker("one", skills={"welding": 5, "english": 5}),
            a_worker("proven", skills={"welding": 1, "safety": 2}, certificates=[a_certificate("welding", 3)]),
        )

        assert found() == {"both", "proven"}

    def test_has_a_certificate_that_holds_on_the_day_work_starts_both_ends_counted(self, found):
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

        assert found() == {"ends-that-day", "starts-that-day", "without-end"}

    def test_has_every_certificate_that_is_asked_for(self, found):
        hear(
            a_vacancy(certificates=["welding", "safety"]),
            a_worker("both", certificates=[a_certificate("welding"), a_certificate("safety")]),
            a_worker("one", certificates=[a_certificate("welding")]),
        )

        assert found() == {"both"}

    def test_has_the_education_or_a_higher_one(self, found):
        held = ("none", "SD", "SMP", "SMA", "SMK", "D3", "S1")
        hear(a_vacancy(education="SMA"), *(a_worker(each, education=each) for each in held))

        assert found() == {"D3", "S1", "SMA", "SMK"}

    def test_is_free_when_work_starts(self, found):
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

        assert found() == {"free", "intern-by-then", "trained-by-then"}

    def test_has_a_kind_of_the_must_have_skill_and_nothing_else_that_is_like_it(self, found):
        hear(
            a_skill("welding", "Las", "Welding", broader="metal", related=["drawing"]),
            a_skill("smaw", "SMAW", "SMAW", broader="welding"),
            a_skill("gtaw", "GTAW", "GTAW", broader="welding"),
            a_vacancy(a_need("welding", 3, must=True), name="v-1"),
            a_vacancy(a_need("smaw", 3, must=True), name="v-2"),
            *(a_worker(skill, skills={skill: 3}) for skill in ("welding", "smaw", "gtaw", "metal", "drawing")),
        )

        assert found("v-1") == {"welding", "smaw", "gtaw"}
        assert found("v-2") == {"smaw"}

    def test_lets_the_employer_see_them(self, found):
        hear(
            a_vacancy(name="v-1", employer_id="e-1"),
            a_vacancy(name="v-2", employer_id="e-2"),
            a_worker("hidden", visibility="hidden"),
            a_worker("pseudonymous", visibility="pseudonymous"),
            a_worker("open", visibility="open"),
            a_worker("not-for-1", visibility="open", hidden_from=["e-1", "e-3"]),
        )

        assert found("v-1") == {"pseudonymous", "open"}
        assert found("v-2") == {"pseudonymous", "open", "not-for-1"}

    def test_wishes_for_such_work(self, found):
        wishes = {
            "any": None,
            "any-too": {"kinds": [], "min_wage_idr": None, "districts": []},
            "job": {"kinds": ["job"]},
            "internship": {"kinds": ["internship"]},
            "both": {"kinds": ["job", "internship"]},
            "content": {"min_wage_idr": 4_000_000},
            "dear": {"min_wage_idr": 4_000_001},
            "here": {"districts": [JUAI, PARINGIN]},
            "elsewhere": {"districts": [JUAI]},
        }
        hear(
            a_vacancy(name="v-1", wage_min_idr=3_000_000, wage_max_idr=4_000_000),
            a_vacancy(name="v-2", kind="internship"),
            *(a_worker(name, wishes=said) for name, said in wishes.items()),
        )

        assert found("v-1") == {"any", "any-too", "job", "both", "content", "here"}
        assert found("v-2") == {"any", "any-too", "internship", "both", "content", "dear", "here"}

    def test_is_found_by_what_changed_last(self, found):
        hear(a_vacancy(a_need("welding", 3, must=True)), a_worker("w-1", skills={"welding": 3}), a_worker("w-2"))
        hear(a_worker("w-1", 2), a_worker("w-2", 2, skills={"welding": 3}))

        assert found() == {"w-2"}
