"""Registering and reading institutions."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import app_of, token

LPK = {"name": "LPK Contoh", "kind": "LPK", "village": "63.11.06.1023"}


class TestRegisteringAnInstitution:
    def test_answers_with_its_address_and_version(self, officer):
        answer = officer.post("/v1/institutions", json=LPK)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.json == LPK | {"id": answer.json["id"]}
        assert officer.get(answer.headers["Location"]).json == answer.json

    @pytest.mark.parametrize("name", ["LPK Contoh", "lpk contoh", "  LPK \t Contoh "])
    def test_of_a_name_that_is_there_names_the_one_that_has_it(self, officer, name):
        first = officer.post("/v1/institutions", json=LPK)

        again = officer.post("/v1/institutions", json=LPK | {"name": name})

        assert (again.status_code, again.json["type"]) == (409, "institution-taken")
        assert again.headers["Location"] == first.headers["Location"]

    def test_of_one_name_at_the_same_moment_succeeds_for_one_only(self):
        def post(_):
            headers = {"Authorization": f"Bearer {token('officer')}"}
            return app_of("registry").test_client().post("/v1/institutions", json=LPK, headers=headers)

        with ThreadPoolExecutor(8) as pool:
            answers = [answer.status_code for answer in pool.map(post, range(8))]

        assert sorted(answers) == [201] + [409] * 7

    def test_suggests_villages_for_one_that_it_does_not_know(self, officer):
        answer = officer.post("/v1/institutions", json=LPK | {"village": "63.11.06.1024"})

        assert (answer.status_code, answer.json["type"]) == (422, "village-unknown")
        assert "63.11.06.1023" in answer.json["errors"]["/village"][0]
        assert officer.get("/v1/institutions").json == []

    @pytest.mark.parametrize(
        ("wrong", "field"), [({"name": ""}, "/name"), ({"kind": None}, "/kind"), ({"village": 63}, "/village")]
    )
    def test_names_what_is_wrong(self, officer, wrong, field):
        answer = officer.post("/v1/institutions", json=LPK | wrong)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})

    def test_again_under_its_key_makes_no_second_one(self, officer):
        first, second = (
            officer.post("/v1/institutions", json=LPK, headers={"Idempotency-Key": "k-1"}) for _ in range(2)
        )

        assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
        assert officer.get("/v1/institutions").json == [first.json]

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive"])
    def test_is_for_officers_only(self, client, role):
        assert client("registry", role, own="x").post("/v1/institutions", json=LPK).status_code == 403
        assert client("registry", None).post("/v1/institutions", json=LPK).status_code == 401


class TestReadingInstitutions:
    def test_is_for_everybody(self, client, officer):
        made = [officer.post("/v1/institutions", json=LPK | {"name": f"LPK {n}"}).json for n in range(3)]
        visitor = client("registry", None)

        first = visitor.get("/v1/institutions?limit=2")
        second = visitor.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert first.json + second.json == made
        assert "Link" not in second.headers
        assert visitor.get(f"/v1/institutions/{made[0]['id']}").json == made[0]

    def test_again_unchanged_sends_no_body(self, officer):
        path = officer.post("/v1/institutions", json=LPK).headers["Location"]

        answer = officer.get(path, headers={"If-None-Match": '"1"'})

        assert (answer.status_code, answer.data) == (304, b"")

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        answer = officer.get("/v1/institutions/nobody")

        assert (answer.status_code, answer.json["type"]) == (404, "institution-unknown")
