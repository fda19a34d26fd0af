"""Listing employers."""

import pytest

from tests.vacancies.building import COMPANY, ids


@pytest.fixture
def five(officer):
    return [officer.post("/v1/employers", json=COMPANY | {"nib": f"999900000001{n}"}).json["id"] for n in range(5)]


class TestListingEmployers:
    def test_gives_the_oldest_first(self, officer, five):
        answer = officer.get("/v1/employers")

        assert ids(answer) == five
        assert "Link" not in answer.headers

    def test_goes_on_page_by_page_while_new_ones_come(self, officer, five):
        first = officer.get("/v1/employers?limit=2")
        officer.post("/v1/employers", json=COMPANY)
        second = officer.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert ids(first) + ids(second) == five[:4]

    def test_gives_those_that_wait_to_who_asks_for_them(self, officer, five):
        officer.post(f"/v1/employers/{five[1]}/verification")
        answer = officer.get("/v1/employers?status=pending&limit=2")
        rest = officer.get(answer.headers["Link"].partition(">")[0].removeprefix("<"))

        assert ids(answer) + ids(rest) == [five[0], *five[2:]]

    def test_refuses_a_status_that_there_is_not(self, officer):
        answer = officer.get("/v1/employers?status=unknown")

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"?status"})

    @pytest.mark.parametrize(("role", "status"), [(None, 401), ("worker", 403), ("employer", 403)])
    def test_is_for_officers_only(self, client, role, status):
        assert client("vacancies", role, own="e-1").get("/v1/employers").status_code == status
