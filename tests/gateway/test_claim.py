"""Claiming a record of the registry: an account for whoever proves that it is theirs, and nothing for others."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway.claim.model import DESK
from gateway.database import database
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.registry import NIK, NOBODYS_NIK, NUMBER, born, imported, served, shown

PATH = "/api/identity/v1/claims"
MINE = {"login": "siti", "password": "sungai balangan", "nik": NIK, "proof": {"certificate_number": NUMBER}}
GUARDIAN = {"name": "Ibu Contoh", "relation": "ibu", "consents": True}
OTHER_NIK = "6311014107959002"


@pytest.fixture
def registry(monkeypatch):
    with served(monkeypatch) as registry:
        yield registry


@pytest.fixture
def siti(client, registry):
    return imported(client("registry"))


@pytest.fixture
def claim(visitor):
    def claim(headers=None, **said):
        return visitor.post(PATH, json=MINE | said, headers=headers)

    return claim


@pytest.fixture
def desk(client):
    """Make a code at the desk, and return the answer."""
    return lambda worker: client("gateway").post(f"/api/identity/v1/workers/{worker}/claim-codes")


def accounts_there():
    return list(database.reader().db.accounts.find())


class TestAClaimByACertificate:
    def test_opens_an_account_of_that_worker(self, claim, siti, registry, visitor):
        answer = claim()

        assert (answer.status_code, answer.json["role"], answer.json["own"]) == (201, "worker", siti)
        credentials = {"login": "siti", "password": MINE["password"]}
        assert visitor.post("/api/identity/v1/sessions", json=credentials).status_code == 201
        assert registry.looks(siti) == ["claim-check"]

    def test_again_with_its_key_is_the_same_claim(self, claim, siti):
        first, second = (claim({"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.json) == (201, first.json)
        assert len(accounts_there()) == 1

    def test_at_the_same_moment_opens_one_account(self, siti):
        def post(n):
            return app_of("gateway").test_client().post(PATH, json=MINE | {"login": f"siti{n}"}).status_code

        with ThreadPoolExecutor(6) as pool:
            answers = sorted(pool.map(post, range(6)))

        assert answers == [201] + [422] * 5
        assert len(accounts_there()) == 1

    def test_of_somebody_under_18_needs_a_guardian(self, client, registry, claim):
        imported(client("registry"), birth_date=born(17))

        alone, together = claim(), claim(guardian=GUARDIAN)

        assert (alone.status_code, alone.json["type"], set(alone.json["errors"])) == (
            422,
            "guardian-missing",
            {"/guardian"},
        )
        assert together.status_code == 201

    def test_under_a_login_that_is_taken_is_refused_without_whose_it_is(self, claim, siti, account):
        other = account("siti")

        right, wrong = claim(), claim(nik=NOBODYS_NIK)

        assert (right.status_code, right.json["type"]) == (409, "login-taken")
        assert shown(right) == shown(wrong)
        assert other.id not in right.text

    @pytest.mark.parametrize(
        "said",
        [
            {"proof": {}},
            {"proof": {"code": "K7QM", "certificate_number": NUMBER}},
            {"proof": {"certificate_number": {"$ne": ""}}},
            {"nik": {"$gt": ""}},
            {"own": "w"},
            {"role": "officer"},
            {"worker_id": "w"},
        ],
    )
    def test_takes_one_proof_as_text_and_nothing_else(self, claim, siti, registry, said):
        assert claim(**said).status_code == 422
        assert registry.asked == []

    def test_while_the_registry_is_away_is_answered_so(self, claim, siti, registry):
        registry.loses = 1

        assert claim().status_code == 503
        assert claim().status_code == 201


class TestARefusedClaim:
    def test_says_the_same_whatever_is_wrong(self, client, claim, siti, desk, account):
        other = imported(client("registry"), nik=OTHER_NIK, number="LSP-07/2024.0013")
        claimed = imported(client("registry"), nik="6311014107959003", number="LSP-07/2024.0014")
        others_code = desk(other).json["code"]
        account("another", "worker", own=claimed)

        answers = {
            "no such NIK": claim(nik=NOBODYS_NIK),
            "wrong number": claim(proof={"certificate_number": "LSP-99/2024.9999"}),
            "another's number": claim(nik=OTHER_NIK),
            "wrong code": claim(proof={"code": "2222-3333-4444-5555-6666"}),
            "another's code": claim(proof={"code": others_code}),
            "nobody's NIK with a code": claim(nik=NOBODYS_NIK, proof={"code": others_code}),
            "claimed before": claim(nik="6311014107959003", proof={"certificate_number": "LSP-07/2024.0014"}),
        }

        first = shown(answers["no such NIK"])
        assert (first[0], first[1]["type"]) == (422, "claim-not-proven")
        assert {wrong: shown(answer) for wrong, answer in answers.items() if shown(answer) != first} == {}

    def test_asks_and_reads_the_same_as_one_of_whom_nobody_knows(self, claim, siti, registry):
        """The time is that of the questions: count them, so that a slow machine does not decide."""
        db, asked = database.reader().db, {}
        for who, nik in {"nobody": NOBODYS_NIK, "somebody": NIK}.items():
            registry.asked = []
            db.command("profile", 2)
            claim(nik=nik, proof={"certificate_number": "LSP-99/2024.9999"})
            db.command("profile", 0)
            read = [(row["op"], row["ns"]) for row in db["system.profile"].find().sort("ts")]
            asked[who] = registry.asked, [each for each in read if not each[1].endswith(".standings")]
            db.drop_collection("system.profile")

        assert asked["nobody"] == asked["somebody"]

    def test_uses_no_code_up(self, claim, siti, desk):
        code = desk(siti).json["code"]
        claim(nik=NOBODYS_NIK, proof={"code": code})

        assert claim(proof={"code": code}).status_code == 201


class TestACodeOfTheDesk:
    def test_opens_an_account_with_the_nik_once(self, claim, siti, desk, registry):
        code = desk(siti).json["code"]

        answer = claim(proof={"code": code.lower().replace("-", " ")})

        assert (answer.status_code, answer.json["own"]) == (201, siti)
        assert claim(login="siti2", proof={"code": code}).json["type"] == "claim-not-proven"
        assert registry.looks(siti)[0] == "claim-code"

    def test_is_good_for_two_weeks_and_kept_nowhere(self, siti, desk):
        answer = desk(siti)

        code = answer.json["code"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(re.sub("[^A-Z0-9]", "", code)) >= 17  # of 4.95 bits each: over 80
        row = database.reader().db.codes.find_one()
        assert abs(row["expires_at"] - clock.now() - DESK) < timedelta(minutes=1)
        assert code not in str(row)

    def test_that_is_over_opens_nothing(self, claim, siti, desk):
        code = desk(siti).json["code"]
        database.reader().db.codes.update_one({}, {"$set": {"expires_at": clock.now() - timedelta(seconds=1)}})

        assert claim(proof={"code": code}).json["type"] == "claim-not-proven"

    def test_is_replaced_by_the_next_one(self, claim, siti, desk):
        first, second = desk(siti).json["code"], desk(siti).json["code"]

        assert claim(proof={"code": first}).status_code == 422
        assert claim(proof={"code": second}).status_code == 201

    def test_is_made_for_a_worker_who_is_there_has_a_nik_and_no_account(self, client, siti, desk, claim):
        nikless = imported(client("registry"), nik=None, number=None)
        assert (desk("nobody").status_code, desk("nobody").json["type"]) == (404, "worker-unknown")
        assert desk(nikless).json["type"] == "worker-without-nik"
        claim()
        assert (desk(siti).status_code, desk(siti).json["type"]) == (409, "worker-has-account")

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "admin", "executive"])
    def test_is_for_officers_alone(self, client, siti, role):
        path = f"/api/identity/v1/workers/{siti}/claim-codes"

        assert client("gateway", role, own=siti).post(path).status_code == 403
        assert client("gateway", None).post(path).status_code == 401

    def test_is_not_tried_beyond_the_registry(self, desk, siti, registry):
        """An id that could lead elsewhere stays one part of the path."""
        desk("..%2Fskills")

        assert all(path.startswith("/v1/workers/") for path in registry.asked)


class TestTryingCertificates:
    def test_ends_after_a_few_and_leaves_the_desk(self, claim, siti, desk):
        for n in range(5):
            claim(proof={"certificate_number": f"WRONG-{n:04}"})

        assert claim().json["type"] == "claim-not-proven"
        assert claim(proof={"code": desk(siti).json["code"]}).status_code == 201


def test_claims_keep_who_claimed_whom(claim, siti):
    account = claim().json["id"]

    (row,) = database.reader().db.claims.find()
    assert (row["_id"], row["account_id"]) == (siti, account)
