"""People are told of vacancies that fit: bounded, once, and fair."""

from datetime import date, timedelta

import pytest

from services.matching.alert import commands, store
from services.matching.alert.model import A_WEEK
from services.matching.database import database
from services.reference import clock
from tests.matching.heard import a_need, a_vacancy, a_worker, hear


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 10))


@pytest.fixture(autouse=True)
def _filled():
    """Let all that comes be news."""
    hear(a_vacancy(name="first", closes_on="2026-11-01"))
    assert store.begin(database.reader(), quiet=timedelta(0))


def sweep():
    """Let the periodic work run until nothing is left, and return the facts told: worker and vacancy."""
    for command in (commands.tell_of_vacancies, commands.tell_people):
        while database.transact(command):
            pass
    told = database.reader().db.facts.find({"name": "matching.vacancy.recommended"}).sort("_id")
    return [(row["payload"]["worker_id"], row["payload"]["vacancy_id"]) for row in told]


def welders(count, level=4):
    return (a_worker(f"w-{n:02}", skills={"welding": level}) for n in range(count))


class TestANewVacancy:
    def test_is_told_to_those_whom_it_fits_and_to_no_other(self):
        hear(*welders(3), a_worker("cook", skills={"cooking": 5}), a_worker("busy", availability="employed"))
        sweep()
        hear(a_vacancy(a_need("welding", 4)))

        assert sorted(sweep()) == [(f"w-{n:02}", "v-1") for n in range(3)]

    def test_is_told_once_however_often_it_changes(self):
        hear(*welders(3), a_vacancy(a_need("welding", 4)))
        first = sweep()
        hear(
            a_vacancy(a_need("welding", 4), version=2),
            *(a_worker(f"w-{n:02}", 2, skills={"welding": 5}) for n in range(3)),
        )

        assert sweep() == first

    def test_is_told_to_so_many_a_position(self):
        hear(*welders(40))
        sweep()
        hear(a_vacancy(a_need("welding", 4), positions=2))

        assert len(sweep()) == 10

    def test_that_is_over_or_closed_is_not_told(self):
        hear(*welders(2), a_vacancy(a_need("welding", 4), status="closed"))
        hear(a_vacancy(a_need("welding", 4), name="over", closes_on="2026-11-09"))

        assert sweep() == []

    def test_makes_room_for_those_who_were_not_told_of_enough_lately(self):
        hear(*welders(6))
        sweep()
        for n in range(2 * A_WEEK):
            hear(a_vacancy(a_need("welding", 4), name=f"v-{n}", positions=1))
            sweep()

        told = [worker for worker, _ in sweep()]
        assert {told.count(f"w-{n:02}") for n in range(6)} == {A_WEEK}


class TestANewPerson:
    def test_is_told_of_the_vacancies_that_fit_best(self):
        hear(*(a_vacancy(a_need("welding", 2 + n % 4), name=f"v-{n}") for n in range(6)))
        sweep()
        hear(a_worker("w-1", skills={"welding": 3}))

        told = sweep()

        assert len(told) == A_WEEK
        assert {vacancy for _, vacancy in told} >= {"v-0", "v-4"}

    def test_is_told_when_it_changes_so_that_something_fits(self):
        hear(a_vacancy(a_need("welding", 4)), a_worker("w-1"))
        before = sweep()
        hear(a_worker("w-1", 2, skills={"welding": 4}))

        assert (before, sweep()) == ([], [("w-1", "v-1")])

    def test_is_told_nothing_of_an_employer_from_whom_it_hides(self):
        hear(a_vacancy(a_need("welding", 4)), a_worker("w-1", skills={"welding": 4}, hidden_from=["e-1"]))

        assert sweep() == []


class TestMatchingThatIsBeingFilled:
    def test_tells_nobody_of_what_it_already_hears(self):
        database.reader().db.alerts_since.delete_many({})
        hear(a_vacancy(a_need("welding", 4)), a_worker("w-1", skills={"welding": 4}))

        assert (sweep(), store.begin(database.reader())) == ([], False)

    def test_has_not_begun_before_anything_came(self):
        for collection in (store.VACANCIES, store.WORKERS):
            database.reader().db[collection].delete_many({})

        assert not store.begin(database.reader(), quiet=timedelta(0))

    def test_tells_of_what_comes_once_it_was_quiet(self):
        database.reader().db.alerts_since.delete_many({})
        hear(a_vacancy(a_need("welding", 4)), a_worker("w-1", skills={"welding": 4}))
        assert store.begin(database.reader(), quiet=timedelta(0))
        hear(a_worker("w-2", skills={"welding": 4}))

        assert sweep() == [("w-2", "v-1")]
