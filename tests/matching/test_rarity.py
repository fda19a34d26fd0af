"""Weights that an employer did not give are by how rare a skill is, counted now and then in supply and demand."""

from datetime import UTC, datetime, timedelta

import pytest

from services import events
from services.matching.database import database
from services.matching.rarity import store
from tests.matching.heard import a_need, a_vacancy, a_worker, gone, hear, tell


@pytest.fixture
def weights(client):
    officer = client("matching", "officer")

    def ask(name="v-1"):
        [item, *_] = officer.get(f"/v1/vacancies/{name}/candidates").json["items"]
        return {part["skill"]: part["weight"] for part in item["parts"]["skills"]}

    return ask


@pytest.fixture
def _counted():
    """Have a hundred people who talk, of whom two weld, and twenty vacancies that ask for talking, one for welding."""
    tell(*(a_worker(f"w-{n}", skills={"talking": 3} | ({"welding": 3} if n < 2 else {})) for n in range(100)))
    tell(*(a_vacancy(a_need("talking"), *([a_need("welding")] if n == 0 else []), name=f"d-{n}") for n in range(20)))
    hear()
    store.sweep(database.reader())


@pytest.mark.usefixtures("_counted")
class TestWeightsThatNobodyGave:
    def test_let_a_rare_skill_outweigh_one_that_everybody_has_and_wants(self, weights):
        hear(a_vacancy(a_need("talking", weight=None), a_need("welding", weight=None)))

        found = weights()

        assert found["welding"] > 3 * found["talking"] > 0
        assert sum(found.values()) == pytest.approx(1)

    def test_stand_beside_those_that_were_given(self, weights):
        hear(a_vacancy(a_need("talking", weight=20), a_need("sewing", weight=60), a_need("welding", weight=None)))

        assert weights() == pytest.approx({"talking": 20 / 120, "sewing": 60 / 120, "welding": 40 / 120}, abs=1e-4)

    def test_are_null_where_the_vacancy_is_shown(self, client):
        hear(a_vacancy(a_need("talking", weight=None)))

        assert client("matching", "officer").get("/v1/vacancies/v-1").json["skills"][0]["weight"] is None

    def test_decide_who_comes_first(self, client):
        hear(
            a_vacancy(a_need("talking", weight=None), a_need("welding", weight=None), name="v-1"),
            a_vacancy(a_need("talking", weight=60), a_need("welding", weight=40), name="v-2"),
            *(a_worker(f"w-{n}", 2, availability="employed") for n in range(100)),
            a_worker("welds", skills={"welding": 3}),
            a_worker("talks", skills={"talking": 3}),
        )
        officer = client("matching", "officer")

        firsts = [officer.get(f"/v1/vacancies/{name}/candidates").json["items"][0]["person"] for name in ("v-1", "v-2")]

        assert firsts == ["welds", "talks"]


@pytest.mark.usefixtures("_counted")
class TestTheCount:
    def test_is_of_all_people_and_vacancies_that_are_not_gone(self):
        hear(gone(events.Worker, "w-99", 2), gone(events.Vacancy, "d-19", 2))
        store.count(database.reader())

        found = store.current(database.reader())

        assert (found.people, found.vacancies) == (99, 19)
        assert (found.held, found.asked) == ({"talking": 99, "welding": 2}, {"talking": 19, "welding": 1})

    def test_stays_as_it_was_until_it_is_due(self, weights):
        hear(a_vacancy(a_need("talking", weight=None), a_need("welding", weight=None)))
        before = weights()

        hear(*(a_worker(f"new-{n}", skills={"welding": 5}) for n in range(20)))

        assert weights() == before
        assert store.sweep(database.reader()) == 0
        assert weights()["welding"] < before["welding"]

    @pytest.mark.parametrize(
        ("people", "vacancies", "is_due"), [(0, 0, False), (2, 0, False), (3, 0, True), (0, 1, True)]
    )
    def test_is_due_when_more_than_a_fiftieth_changed(self, people, vacancies, is_due):
        hear(*(a_worker(f"new-{n}") for n in range(people)), *(a_vacancy(name=f"new-{n}") for n in range(vacancies)))

        assert store.is_due(database.reader()) is is_due

    @pytest.mark.parametrize(("hours", "is_due"), [(23, False), (25, True)])
    def test_is_due_each_day(self, hours, is_due):
        at = datetime.now(UTC) - timedelta(hours=hours)
        database.reader().db.rarity.update_one({}, {"$set": {"at": at}})

        assert store.is_due(database.reader()) is is_due


class TestWithoutACount:
    def test_all_weigh_alike(self, weights):
        hear(a_vacancy(a_need("talking", weight=None), a_need("welding", weight=None)), a_worker())

        assert weights() == {"talking": 0.5, "welding": 0.5}
