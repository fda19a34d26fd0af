"""What was asked for and not found is kept: it says which trainings the region lacks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from services.matching.database import database
from services.matching.match import store
from services.reference import clock
from tests.matching.heard import a_need, a_vacancy, a_worker, hear

DAY = date(2026, 11, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    days = [DAY]
    monkeypatch.setattr(clock, "today", lambda: days[-1])
    return days.append


@pytest.fixture
def look(client):
    officer = client("matching", "officer")
    return lambda name="v-1": officer.get(f"/v1/vacancies/{name}/candidates").json


def unmet(day=DAY):
    return store.unmet_on(database.reader(), day.isoformat())


class TestUnmetDemand:
    def test_is_kept_with_what_was_asked_and_what_left_nobody(self, look):
        hear(a_vacancy(a_need("welding", 4, 70, must=True), education="SMA", wage_max_idr=5_000_000), a_worker())

        look()

        [row] = unmet()
        assert (row["of"], row["asked"]) == ("v-1", 1)
        assert row["emptied_by"] == {"condition": "must_have_skill", "skill": "welding"}
        assert row["requirement"]["skills"] == [{"skill": "welding", "min_level": 4, "weight": 70, "must": True}]
        said = {name: row["requirement"][name] for name in ("district", "education", "kind", "wage_idr", "starts_on")}
        assert said == {
            "district": "63.11.06",
            "education": "SMA",
            "kind": "job",
            "wage_idr": 5_000_000,
            "starts_on": "2026-12-01",
        }

    def test_is_kept_once_a_day_for_each_that_asks_with_how_often(self, look, today):
        hear(a_vacancy(a_need("welding", must=True)), a_vacancy(a_need("sewing", must=True), name="v-2"), a_worker())

        for name in ("v-1", "v-1", "v-2", "v-1"):
            look(name)
        today(date(2026, 11, 16))
        look()

        assert [(row["of"], row["asked"]) for row in unmet()] == [("v-1", 3), ("v-2", 1)]
        assert [(row["of"], row["asked"]) for row in unmet(date(2026, 11, 16))] == [("v-1", 1)]

    def test_is_nothing_where_somebody_is_found(self, look):
        hear(a_vacancy(a_need("welding")), a_worker())

        assert look()["total"] == 1
        assert unmet() == []

    def test_is_not_what_a_worker_does_not_find(self, client):
        hear(a_worker())

        assert client("matching", "worker", own="w-1").get("/v1/workers/w-1/vacancies").json["total"] == 0
        assert unmet() == []

    def test_loses_none_of_many_who_ask_at_once(self, client):
        hear(a_vacancy(a_need("welding", must=True)), a_worker())

        with ThreadPoolExecutor(6) as threads:
            officers = [client("matching", "officer") for _ in range(24)]
            codes = list(threads.map(lambda each: each.get("/v1/vacancies/v-1/candidates").status_code, officers))

        assert codes == [200] * 24
        assert [row["asked"] for row in unmet()] == [24]
