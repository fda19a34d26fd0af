"""Verifying and suspending an employer."""

import pytest

from tests.vacancies.building import COMPANY, KEY


@pytest.fixture
def company(officer):
    return officer.post("/v1/employers", json=COMPANY).headers["Location"]


class TestVerifyingAnEmployer:
    def test_answers_with_one_that_may_publish(self, officer, company):
        answer = officer.post(f"{company}/verification")

        assert (answer.status_code, answer.json["status"], answer.headers["ETag"]) == (200, "verified", '"2"')

    def test_is_done_once_for_one_key(self, officer, company):
        answers = [officer.post(f"{company}/verification", headers=KEY) for _ in range(2)]

        assert [(answer.status_code, answer.headers["ETag"]) for answer in answers] == [(200, '"2"')] * 2

    def test_is_refused_when_it_is_verified_already(self, officer, company):
        officer.post(f"{company}/verification")
        answer = officer.post(f"{company}/verification")

        assert (answer.status_code, answer.json["type"]) == (409, "employer-verified")

    def test_ends_a_suspension(self, officer, company):
        suspended = officer.post(f"{company}/suspension")
        again = officer.post(f"{company}/suspension")
        verified = officer.post(f"{company}/verification")

        assert suspended.json["status"] == "suspended"
        assert (again.status_code, again.json["type"]) == (409, "employer-suspended")
        assert verified.json["status"] == "verified"

    def test_is_refused_for_an_unknown_one(self, officer):
        answer = officer.post("/v1/employers/nobody/verification")

        assert (answer.status_code, answer.json["type"]) == (404, "employer-unknown")

    @pytest.mark.parametrize("deed", ["verification", "suspension"])
    def test_is_not_for_the_employer_itself(self, client, company, deed):
        own = company.rpartition("/")[2]

        assert client("vacancies", "employer", own=own).post(f"{company}/{deed}").status_code == 403
