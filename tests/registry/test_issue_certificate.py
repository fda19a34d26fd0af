"""Issuing and revoking a certificate."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.registry.database import database
from tests.conftest import app_of, token
from tests.registry.test_register_worker import SITI

WELDING = {
    "skill": "smaw-welding",
    "level": 3,
    "number": "LAS 0001/2026",
    "scheme": "Tukang Las Level 2",
    "issuer": "LSP Contoh",
    "issued_on": "2026-01-05",
    "valid_until": "2029-01-04",
}


@pytest.fixture
def officer(client):
    return client("registry", "officer")


@pytest.fixture
def siti(officer):
    worker = officer.post("/v1/workers", json=SITI).json["id"]
    database.reader().db.changes.delete_many({})
    return worker


def told():
    db = database.reader().db
    return [row["name"] for row in db.facts.find()], [row["_id"]["id"] for row in db.changes.find()]


class TestIssuingACertificate:
    def test_answers_with_its_address(self, officer, siti):
        answer = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)

        assert answer.status_code == 201
        assert officer.get(answer.headers["Location"]).json == answer.json
        assert officer.get(f"/v1/workers/{siti}/certificates").json == [answer.json]

    def test_tells_the_other_services(self, officer, siti):
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)

        assert told() == (["registry.certificate.issued"], [siti])

    def test_is_refused_while_one_as_good_is_held_and_tells_nobody(self, officer, siti):
        first = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)

        second = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING | {"number": "LAS 0002/2026"})

        assert (second.status_code, second.json["type"]) == (409, "certificate-adds-nothing")
        assert second.headers["Location"] == first.headers["Location"]
        assert told() == (["registry.certificate.issued"], [siti])

    @pytest.mark.parametrize("better", [{"level": 4}, {"valid_until": "2029-01-05"}, {"valid_until": None}])
    def test_may_renew_or_raise_one_that_is_held(self, officer, siti, better):
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)

        answer = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING | {"number": "2"} | better)

        assert answer.status_code == 201

    def test_with_a_number_that_its_issuer_gave_before_is_refused(self, officer, siti):
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)
        other = officer.post("/v1/workers", json=SITI | {"nik": None}).json["id"]

        answer = officer.post(f"/v1/workers/{other}/certificates", json=WELDING)

        assert (answer.status_code, answer.json["type"]) == (409, "certificate-number-taken")

    def test_is_refused_to_an_unknown_worker(self, officer):
        answer = officer.post("/v1/workers/nobody/certificates", json=WELDING)

        assert (answer.status_code, answer.json["type"]) == (404, "worker-unknown")

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"level": 0}, "/level"), ({"skill": "wielding"}, "/skill"), ({"valid_until": "2026-01-04"}, "/valid_until"),
         ({"issued_on": "05-01-2026"}, "/issued_on"), ({"number": ""}, "/number"), ({"level": "3"}, "/level")],
    )  # fmt: skip
    def test_names_what_is_wrong(self, officer, siti, wrong, field):
        answer = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING | wrong)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})

    def test_may_hold_for_one_day(self, officer, siti):
        one_day = WELDING | {"valid_until": WELDING["issued_on"]}

        assert officer.post(f"/v1/workers/{siti}/certificates", json=one_day).status_code == 201

    def test_at_the_same_moment_succeeds_for_one_only(self, siti):
        def post(n):
            http = app_of("registry").test_client()
            headers = {"Authorization": f"Bearer {token('officer')}"}
            return http.post(f"/v1/workers/{siti}/certificates", json=WELDING | {"number": str(n)}, headers=headers)

        with ThreadPoolExecutor(8) as pool:
            answers = [answer.status_code for answer in pool.map(post, range(8))]

        assert sorted(answers) == [201] + [409] * 7

    def test_can_be_seen_by_its_holder_and_by_no_other(self, client, officer, siti):
        path = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING).headers["Location"]

        assert client("registry", "worker", own=siti).get(path).status_code == 200
        assert client("registry", "worker", own="another").get(path).status_code == 404

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ("", 401),
            ("Bearer nonsense", 401),
            ("Basic b2k6b2s=", 401),
            (f"Bearer {token('officer', lives_s=-1)}", 401),
            (f"Bearer {token('officer', service='matching', lives_s=3600)}", 401),
            (f"Bearer {token('worker', lives_s=3600)}", 403),
        ],
    )
    def test_is_for_officers_only(self, officer, siti, said, status):
        path = f"/v1/workers/{siti}/certificates"
        answer = officer.post(path, json=WELDING, headers={"Authorization": said})

        assert answer.status_code == status
        assert told() == ([], [])


class TestRevokingACertificate:
    def test_takes_it_out_of_what_is_told_and_out_of_what_stands_in_the_way(self, officer, siti):
        path = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING).headers["Location"]

        revoked = officer.post(f"{path}/revocation")

        assert (revoked.status_code, revoked.json["revoked_on"] is not None) == (200, True)
        again = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING | {"number": "new"})
        assert again.status_code == 201

    def test_twice_revokes_once(self, officer, siti):
        path = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING).headers["Location"]

        first, second = officer.post(f"{path}/revocation"), officer.post(f"{path}/revocation")

        assert (second.status_code, second.json) == (200, first.json)

    def test_of_an_unknown_one_is_not_possible(self, officer):
        assert officer.post("/v1/certificates/none/revocation").status_code == 404
