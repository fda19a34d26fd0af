"""Creating and reading programmes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import app_of, token
from tests.registry import programmes

WELDING = {
    "name": "Las SMAW 3G",
    "hours": 240,
    "skills": [{"skill": "smaw-welding", "level": 3}, {"skill": "occupational-safety", "level": 1}],
}


@pytest.fixture(autouse=True)
def _none_yet():
    with programmes.none_there():
        yield


class TestCreatingAProgramme:
    def test_answers_with_its_address_and_version(self, officer):
        answer = officer.post("/v1/programmes", json=WELDING)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.json == WELDING | {"id": answer.json["id"], "aliases": [], "schemes": []}
        assert officer.get(answer.headers["Location"]).json == answer.json

    def test_takes_its_other_names_and_its_schemes(self, officer):
        said = {"aliases": ["Las Listrik", "SMAW 3G"], "schemes": ["Plate Welder SMAW 3G"]}

        answer = officer.post("/v1/programmes", json=WELDING | said)

        assert answer.json == WELDING | said | {"id": answer.json["id"]}
        assert officer.get(answer.headers["Location"]).json == answer.json

    @pytest.mark.parametrize("name", ["Las SMAW 3G", "LAS smaw 3g", " Las  SMAW 3G"])
    def test_of_a_name_that_is_there_names_the_one_that_has_it(self, officer, name):
        first = officer.post("/v1/programmes", json=WELDING)

        again = officer.post("/v1/programmes", json=WELDING | {"name": name})

        assert (again.status_code, again.json["type"]) == (409, "programme-taken")
        assert again.headers["Location"] == first.headers["Location"]

    def test_of_one_name_at_the_same_moment_succeeds_for_one_only(self):
        def post(_):
            headers = {"Authorization": f"Bearer {token('officer')}"}
            return app_of("registry").test_client().post("/v1/programmes", json=WELDING, headers=headers)

        with ThreadPoolExecutor(8) as pool:
            answers = [answer.status_code for answer in pool.map(post, range(8))]

        assert sorted(answers) == [201] + [409] * 7

    def test_suggests_skills_for_those_that_it_does_not_know(self, officer):
        skills = [*WELDING["skills"], {"skill": "smaw-weldin", "level": 1}]

        answer = officer.post("/v1/programmes", json=WELDING | {"skills": skills})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/skills/2/skill"})
        assert "smaw-welding" in answer.json["errors"]["/skills/2/skill"][0]
        assert officer.get("/v1/programmes").json == []

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"name": ""}, "/name"), ({"hours": 0}, "/hours"), ({"hours": "240"}, "/hours"), ({"skills": []}, "/skills"),
         ({"aliases": [""]}, "/aliases/0"), ({"schemes": "SMAW"}, "/schemes"),
         ({"skills": [{"skill": "english", "level": 6}]}, "/skills/0/level")],
    )  # fmt: skip
    def test_names_what_is_wrong(self, officer, wrong, field):
        answer = officer.post("/v1/programmes", json=WELDING | wrong)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})

    def test_again_under_its_key_makes_no_second_one(self, officer):
        first, second = (
            officer.post("/v1/programmes", json=WELDING, headers={"Idempotency-Key": "k-1"}) for _ in range(2)
        )

        assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
        assert officer.get("/v1/programmes").json == [first.json]

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive"])
    def test_is_for_officers_only(self, client, role):
        assert client("registry", role, own="x").post("/v1/programmes", json=WELDING).status_code == 403
        assert client("registry", None).post("/v1/programmes", json=WELDING).status_code == 401


class TestReadingProgrammes:
    def test_is_for_everybody(self, client, officer):
        made = [officer.post("/v1/programmes", json=WELDING | {"name": f"Las {n}"}).json for n in range(3)]
        visitor = client("registry", None)

        first = visitor.get("/v1/programmes?limit=2")
        second = visitor.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert first.json + second.json == made
        assert "Link" not in second.headers
        assert visitor.get(f"/v1/programmes/{made[0]['id']}").json == made[0]

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        answer = officer.get("/v1/programmes/nothing")

        assert (answer.status_code, answer.json["type"]) == (404, "programme-unknown")
