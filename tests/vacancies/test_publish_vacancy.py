"""Publishing a vacancy."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from tests.vacancies.building import ENGLISH, KEY, WELDER


class TestPublishingAVacancy:
    def test_shows_it_to_everyone(self, client, vista, draft, on):
        location = f"/v1/vacancies/{draft()}"
        itself, visitor = client("vacancies", "employer", own=vista), client("vacancies", None)
        before = visitor.get(location)
        on(date(2027, 3, 5))
        answer = itself.post(f"{location}/publication")

        assert before.status_code == 404
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert (answer.json["status"], answer.json["published_on"]) == ("published", "2027-03-05")
        assert visitor.get(location).json == answer.json

    def test_tells_of_it(self, publish, vista, tell):
        wages = {"wage_min_idr": 3_500_000, "wage_max_idr": 4_000_000}
        vacancy_id = publish(certificates=["smaw-welding"], education="SMP", **wages)
        told = tell()

        assert told == {
            vacancy_id: {
                "id": vacancy_id,
                "version": 2,
                "employer_id": vista,
                "employer_name": "PT Vista Utama",
                "title": WELDER["title"],
                "kind": "job",
                "status": "published",
                "positions": 6,
                "district": "63.11.06",
                "skills": WELDER["skills"],
                "certificates": ["smaw-welding"],
                "education": "SMP",
                "starts_on": "2027-04-01",
                "closes_on": "2027-03-20",
                "village": WELDER["village"],
                **wages,
            }
        }

    def test_is_done_once_for_one_key(self, officer, draft):
        location = f"/v1/vacancies/{draft()}/publication"
        answers = [officer.post(location, headers=KEY) for _ in range(2)]

        assert [(answer.status_code, answer.headers["ETag"]) for answer in answers] == [(200, '"2"')] * 2

    def test_is_refused_a_second_time(self, officer, publish):
        answer = officer.post(f"/v1/vacancies/{publish()}/publication")

        assert (answer.status_code, answer.json["type"]) == (409, "vacancy-not-draft")

    def test_is_refused_for_an_employer_that_is_not_verified(self, officer, vista, draft, tell):
        location = f"/v1/vacancies/{draft()}/publication"
        officer.post(f"/v1/employers/{vista}/suspension")
        answer = officer.post(location, headers=ENGLISH)

        assert (answer.status_code, answer.json["type"]) == (409, "employer-not-verified")
        assert answer.json["title"].startswith("The office has not verified this employer")
        assert tell() == {}

    def test_is_refused_when_it_has_become_wrong_meanwhile(self, officer, draft, hear, on):
        location = f"/v1/vacancies/{draft()}/publication"
        hear({"id": "technical-drawing", "version": 2, "gone": True})
        on(date(2027, 3, 21))
        answer = officer.post(location)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/closes_on", "/skills/1/skill"})

    @pytest.mark.parametrize("deed", ["publication", "closing"])
    @pytest.mark.parametrize(("role", "status"), [(None, 401), ("worker", 403), ("employer", 404)])
    def test_is_not_for_others(self, client, draft, role, status, deed):
        assert client("vacancies", role, own="another").post(f"/v1/vacancies/{draft()}/{deed}").status_code == status

    def test_while_its_employer_is_suspended_comes_before_that_or_not_at_all(self, client, officer, vista, draft):
        for _ in range(15):
            location, start = f"/v1/vacancies/{draft()}/publication", Barrier(2)
            before = int(officer.get(f"/v1/employers/{vista}").headers["ETag"].strip('"'))

            def post(path, start=start):
                start.wait()
                return client("vacancies").post(path)

            with ThreadPoolExecutor(2) as pool:
                published, suspended = pool.map(post, (location, f"/v1/employers/{vista}/suspension"))

            # Whoever publishes counts the employer up; a suspension that came first finds it untouched.
            came_second = suspended.headers["ETag"] == f'"{before + 2}"'
            assert (published.status_code, suspended.status_code) == (200 if came_second else 409, 200)
            officer.post(f"/v1/employers/{vista}/verification")

    def test_twice_at_the_same_moment_succeeds_once(self, client, draft):
        location = f"/v1/vacancies/{draft()}/publication"

        with ThreadPoolExecutor(6) as pool:
            answers = pool.map(lambda _: client("vacancies").post(location).status_code, range(6))

        assert sorted(answers) == [200] + [409] * 5
