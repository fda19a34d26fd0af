"""Registering an employer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.vacancies.building import COMPANY, ENGLISH, KEY


class TestRegisteringAnEmployer:
    def test_answers_with_one_that_waits_for_verification(self, officer):
        answer = officer.post("/v1/employers", json=COMPANY)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.headers["Location"] == f"/v1/employers/{answer.json['id']}"
        assert (answer.json["status"], answer.json["district"]) == ("pending", "63.11.07")
        assert officer.get(answer.headers["Location"]).json == answer.json

    def test_is_done_once_for_one_key(self, officer):
        first, second = (officer.post("/v1/employers", json=COMPANY, headers=KEY) for _ in range(2))
        other = officer.post("/v1/employers", json=COMPANY | {"name": "PT Lain"}, headers=KEY)

        assert (first.status_code, second.status_code, second.json) == (201, 201, first.json)
        assert (other.status_code, other.json["type"]) == (422, "key-reused")

    def test_is_refused_for_a_nib_that_is_there_with_the_way_to_it(self, officer):
        first = officer.post("/v1/employers", json=COMPANY)
        second = officer.post("/v1/employers", json=COMPANY | {"name": "PT Lain"})

        assert (second.status_code, second.json["type"]) == (409, "nib-taken")
        assert second.headers["Location"] == first.headers["Location"]

    def test_at_the_same_moment_succeeds_for_one_only(self, client):
        def post(_):
            return client("vacancies").post("/v1/employers", json=COMPANY)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(post, range(6)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
        assert len({answer.headers["Location"] for answer in answers}) == 1

    def test_names_every_wrong_field(self, officer):
        wrong = {"nib": "12345678901a\n", "sector": "9900", "status": "verified"}
        answer = officer.post("/v1/employers", json=COMPANY | wrong)

        assert answer.status_code == 422
        assert set(answer.json["errors"]) == {"/nib", "/sector", "/status"}

    def test_suggests_villages_for_an_unknown_one_in_both_languages(self, officer):
        company = COMPANY | {"village": "63.11.07.2066"}
        indonesian = officer.post("/v1/employers", json=company)
        english = officer.post("/v1/employers", json=company, headers=ENGLISH)

        assert (indonesian.status_code, indonesian.json["type"]) == (422, "village-unknown")
        assert indonesian.json["title"] == "Tidak ada desa/kelurahan dengan kode ini."
        assert english.json["title"] == "There is no village with this code."
        ((said,),) = english.json["errors"].values()
        assert said.startswith("No village has this code; near it: ")
        assert "63.11.07.2006" in said
        assert indonesian.json["errors"]["/village"][0].startswith("Tidak ada desa/kelurahan dengan kode ini; yang mir")

    @pytest.mark.parametrize(
        ("role", "status"), [(None, 401), ("worker", 403), ("employer", 403), ("institution", 403)]
    )
    def test_is_for_officers_only(self, client, role, status):
        answer = client("vacancies", role, own="e-1").post("/v1/employers", json=COMPANY)

        assert answer.status_code == status
