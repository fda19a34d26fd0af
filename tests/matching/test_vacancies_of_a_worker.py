"""A worker asks which vacancies fit."""

from datetime import date

import pytest

from services import events
from services.matching.engine.score import GRADES, VERSION
from services.reference import clock
from services.reference.evidence import Grade
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
    def test_come_the_best_first(self, openings):
        hear(
            a_worker(skills={"welding": 3}),
            a_vacancy(a_need("welding", 5), name="too-high"),
            a_vacancy(a_need("welding", 3), name="fitting"),
            a_vacancy(a_need("welding", 3), name="far", district=HALONG),
            a_vacancy(a_need("sewing", 2), name="other"),
        )

        answer = openings().json

        claimed = 240 * GRADES[Grade.CLAIMED]
        assert [(item["rank"], item["vacancy"]["id"], round(30_000 * item["score"])) for item in answer["items"]] == [
            (1, "fitting", 6_000 + claimed),
            (2, "far", 2_400 + claimed),
            (3, "too-high", 6_000 + claimed * 3 // 5),
            (4, "other", 6_000),
        ]
        assert (answer["worker"], answer["engine"], answer["total"]) == ("w-1", VERSION, 4)

    def test_that_are_equal_come_in_another_order_for_another_person(self, client):
        names = [f"v-{n}" for n in range(8)]
        hear(a_worker("w-1"), a_worker("w-2"), *(a_vacancy(name=name) for name in names))
        officer = client("matching", "officer")

        orders = [ranked(officer.get(f"/v1/workers/{name}/vacancies")) for name in ("w-1", "w-2", "w-1")]

        assert sorted(orders[0]) == sorted(orders[1]) == names
        assert orders[0] == orders[2] != orders[1]

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
        assert item["lift"] is not None

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

    def test_are_such_as_the_worker_wishes_for(self, openings):
        wishes = {"kinds": ["job"], "min_wage_idr": 3_000_000, "districts": [PARINGIN]}
        hear(
            a_worker(wishes=wishes, hidden_from=["e-9"]),
            a_vacancy(name="v-1", wage_min_idr=2_500_000, wage_max_idr=3_000_000),
            a_vacancy(name="unsaid"),
            a_vacancy(name="internship", kind="internship"),
            a_vacancy(name="cheap", wage_min_idr=2_000_000, wage_max_idr=2_999_999),
            a_vacancy(name="elsewhere", district=HALONG),
            a_vacancy(name="avoided", employer_id="e-9"),
        )

        assert sorted(ranked(openings())) == ["unsaid", "v-1"]

    def test_are_shown_to_who_is_hidden_from_employers(self, openings, client):
        hear(a_worker(visibility="hidden"), a_vacancy())

        assert ranked(openings()) == ["v-1"]
        assert client("matching", "officer").get("/v1/vacancies/v-1/candidates").json["total"] == 0

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
