"""What the vacancies tell happened to an employer, in the transaction in which it did."""

from services.vacancies.database import database
from tests.vacancies.building import COMPANY


class TestAnEmployersStanding:
    def test_is_told_each_time_it_changes_and_not_when_that_is_refused(self, officer):
        company = officer.post("/v1/employers", json=COMPANY).headers["Location"]

        for deed in ("verification", "verification", "suspension", "suspension", "verification"):
            officer.post(f"{company}/{deed}")

        told = [(row["name"], row["payload"]) for row in database.reader().db.facts.find({"to": None})]
        said = {"employer_id": company.rpartition("/")[2]}
        names = ("verified", "suspended", "verified")
        assert told == [(f"vacancies.employer.{name}", said) for name in names]
