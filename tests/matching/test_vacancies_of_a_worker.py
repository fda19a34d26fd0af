"""A worker asks which vacancies fit."""

from datetime import date

import pytest

from services import events
from services.reference import clock
from tests.matching.heard import HALONG, PARINGIN, a_certificate, a_need, a_vacancy, a_worker, gone, hear


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 15))


@pytest.fixture
def openings(client):
    worker = client("matching", "worker", own="w-1")
    return lambda query="": worker.get(f"/v1/workers/w-1/vacancies{query}", headers={"Accept-Language": "en"})


def ranked(answer):
    return [item["vacancy"]["id"] for item in answer.json["items"]]


class TestVacanciesOfAWorker:
    def test_come_the_best_first_and_equals_by_id(self, openings):
        hear(
            a_worker(skills={"welding": 3}),
            a_vacancy(a_need("welding", 5), name="v-1"),
            a_vacancy(a_need("welding", 3), name="v-4"),
            a_vacancy(a_need("welding", 3), name="v-3", district=HALONG),
            a_vacancy(a_need("welding", 2), name="v-2"),
        )

        answer = openings().json

        assert [(item["rank"], item["vacancy"]["id"], item["score"]) for item in answer["items"]] == [
            (1, "v-2", 1),
            (2, "v-4", 1),
            (3, "v-3", 0.88),
            (4, "v-1", 0.68),
        ]
        assert (answer["worker"], answer["engine"], answer["total"]) == ("w-1", "thin-1", 4)

    def test_say_what_they_are_and_why_as_the_candidates_do(self, openings, client):
        hear(a_worker(skills={"welding": 3}), a_vacancy(a_need("welding", 4)))
        officer = client("matching", "officer")

        item = openings().json["items"][0]

        assert item.pop("vacancy") == {
            "id": "v-1",
            "title": "Juru las",
            "employer_name": "PT Contoh",
            "kind": "job",
            "positions": 2,
            "district": PARINGIN,
            "district_name": "Paringin",
            "starts_on": "2026-12-01",
            "closes_on": "2026-11-15",
            "status": "published",
        }
        candidate = officer.get("/v1/vacancies/v-1/candidates", headers={"Accept-Language": "en"}).json["items"][0]
        assert item.items() <= candidate.items()

    def test_are_those_whose_hard_conditions_are_met(self, openings):
        hear(
            a_worker(skills={"welding": 3}, certificates=[a_certificate("safety", valid_until="2026-12-01")]),
            a_vacancy(a_need("welding", 3, must=True), name="v-1"),
            a_vacancy(a_need("welding", 4, must=True), name="too-high"),
            a_vacancy(name="v-2", certificates=["safety"]),
            a_vacancy(name="too-late", certificates=["safety"], starts_on="2026-12-02"),
            a_vacancy(name="too-learned", education="S1"),
        )

        assert sorted(ranked(openings())) == ["v-1", "v-2"]

    def test_are_those_that_are_open_the_last_day_counted(self, openings):
        hear(
            a_worker(),
            a_vacancy(name="last-day", closes_on="2026-11-15"),
            a_vacancy(name="over", closes_on="2026-11-14"),
            a_vacancy(name="closed", status="closed", closes_on="2026-12-31"),
        )
        hear(a_vacancy(name="gone"))
        hear(gone(events.Vacancy, "gone", 2))

        assert ranked(openings()) == ["last-day"]

    def test_come_in_pages_each_once(self, openings):
        vacancies = (a_vacancy(a_need("welding", 1 + n % 5), name=f"v-{n}") for n in range(9))
        hear(a_worker(skills={"welding": 3}), *vacancies)

        first = openings("?limit=5")
        second = openings("?" + first.headers["Link"].partition("?")[2].partition(">")[0])

        assert ranked(first) + ranked(second) == ranked(openings())
        assert [item["rank"] for item in second.json["items"]] == [6, 7, 8, 9]
        assert "Link" not in second.headers

    def test_are_shown_to_the_worker_and_the_office_alone(self, client):
        hear(a_worker())
        asking = [("officer", None), ("worker", "w-2"), ("employer", "e-1"), ("admin", None)]

        seen = [client("matching", role, own=own).get("/v1/workers/w-1/vacancies").status_code for role, own in asking]

        assert seen == [200, 404, 403, 403]

    def test_of_a_worker_of_whom_matching_has_not_heard_are_not_found(self, openings):
        assert (openings().status_code, openings().json["type"]) == (404, "profile-unknown")
