"""What vacancies tells of its vacancies."""

import pytest


@pytest.fixture
def offered(officer, draft, publish):
    """A vacancy of each status; None for a draft, which others do not know of."""
    closed = publish()
    officer.post(f"/v1/vacancies/{closed}/closing")
    draft()
    return {closed: "closed", publish(): "published"}


def known(told):
    return {id_: state["status"] for id_, state in told.items() if not state.get("gone")}


class TestTellingOfVacancies:
    def test_says_how_each_stands_now_once_for_many_changes(self, officer, publish, tell, broker):
        vacancy_id = publish()
        for positions in (3, 4):
            officer.patch(f"/v1/vacancies/{vacancy_id}", json={"positions": positions}, headers={"If-Match": "*"})
        (state,) = tell().values()

        assert (state["version"], state["positions"]) == (4, 4)
        assert [(name, to) for name, to, _ in broker] == [("vacancies.vacancy", None)]
        assert tell() == {}

    def test_says_what_it_pays_and_where_it_is(self, officer, publish, tell):
        offers = {"wage_min_idr": 3_500_000, "wage_max_idr": 4_000_000}
        paid, unsaid = publish(**offers), publish(wage_min_idr=None, wage_max_idr=None)
        told = tell()
        there = officer.get(f"/v1/vacancies/{paid}").json

        assert {name: told[paid][name] for name in offers} == offers
        assert {told[unsaid][name] for name in offers} == {None}
        assert (told[paid]["village"], told[paid]["district"]) == (there["village"], there["district"])

    def test_says_nothing_of_drafts(self, offered, tell):
        assert known(tell()) == offered


class TestReplayingVacancies:
    def test_says_how_all_that_were_published_stand_to_the_one_that_asks(self, offered, tell, broker):
        first = tell()

        again = tell.again("matching")
        assert known(again) == offered
        assert {id_: again[id_] for id_ in offered} == first
        assert {to for _, to, _ in broker} == {"matching"}

    def test_has_nothing_for_those_that_do_not_hear_of_vacancies(self, publish, tell):
        publish()

        assert tell.again("registry") == {}
