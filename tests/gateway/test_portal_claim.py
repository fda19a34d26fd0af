"""The pages on which somebody gets into the record that the office has of them."""

import pytest

from gateway.account import store as accounts
from gateway.claim import commands as claims
from gateway.claim import model
from gateway.database import database
from gateway.portal.register import DONE
from services.common.web import words
from services.reference import clock
from tests.gateway.desk import OURS
from tests.gateway.entry import CLAIM, FORM, GUARDIAN, shown, signs_in
from tests.gateway.registry import NIK, NOBODYS_NIK, born, imported, served
from tests.gateway.showing import Page


@pytest.fixture(autouse=True)
def registry(monkeypatch, services):
    with served(monkeypatch) as registry:
        yield registry


@pytest.fixture
def register(visitor):
    def register(**said):
        return visitor.post("/daftar", data=FORM | said, headers=OURS)

    return register


@pytest.fixture
def claim(visitor):
    def claim(**said):
        return visitor.post("/daftar/klaim", data=CLAIM | said, headers=OURS)

    return claim


@pytest.fixture
def siti(client):
    return imported(client("registry"))


class TestClaimingARecord:
    def test_opens_its_account_and_leads_to_the_door(self, claim, siti, visitor):
        answer = claim()

        assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?done=registered")
        assert accounts.find(database.reader(), "siti").own == siti
        assert signs_in(visitor, "siti")

    def test_takes_a_code_of_the_desk(self, claim, siti):
        made = database.transact(claims.make_code, worker_id=siti, by="o-1", now=clock.now())

        assert claim(certificate_number="", code=made.code.lower()).status_code == 303

    def test_gets_one_answer_whatever_is_wrong(self, claim, client, account, siti):
        taken = imported(client("registry"), nik="6311014107959002", number="LSP-07/2024.0099")
        account("lain", "worker", own=taken)

        refused = [
            shown(claim(certificate_number="LSP-0")),
            shown(claim(nik=NOBODYS_NIK, certificate_number="LSP-0")),
            shown(claim(nik="6311014107959002", certificate_number="LSP-07/2024.0099")),
        ]

        assert refused[0] == refused[1] == refused[2]
        assert refused[0][0] == 422
        assert words.say(model.ClaimNotProven.sentence()) in refused[0][1]

    @pytest.mark.parametrize("proof", [{"certificate_number": ""}, {"code": "K7QM"}])
    def test_needs_one_proof(self, claim, siti, proof):
        answer = claim(**proof)

        assert answer.status_code == 422
        assert "Sebutkan satu bukti" in Page(answer).text

    def test_of_whoever_is_under_18_needs_a_guardian(self, claim, client):
        imported(client("registry"), birth_date=born(16))

        assert {"open": None} in Page(claim()).all("details")
        assert claim(**GUARDIAN).status_code == 303


class TestALetterWithACode:
    @pytest.mark.parametrize("nik", [NIK, NOBODYS_NIK])
    def test_is_promised_alike_to_every_nik(self, visitor, siti, nik):
        answer = visitor.post("/daftar/klaim/surat", data={"nik": nik}, headers=OURS)

        assert (answer.status_code, answer.headers["Location"]) == (303, "/daftar/klaim?done=letter")
        assert words.say(DONE["letter"]) in Page(visitor.get(answer.headers["Location"])).text

    def test_is_not_promised_to_what_is_no_nik(self, visitor):
        answer = visitor.post("/daftar/klaim/surat", data={"nik": "12"}, headers=OURS)

        assert (answer.status_code, "NIK terdiri atas 16 angka." in Page(answer).text) == (422, True)
