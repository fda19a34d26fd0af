"""Enrolling a worker in a batch, and reading enrolments."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.registry.database import database
from tests.conftest import app_of, token
from tests.registry.enrolments import DAYS, POLICY, WELDING, batch, enrol, person
from tests.registry.test_register_institution import LPK
from tests.registry.test_register_worker import marked

LATER = {"name": "Angkatan II/2099", "starts_on": "2099-05-01", "ends_on": "2099-06-30"}
BESIDE = {"name": "Angkatan III/2099", "starts_on": "2099-04-30", "ends_on": "2099-05-10"}


@pytest.fixture
def siti(officer):
    worker = person(officer)
    database.reader().db.changes.delete_many({})
    return worker


@pytest.fixture
def welding(officer, lpk):
    return batch(officer, lpk)


def post_at_once(*asked):
    def post(body):
        headers = {"Authorization": f"Bearer {token('officer')}"}
        return app_of("registry").test_client().post("/v1/enrolments", json=body, headers=headers)

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(post, asked))


class TestEnrolling:
    def test_answers_with_its_address_and_version(self, officer, siti, welding, lpk):
        answer = enrol(officer, siti, welding, policy=POLICY)

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert officer.get(answer.headers["Location"]).json == answer.json
        expected = {"worker_id": siti, "batch_id": welding, "institution_id": lpk, "programme_id": WELDING}
        expected |= DAYS | {"state": "applied", "policy": POLICY, "certificate_id": None, "intake_id": None}
        assert {name: answer.json[name] for name in expected} == expected

    def test_tells_the_other_services_of_the_worker(self, officer, siti, welding):
        enrol(officer, siti, welding)

        assert marked() == [siti]
        assert officer.get(f"/v1/workers/{siti}").headers["ETag"] == '"2"'

    def test_in_a_training_that_is_attended_takes_the_worker_off_the_market(self, officer, siti, welding):
        enrol(officer, siti, welding, state="attending")

        worker = officer.get(f"/v1/workers/{siti}").json
        assert (worker["availability"], worker["available_from"]) == ("in_training", "2099-05-01")

    def test_for_other_days_than_the_batch_keeps_them(self, officer, siti, welding):
        answer = enrol(officer, siti, welding, starts_on="2099-03-08")

        assert (answer.json["starts_on"], answer.json["ends_on"]) == ("2099-03-08", "2099-04-30")

    def test_seals_the_number_of_the_policy(self, officer, siti, welding):
        enrol(officer, siti, welding, policy=POLICY)

        db = database.reader().db
        kept = {name: list(db[name].find()) for name in db.list_collection_names()}
        assert "BPJS Ketenagakerjaan" in str(kept)
        assert POLICY["number"] not in str(kept)

    def test_twice_in_one_batch_names_the_enrolment_that_is_there(self, officer, siti, welding):
        first = enrol(officer, siti, welding, state="withdrawn")

        again = enrol(officer, siti, welding)

        assert (again.status_code, again.json["type"]) == (409, "enrolment-taken")
        assert again.headers["Location"] == first.headers["Location"]

    def test_on_a_day_of_another_training_names_that_one(self, officer, siti, welding, lpk):
        first = enrol(officer, siti, welding)

        beside = enrol(officer, siti, batch(officer, lpk, **BESIDE))
        later = enrol(officer, siti, batch(officer, lpk, **LATER))

        assert (beside.status_code, beside.json["type"]) == (409, "enrolment-overlaps")
        assert beside.headers["Location"] == first.headers["Location"]
        assert later.status_code == 201

    def test_beside_a_training_that_the_worker_left_is_possible(self, officer, siti, welding, lpk):
        enrol(officer, siti, welding, state="withdrawn")

        assert enrol(officer, siti, batch(officer, lpk, **BESIDE)).status_code == 201

    def test_one_person_in_two_trainings_at_the_same_moment_succeeds_in_one_only(self, officer, siti, welding, lpk):
        others = [batch(officer, lpk, **BESIDE | {"name": f"Angkatan {n}"}) for n in range(5)]

        answers = post_at_once(*({"worker_id": siti, "batch_id": each} for each in (welding, *others)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
        (there,) = officer.get(f"/v1/enrolments?worker_id={siti}").json
        assert {answer.headers["Location"] for answer in answers} == {f"/v1/enrolments/{there['id']}"}

    def test_in_a_batch_that_is_full_names_it(self, officer, siti, lpk):
        small = batch(officer, lpk, capacity=2)
        left, stays = person(officer, name="Ani"), person(officer, name="Budi")
        enrol(officer, left, small, state="withdrawn")
        enrol(officer, stays, small)

        last, more = enrol(officer, siti, small), enrol(officer, person(officer, name="Cici"), small)

        assert last.status_code == 201
        assert (more.status_code, more.json["type"]) == (409, "batch-full")
        assert more.headers["Location"] == f"/v1/batches/{small}"

    def test_gives_the_last_place_of_a_batch_to_one_only(self, officer, lpk):
        small = batch(officer, lpk, capacity=1)
        people = [person(officer, name=f"Contoh {n}") for n in range(6)]

        answers = post_at_once(*({"worker_id": each, "batch_id": small} for each in people))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5

    @pytest.mark.parametrize(
        ("wrong", "kind"),
        [({"worker_id": "nobody"}, "worker-unknown"), ({"batch_id": "nothing"}, "batch-unknown")],
    )
    def test_of_what_is_not_there_is_not_possible(self, officer, siti, welding, wrong, kind):
        answer = officer.post("/v1/enrolments", json={"worker_id": siti, "batch_id": welding} | wrong)

        assert (answer.status_code, answer.json["type"]) == (404, kind)
        assert marked() == []

    @pytest.mark.parametrize(
        ("wrong", "kind", "field"),
        [({"ends_on": "2099-02-28"}, "enrolment-ends-before-it-begins", "/ends_on"),
         ({"policy": POLICY | {"ends_on": "2098-12-31"}}, "policy-ends-before-it-begins", "/policy/ends_on"),
         ({"state": "graduated"}, "unprocessable-entity", "/state"),
         ({"policy": POLICY | {"holder": "x"}}, "unprocessable-entity", "/policy/holder")],
    )  # fmt: skip
    def test_names_what_is_wrong(self, officer, siti, welding, wrong, kind, field):
        answer = enrol(officer, siti, welding, **wrong)

        assert (answer.status_code, answer.json["type"], set(answer.json["errors"])) == (422, kind, {field})
        assert officer.get("/v1/enrolments").json == []

    def test_again_under_its_key_makes_no_second_one(self, officer, siti, welding):
        asked = {"json": {"worker_id": siti, "batch_id": welding}, "headers": {"Idempotency-Key": "k-1"}}
        first, second = (officer.post("/v1/enrolments", **asked) for _ in range(2))

        assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
        assert officer.get("/v1/enrolments").json == [first.json]

    def test_is_for_an_institution_in_its_own_batches(self, client, lpk, siti, welding):
        assert enrol(client("registry", "institution", own="other"), siti, welding).status_code == 404
        assert enrol(client("registry", "institution", own=lpk), siti, "nothing").status_code == 404
        assert enrol(client("registry", "institution", own=lpk), siti, welding).status_code == 201
        assert enrol(client("registry", "worker", own=siti), siti, welding).status_code == 403


class TestReadingEnrolments:
    @pytest.fixture
    def three(self, officer, siti, welding, lpk):
        other = officer.post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]
        ani = person(officer, name="Ani")
        return [
            enrol(officer, siti, welding, state="completed").json,
            enrol(officer, ani, welding).json,
            enrol(officer, siti, batch(officer, other, **LATER)).json,
        ]

    def test_goes_page_by_page(self, officer, three):
        first = officer.get("/v1/enrolments?limit=2")
        second = officer.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert first.json + second.json == three
        assert "Link" not in second.headers

    def test_goes_by_worker_batch_institution_and_state(self, officer, siti, welding, lpk, three):
        def found(query):
            return [three.index(each) for each in officer.get(f"/v1/enrolments?{query}").json]

        assert found(f"worker_id={siti}") == [0, 2]
        assert found(f"batch_id={welding}") == [0, 1]
        assert found(f"institution_id={lpk}&state=applied") == [1]
        assert found("state=applied") == [1, 2]
        assert officer.get("/v1/enrolments?state=gone").status_code == 422

    def test_is_for_a_worker_and_an_institution_their_own(self, client, siti, lpk, three):
        for role, own, mine in (("worker", siti, [0, 2]), ("institution", lpk, [0, 1])):
            http, stranger = client("registry", role, own=own), client("registry", role, own="other")
            assert http.get(f"/v1/enrolments?{role}_id={own}").json == [three[n] for n in mine]
            assert stranger.get(f"/v1/enrolments?{role}_id={own}").status_code == 404
            assert http.get("/v1/enrolments").status_code == 404
            assert http.get(f"/v1/enrolments/{three[0]['id']}").json == three[0]
            assert stranger.get(f"/v1/enrolments/{three[0]['id']}").status_code == 404

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        answer = officer.get("/v1/enrolments/nothing")

        assert (answer.status_code, answer.json["type"]) == (404, "enrolment-unknown")
