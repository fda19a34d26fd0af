"""Matching hears how a vacancy stands, and what its skills are called."""

import pytest

from services import events
from services.common.bus import Wrong
from tests.matching.heard import a_need, a_skill, a_vacancy, a_worker, gone, hear


@pytest.fixture
def ask(client):
    officer = client("matching", "officer")
    return lambda path="/v1/vacancies/v-1", **options: officer.get(path, **options)


def label(ask, language):
    answer = ask("/v1/vacancies/v-1/candidates", headers={"Accept-Language": language})
    return answer.json["items"][0]["matched"][0]["label"]


class TestHearingOfAVacancy:
    def test_keeps_what_it_asks_for(self, ask):
        asked = {"certificates": ["safety"], "education": "SMK", "new_field": "new"}
        hear(a_vacancy(a_need("welding", 3, 60, must=True), version=5, **asked))

        answer = ask()

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
        assert answer.json == {
            "id": "v-1",
            "version": 5,
            "employer_id": "e-1",
            "employer_name": "PT Contoh",
            "title": "Juru las",
            "kind": "job",
            "status": "published",
            "positions": 2,
            "district": "63.11.06",
            "skills": [{"skill": "welding", "min_level": 3, "weight": 60, "must": True}],
            "certificates": ["safety"],
            "education": "SMK",
            "starts_on": "2026-12-01",
            "closes_on": "2026-11-15",
        }

    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 3, 1, 2)])
    def test_keeps_the_newest_in_whatever_order_and_number(self, ask, order):
        for version in order:
            hear(a_vacancy(version=version, title=f"title {version}"))

        assert ask().json["title"] == "title 3"

    def test_that_is_gone_forgets_it_and_does_not_bring_it_back_late(self, ask):
        hear(a_vacancy(version=1))
        hear(gone(events.Vacancy, "v-1", 3))
        hear(a_vacancy(version=2))

        assert (ask().status_code, ask("/v1/vacancies/v-1/candidates").status_code) == (404, 404)
        assert ask().json["type"] == "vacancy-unknown"

    @pytest.mark.parametrize(
        "strange",
        [
            {"district": "63.99.01"},
            {"education": "Ph.D."},
            {"skills": [a_need("welding", 0)]},
            {"skills": [a_need("welding", 6)]},
            {"skills": [a_need("welding", 3, -1)]},
            {"kind": "slavery"},
            {"skills": [a_need(f"skill-{n}") for n in range(64)]},
            {"certificates": [f"skill-{n}" for n in range(64)]},
        ],
    )
    def test_does_not_take_one_that_nobody_can_be_compared_with_and_names_it(self, ask, strange):
        with pytest.raises(Wrong, match="v-2"):
            hear(a_vacancy(name="v-1"), a_vacancy(name="v-2", **strange))

        assert [ask(f"/v1/vacancies/{name}").status_code for name in ("v-1", "v-2")] == [200, 404]

    def test_may_ask_for_very_many_skills(self, ask):
        many = [a_need(f"skill-{n}", 3, n) for n in range(50)]
        hear(a_vacancy(*many), a_worker("w-1", skills={"skill-49": 3}), a_worker("w-2", skills={"skill-7": 3}))

        answer = ask("/v1/vacancies/v-1/candidates").json

        assert [item["person"] for item in answer["items"]] == ["w-1", "w-2"]
        skills = answer["items"][0]["parts"]["skills"]
        assert (len(skills), sum(part["weight"] for part in skills)) == (50, pytest.approx(1, abs=1e-9))

    @pytest.mark.parametrize("weight", [0, 100])
    def test_weighs_all_alike_that_it_weighs_alike(self, ask, weight):
        hear(a_vacancy(a_need("welding", 3, weight), a_need("communication", 3, weight)), a_worker())

        parts = ask("/v1/vacancies/v-1/candidates").json["items"][0]["parts"]["skills"]

        assert [part["weight"] for part in parts] == [0.5, 0.5]

    @pytest.mark.parametrize(
        ("vacancy", "total"),
        [
            (a_vacancy(a_need("welding", 1, must=True), a_need("welding", 3, must=True)), 1),
            (a_vacancy(a_need("welding", 1, must=True), a_need("welding", 4, must=True)), 0),
            (a_vacancy(a_need("welding", must=True), certificates=["welding", "welding"], wage_max_idr=0), 0),
        ],
        ids=["twice", "twice and too high", "of nobody"],
    )
    def test_that_contradicts_itself_is_answered_as_it_stands(self, ask, vacancy, total):
        hear(vacancy, a_worker(skills={"welding": 3}))

        answer = ask("/v1/vacancies/v-1/candidates")

        assert (answer.status_code, answer.json["total"]) == (200, total)

    def test_is_shown_to_its_employer_and_to_no_other(self, client):
        hear(a_vacancy())

        asking = [("employer", "e-1"), ("employer", "e-2"), ("worker", "w-1"), ("admin", None)]
        seen = [client("matching", role, own=own).get("/v1/vacancies/v-1").status_code for role, own in asking]

        assert seen == [200, 404, 403, 200]


class TestHearingOfASkill:
    def test_calls_it_by_its_newest_label_in_the_language_of_whoever_asks(self, ask):
        hear(a_skill("welding", "Las", "Welding", 2), a_vacancy(a_need("welding")), a_worker(skills={"welding": 3}))
        hear(a_skill("welding", "Old", "Old", 1))

        assert [label(ask, language) for language in ("id", "en", "fr")] == ["Las", "Welding", "Las"]

    def test_that_has_not_arrived_leaves_it_with_its_id(self, ask):
        hear(a_vacancy(a_need("welding")), a_worker(skills={"welding": 3}))
        hear(gone(events.Skill, "welding", 2))

        assert label(ask, "en") == "welding"
