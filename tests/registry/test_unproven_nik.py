"""A NIK that somebody says of themselves: nobody is found by it until an officer confirms it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.registry.database import database
from tests.conftest import app_of, token
from tests.registry.test_claim import CERTIFICATE, NUMBER
from tests.registry.test_register_worker import SITI

NIK, OTHER_NIK = SITI["nik"], "6311014107959002"
ANY = {"If-Match": "*"}


@pytest.fixture
def gateway(client):
    return client("registry", "gateway", account="gateway")


@pytest.fixture
def register(gateway):
    """Register somebody who does it alone, and return the worker's id."""
    return lambda **said: gateway.post("/v1/registrations", json=SITI | said).json["id"]


@pytest.fixture
def stranger(register):
    """Whoever knows Siti's NIK and says that it is theirs."""
    return register()


@pytest.fixture
def say(client):
    """Let a worker change what is said of them."""
    return lambda worker, **said: client("registry", "worker", own=worker).patch(
        f"/v1/workers/{worker}", json=said, headers=ANY
    )


@pytest.fixture
def confirm(officer):
    """Let an officer change a worker."""
    return lambda worker, **said: officer.patch(f"/v1/workers/{worker}", json=said, headers=ANY)


@pytest.fixture
def claim(gateway):
    """Claim Siti's record by a proof, and return the worker whose it is."""
    return lambda **proof: gateway.post("/v1/claims", json={"nik": NIK, **proof}).json.get("worker_id")


def certify(officer, worker):
    assert officer.post(f"/v1/workers/{worker}/certificates", json=CERTIFICATE).status_code == 201


def holders():
    """Return who is found by a NIK."""
    return [row["_id"] for row in database.reader().db.workers.find({"nik_mark": {"$exists": True}})]


class TestANikThatSomebodySaysOfThemselves:
    def test_is_kept_and_nobody_is_found_by_it(self, stranger, officer):
        shown = officer.get(f"/v1/workers/{stranger}").json

        assert (shown["nik"], shown["doubts"], holders()) == (NIK, ["nik_unproven"], [])

    def test_is_so_too_where_it_is_said_later(self, register, say, officer):
        worker = register(nik=None)

        assert say(worker, nik=NIK).json["doubts"] == ["nik_unproven"]
        assert holders() == []

    def test_instead_of_a_proven_one_is_unproven(self, say, officer):
        worker = officer.post("/v1/workers", json=SITI).json["id"]

        assert say(worker, nik=OTHER_NIK).json["doubts"] == ["nik_unproven"]
        assert holders() == []

    def test_and_was_proven_before_stays_proven(self, say, officer):
        worker = officer.post("/v1/workers", json=SITI).json["id"]

        assert say(worker, nik=NIK, phone=None).json["doubts"] == []
        assert holders() == [worker]

    def test_is_not_proven_by_saying_it_again(self, stranger, say):
        assert say(stranger, nik=NIK).json["doubts"] == ["nik_unproven"]
        assert say(stranger, phone=None).json["doubts"] == ["nik_unproven"]
        assert holders() == []

    def test_is_in_the_way_of_nobody_whom_an_officer_registers(self, stranger, officer):
        made = officer.post("/v1/workers", json=SITI)

        assert (made.status_code, made.json["doubts"], holders()) == (201, [], [made.json["id"]])

    def test_is_no_longer_a_doubt_where_it_is_not_said_any_more(self, stranger, say):
        assert say(stranger, nik=None).json["doubts"] == ["nik_missing"]

    def test_is_found_by_officers(self, stranger, officer):
        officer.post("/v1/workers", json=SITI)

        assert [each["id"] for each in officer.get("/v1/workers?doubt=nik_unproven").json] == [stranger]


class TestAClaimByANikThatIsUnproven:
    def test_proves_nothing_by_a_certificate_or_a_code(self, stranger, officer, claim):
        certify(officer, stranger)

        assert claim(certificate_number=NUMBER) is None
        assert claim(worker_id=stranger) is None

    def test_finds_no_address_to_write_to(self, stranger, gateway):
        answer = gateway.post("/v1/claims/addresses", json={"nik": NIK})

        assert answer.json == {"worker_id": None, "email": None}

    def test_leaves_the_record_to_whom_it_belongs(self, stranger, officer, claim):
        siti = officer.post("/v1/workers", json=SITI).json["id"]
        certify(officer, siti)

        assert claim(certificate_number=NUMBER) == siti
        assert claim(worker_id=siti) == siti

    def test_finds_them_once_it_is_confirmed(self, stranger, officer, confirm, claim):
        certify(officer, stranger)
        confirm(stranger, nik=NIK)

        assert claim(certificate_number=NUMBER) == stranger


class TestAnOfficer:
    @pytest.mark.parametrize("nik", [NIK, OTHER_NIK])
    def test_confirms_a_nik_by_saying_it_as_it_is_or_corrected(self, stranger, confirm, officer, nik):
        answer = confirm(stranger, nik=nik)

        assert (answer.status_code, answer.json["nik"], answer.json["doubts"]) == (200, nik, [])
        assert holders() == [stranger]
        again = officer.post("/v1/workers", json=SITI | {"nik": nik})
        assert (again.status_code, again.headers["Location"]) == (409, f"/v1/workers/{stranger}")

    def test_who_says_something_else_confirms_nothing(self, stranger, confirm):
        assert confirm(stranger, phone=None).json["doubts"] == ["nik_unproven"]
        assert holders() == []

    @pytest.mark.parametrize("nik", [NIK, OTHER_NIK])
    def test_is_told_whose_it_is_already(self, register, confirm, officer, nik):
        first = officer.post("/v1/workers", json=SITI | {"nik": nik}).json["id"]
        second = register()

        answer = confirm(second, nik=nik)

        assert (answer.status_code, answer.json["type"]) == (409, "nik-taken")
        assert answer.headers["Location"] == f"/v1/workers/{first}"
        assert holders() == [first]

    def test_confirms_it_once_nobody_else_has_it(self, register, confirm, officer):
        first = officer.post("/v1/workers", json=SITI).json["id"]
        second = register()
        confirm(first, nik=None)

        assert confirm(second, nik=NIK).json["doubts"] == []
        assert holders() == [second]

    def test_and_another_at_the_same_moment_confirm_it_for_one(self, register):
        people = [register() for _ in range(6)]

        def confirm(worker):
            headers = ANY | {"Authorization": f"Bearer {token('officer')}"}
            said = app_of("registry").test_client().patch(f"/v1/workers/{worker}", json={"nik": NIK}, headers=headers)
            return said.status_code

        with ThreadPoolExecutor(6) as pool:
            answers = sorted(pool.map(confirm, people))

        assert answers == [200] + [409] * 5
        assert len(holders()) == 1
