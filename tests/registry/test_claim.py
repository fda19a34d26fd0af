"""Claiming a record of the registry: what proves it, and what nobody learns by trying."""

from datetime import timedelta

import pytest

from services.reference import clock
from services.registry.claim.model import WRONG_AT_MOST
from services.registry.database import database
from tests.registry.test_register_worker import SITI
from tests.registry.test_self_registration import born, headers

NUMBER = "LSP-07/2024.0012"
CERTIFICATE = {
    "skill": "smaw-welding",
    "level": 3,
    "number": NUMBER,
    "issuer": "LSP Contoh",
    "issued_on": "2024-01-01",
}
OTHER_NIK = "6311014107959002"
NOBODYS_NIK = "6311014107959999"


@pytest.fixture
def gateway(client):
    return client("registry", "gateway", account="gateway")


@pytest.fixture
def people(officer):
    """Register and certify somebody: `people(nik=…, number=…)`."""

    def register(number=NUMBER, **said):
        worker = officer.post("/v1/workers", json=SITI | said).json["id"]
        if number:
            certificate = officer.post(f"/v1/workers/{worker}/certificates", json=CERTIFICATE | {"number": number})
            assert certificate.status_code == 201
        return worker

    return register


@pytest.fixture
def siti(people):
    return people()


@pytest.fixture
def claim(gateway):
    def claim(nik=SITI["nik"], **proof):
        return gateway.post("/v1/claims", json={"nik": nik, **(proof or {"certificate_number": NUMBER})})

    return claim


def refused(answer):
    """Return all that a refusal says."""
    said = {name: value for name, value in answer.json.items() if name != "instance"}
    return answer.status_code, said, headers(answer)


def looks(worker):
    return [row["why"] for row in database.reader().db.looks.find({"worker_id": worker}).sort("_id")]


class TestAClaimByACertificate:
    def test_is_proven_by_its_number(self, claim, siti):
        answer = claim()

        assert (answer.status_code, answer.json) == (200, {"worker_id": siti, "guardian_needed": False})

    @pytest.mark.parametrize(
        "number",
        ["lsp-07/2024.0012", "LSP 07/2024 0012", " LSP\N{EN DASH}07/2024\N{FULLWIDTH FULL STOP}0012", "LSP072024/0012"],
    )
    def test_is_proven_however_the_number_is_written(self, claim, siti, number):
        assert claim(certificate_number=number).json.get("worker_id") == siti

    @pytest.mark.parametrize(("years", "needed"), [(16, True), (17, True), (18, False)])
    def test_says_whether_a_guardian_is_needed(self, people, claim, years, needed):
        people(birth_date=born(years))

        assert claim().json["guardian_needed"] is needed

    def test_with_a_number_too_short_to_prove_anything_is_refused(self, people, claim):
        people(number="1/2")

        assert claim(certificate_number="1/2").status_code == 422

    def test_is_recorded_as_a_look_whether_it_is_proven_or_not(self, claim, siti):
        claim()
        claim(certificate_number="WRONG-0001")

        assert looks(siti) == ["claim-check"] * 2

    def test_is_for_the_gateway_alone(self, client, siti):
        asked = {"nik": SITI["nik"], "certificate_number": NUMBER}

        answers = {
            role: client("registry", role, own=siti).post("/v1/claims", json=asked).status_code
            for role in ("officer", "admin", "worker", "employer", "partner", None)
        }

        assert answers == dict.fromkeys(answers, 403) | {None: 401}

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"certificate_number": NUMBER, "worker_id": "w"},
            {"certificate_number": {"$ne": None}},
            {"worker_id": {"$gt": ""}},
        ],
    )
    def test_takes_one_proof_as_text(self, gateway, siti, asked):
        assert gateway.post("/v1/claims", json={"nik": SITI["nik"], **asked}).status_code == 422


class TestARefusedClaim:
    def test_says_the_same_whatever_is_wrong(self, officer, people, claim):
        siti, other = people(), people(nik=OTHER_NIK, number="LSP-07/2024.0013")
        revoked = people(nik="6311014107959003", number="LSP-07/2024.0014")
        certificate = officer.get(f"/v1/workers/{revoked}/certificates").json[0]["id"]
        officer.post(f"/v1/certificates/{certificate}/revocation")

        answers = {
            "no such NIK": claim(NOBODYS_NIK),
            "no such number": claim(certificate_number="LSP-99/2024.9999"),
            "another's number": claim(OTHER_NIK),
            "a revoked one": claim("6311014107959003", certificate_number="LSP-07/2024.0014"),
            "another's code": claim(worker_id=other),
            "nobody's code": claim(worker_id=""),
            "code of somebody unknown": claim(NOBODYS_NIK, worker_id=siti),
        }

        first = refused(answers["no such NIK"])
        assert (first[0], first[1]["type"]) == (422, "claim-not-proven")
        assert {wrong: answer for wrong, answer in answers.items() if refused(answer) != first} == {}

    def test_of_whoever_is_gone_says_the_same(self, claim, siti):
        before = refused(claim(NOBODYS_NIK))
        database.reader().db.workers.replace_one({"_id": siti}, {"version": 9, "gone": True})

        assert refused(claim()) == before

    def test_asks_mongodb_for_the_same_as_one_for_nobody(self, claim, people):
        """The time is that of the questions: count them, so that a slow machine does not decide."""
        people(), people(nik=OTHER_NIK, number=None)
        db = database.reader().db
        asked = {}
        for who, nik in {"nobody": NOBODYS_NIK, "somebody": SITI["nik"], "uncertified": OTHER_NIK}.items():
            db.command("profile", 2)
            claim(nik, certificate_number="LSP-99/2024.9999")
            db.command("profile", 0)
            rows = db["system.profile"].find({"ns": {"$not": {"$regex": "standings"}}})  # looked at by the clock
            asked[who] = [(row["op"], row["ns"]) for row in rows.sort("ts")]
            db.drop_collection("system.profile")

        assert asked["nobody"] == asked["somebody"] == asked["uncertified"]
        assert len(asked["nobody"]) >= 5


class TestTryingNumbers:
    @pytest.fixture
    def _tried(self, claim, siti):
        for n in range(WRONG_AT_MOST):
            claim(certificate_number=f"WRONG-{n:04}")

    @pytest.mark.usefixtures("_tried")
    def test_ends_for_a_nik_after_a_few_and_says_no_more_than_before(self, claim):
        assert refused(claim()) == refused(claim(NOBODYS_NIK))

    @pytest.mark.usefixtures("_tried")
    def test_leaves_codes_open(self, claim, siti):
        assert claim(worker_id=siti).status_code == 200

    @pytest.mark.usefixtures("_tried")
    def test_leaves_others_alone(self, people, claim):
        people(nik=OTHER_NIK, number="LSP-07/2024.0013")

        assert claim(OTHER_NIK, certificate_number="LSP-07/2024.0013").status_code == 200

    @pytest.mark.usefixtures("_tried")
    def test_may_go_on_tomorrow(self, claim, monkeypatch):
        tomorrow = clock.today() + timedelta(days=1)
        monkeypatch.setattr(clock, "today", lambda: tomorrow)

        assert claim().status_code == 200

    def test_that_are_right_is_not_counted(self, claim, siti):
        assert [claim().status_code for _ in range(WRONG_AT_MOST + 2)] == [200] * (WRONG_AT_MOST + 2)

    @pytest.mark.usefixtures("_tried")
    def test_leaves_no_nik_in_the_database(self):
        assert SITI["nik"] not in str(list(database.reader().db.claim_tries.find()))


class TestAClaimByACode:
    def test_is_proven_by_the_nik_of_whose_code_it_is(self, claim, siti):
        assert claim(worker_id=siti).json == {"worker_id": siti, "guardian_needed": False}
        assert looks(siti) == ["claim-code"]

    def test_lets_nobody_try_niks(self, claim, siti):
        for n in range(WRONG_AT_MOST):
            claim(f"63110141079590{n + 10}", worker_id=siti)

        assert claim(worker_id=siti).status_code == 422
        assert claim().status_code == 200  # who knows a certificate is not locked out by that

    def test_of_whoever_registered_second_with_a_nik_is_refused(self, gateway, claim, siti):
        second = gateway.post("/v1/registrations", json=SITI).json["id"]

        assert claim(worker_id=second).status_code == 422


class TestAnAddressForACode:
    @pytest.fixture
    def find(self, gateway):
        return lambda nik: gateway.post("/v1/claims/addresses", json={"nik": nik})

    def test_is_the_workers_email_and_recorded(self, find, siti):
        answer = find(SITI["nik"])

        assert (answer.status_code, answer.json) == (200, {"worker_id": siti, "email": SITI["email"]})
        assert looks(siti) == ["claim-letter"]

    def test_is_answered_alike_where_there_is_none(self, people, find):
        people(nik=OTHER_NIK, email=None)

        nobody, without = find(NOBODYS_NIK), find(OTHER_NIK)

        assert nobody.json == without.json == {"worker_id": None, "email": None}
        assert (
            (nobody.status_code, headers(nobody)) == (without.status_code, headers(without)) == (200, headers(nobody))
        )

    def test_is_for_the_gateway_alone(self, client):
        for role in ("officer", "worker", "admin", "partner"):
            assert client("registry", role, own="x").post("/v1/claims/addresses", json={}).status_code == 403
