"""Closing a vacancy, by hand and when its last day is over."""

from datetime import date

import pytest

from services.vacancies.vacancy import commands


class TestClosingAVacancy:
    def test_ends_it_and_tells_of_it(self, client, vista, publish, tell):
        vacancy_id = publish()
        answer = client("vacancies", "employer", own=vista).post(f"/v1/vacancies/{vacancy_id}/closing")

        assert (answer.status_code, answer.json["status"], answer.json["closed_on"]) == (200, "closed", "2027-03-01")
        assert tell()[vacancy_id]["status"] == "closed"

    def test_is_refused_for_a_draft_and_for_a_closed_one(self, officer, draft, publish):
        closed = publish()
        officer.post(f"/v1/vacancies/{closed}/closing")

        for vacancy_id in (draft(), closed):
            answer = officer.post(f"/v1/vacancies/{vacancy_id}/closing")
            assert (answer.status_code, answer.json["type"]) == (409, "vacancy-not-published")

    def test_leaves_it_to_be_read_by_whoever_has_its_address(self, client, officer, publish):
        location = f"/v1/vacancies/{publish()}"
        officer.post(f"{location}/closing")

        assert client("vacancies", None).get(location).json["status"] == "closed"


class TestTheDayAfterTheLastDay:
    @pytest.fixture(autouse=True)
    def small_chunks(self, monkeypatch):
        monkeypatch.setattr(commands, "CHUNK", 2)

    def test_closes_and_tells_those_that_were_published(self, publish, tell, do_work, on):
        over = {publish() for _ in range(5)}
        tell()
        on(date(2027, 3, 21))
        do_work("vacancies.closing")

        assert {id_: state["status"] for id_, state in tell().items()} == dict.fromkeys(over, "closed")

    def test_leaves_drafts_and_later_ones(self, officer, draft, publish, do_work, on):
        over, later, drafted = publish(), publish(closes_on="2027-03-21"), draft()
        on(date(2027, 3, 21))
        do_work("vacancies.closing")

        stands = {each["id"]: (each["status"], each["closed_on"]) for each in officer.get("/v1/vacancies").json}
        assert stands == {over: ("closed", "2027-03-21"), later: ("published", None), drafted: ("draft", None)}

    def test_is_not_yet_on_the_last_day_itself(self, publish, tell, do_work, on):
        publish()
        tell()
        on(date(2027, 3, 20))
        do_work("vacancies.closing")

        assert tell() == {}

    def test_does_nothing_when_it_comes_twice(self, publish, tell, do_work, on):
        publish()
        on(date(2027, 3, 21))
        do_work("vacancies.closing")
        tell()
        do_work("vacancies.closing")

        assert tell() == {}
