"""Creating, reading and changing batches."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import app_of, token
from tests.registry.enrolments import BARISTA, DAYS, WELDING
from tests.registry.test_register_institution import LPK


@pytest.fixture
def asked(lpk):
    return {"institution_id": lpk, "programme_id": WELDING, "name": "Angkatan I/2099", "capacity": 16} | DAYS


class TestCreatingABatch:
    def test_answers_with_its_address_and_version(self, officer, asked):
        answer = officer.post("/v1/batches", json=asked)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.json == asked | {"id": answer.json["id"]}
        assert officer.get(answer.headers["Location"]).json == answer.json

    def test_needs_neither_days_nor_capacity(self, officer, asked):
        least = {name: asked[name] for name in ("institution_id", "programme_id", "name")}

        answer = officer.post("/v1/batches", json=least)

        assert answer.status_code == 201
        assert answer.json == least | {"id": answer.json["id"], "starts_on": None, "ends_on": None, "capacity": None}

    @pytest.mark.parametrize("name", ["Angkatan I/2099", "ANGKATAN i / 2099", " Angkatan  I/2099"])
    def test_of_a_name_that_is_there_names_the_one_that_has_it(self, officer, asked, name):
        first = officer.post("/v1/batches", json=asked)

        again = officer.post("/v1/batches", json=asked | {"name": name})

        assert (again.status_code, again.json["type"]) == (409, "batch-taken")
        assert again.headers["Location"] == first.headers["Location"]

    def test_of_one_name_in_another_programme_or_institution_is_another(self, officer, asked):
        other = officer.post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]
        changes = [{}, {"programme_id": BARISTA}, {"institution_id": other}]

        assert [officer.post("/v1/batches", json=asked | each).status_code for each in changes] == [201] * 3

    def test_of_one_name_at_the_same_moment_succeeds_for_one_only(self, asked):
        def post(_):
            headers = {"Authorization": f"Bearer {token('officer')}"}
            return app_of("registry").test_client().post("/v1/batches", json=asked, headers=headers)

        with ThreadPoolExecutor(8) as pool:
            answers = [answer.status_code for answer in pool.map(post, range(8))]

        assert sorted(answers) == [201] + [409] * 7

    def test_that_ends_before_it_starts_is_refused(self, officer, asked):
        answer = officer.post("/v1/batches", json=asked | {"ends_on": "2099-02-28"})

        assert (answer.status_code, answer.json["type"]) == (422, "batch-ends-before-it-begins")
        assert set(answer.json["errors"]) == {"/ends_on"}
        assert officer.get("/v1/batches").json == []

    @pytest.mark.parametrize(
        ("wrong", "kind"),
        [({"institution_id": "nobody"}, "institution-unknown"), ({"programme_id": "nothing"}, "programme-unknown")],
    )
    def test_of_what_is_not_there_is_not_possible(self, officer, asked, wrong, kind):
        answer = officer.post("/v1/batches", json=asked | wrong)

        assert (answer.status_code, answer.json["type"]) == (404, kind)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"name": ""}, "/name"), ({"capacity": 0}, "/capacity"), ({"starts_on": "1 Maret"}, "/starts_on")],
    )
    def test_names_what_is_wrong(self, officer, asked, wrong, field):
        answer = officer.post("/v1/batches", json=asked | wrong)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})

    def test_again_under_its_key_makes_no_second_one(self, officer, asked):
        first, second = (officer.post("/v1/batches", json=asked, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
        assert officer.get("/v1/batches").json == [first.json]

    def test_is_for_an_institution_its_own(self, client, lpk, asked):
        assert client("registry", "institution", own=lpk).post("/v1/batches", json=asked).status_code == 201
        assert client("registry", "institution", own="other").post("/v1/batches", json=asked).status_code == 403
        assert client("registry", "worker", own="x").post("/v1/batches", json=asked).status_code == 403


class TestReadingBatches:
    @pytest.fixture
    def three(self, officer, asked):
        changes = [{}, {"name": "Angkatan II/2099"}, {"programme_id": BARISTA}]
        return [officer.post("/v1/batches", json=asked | each).json for each in changes]

    def test_goes_page_by_page(self, officer, three):
        first = officer.get("/v1/batches?limit=2")
        second = officer.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert first.json + second.json == three
        assert "Link" not in second.headers

    def test_goes_by_institution_and_programme(self, officer, three, lpk):
        assert officer.get(f"/v1/batches?programme_id={three[2]['programme_id']}").json == three[2:]
        of_both = f"institution_id={lpk}&programme_id={three[0]['programme_id']}"
        assert officer.get(f"/v1/batches?{of_both}").json == three[:2]
        assert officer.get("/v1/batches?institution_id=other").json == []

    def test_is_for_an_institution_its_own(self, client, lpk, three):
        own, other = (client("registry", "institution", own=each) for each in (lpk, "other"))

        assert own.get(f"/v1/batches?institution_id={lpk}").json == three
        assert own.get(f"/v1/batches/{three[0]['id']}").json == three[0]
        assert own.get("/v1/batches").status_code == 404
        assert other.get(f"/v1/batches?institution_id={lpk}").status_code == 404
        assert other.get(f"/v1/batches/{three[0]['id']}").status_code == 404

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        answer = officer.get("/v1/batches/nothing")

        assert (answer.status_code, answer.json["type"]) == (404, "batch-unknown")


class TestChangingABatch:
    @pytest.fixture
    def made(self, officer, asked):
        return officer.post("/v1/batches", json=asked).json

    def change(self, http, made, version, **said):
        return http.patch(f"/v1/batches/{made['id']}", json=said, headers={"If-Match": f'"{version}"'})

    def test_moves_its_days_and_leaves_the_rest(self, officer, made):
        answer = self.change(officer, made, 1, starts_on="2099-03-08", ends_on="2099-05-07")

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json == made | {"starts_on": "2099-03-08", "ends_on": "2099-05-07"}
        assert officer.get(f"/v1/batches/{made['id']}").json == answer.json

    def test_needs_the_version_that_was_seen(self, officer, made):
        assert officer.patch(f"/v1/batches/{made['id']}", json={"capacity": 20}).status_code == 428
        assert self.change(officer, made, 1, capacity=20).status_code == 200
        assert self.change(officer, made, 1, capacity=24).status_code == 412
        assert officer.get(f"/v1/batches/{made['id']}").json["capacity"] == 20

    def test_to_an_end_before_its_start_is_refused(self, officer, made):
        answer = self.change(officer, made, 1, starts_on="2099-05-01")

        assert (answer.status_code, answer.json["type"]) == (422, "batch-ends-before-it-begins")
        assert officer.get(f"/v1/batches/{made['id']}").headers["ETag"] == '"1"'

    def test_never_gives_it_another_name_or_institution(self, officer, made, lpk):
        for said in ({"name": "Angkatan II"}, {"institution_id": lpk}):
            assert self.change(officer, made, 1, **said).status_code == 422

    def test_is_for_an_institution_its_own(self, client, lpk, made):
        assert self.change(client("registry", "institution", own="other"), made, 1, capacity=20).status_code == 404
        assert self.change(client("registry", "institution", own=lpk), made, 1, capacity=20).status_code == 200

    def test_that_is_not_there_is_not_possible(self, officer):
        assert self.change(officer, {"id": "nothing"}, 1, capacity=2).status_code == 404
