"""A spreadsheet names somebody whose NIK another has only said to be theirs: they do not meet without an officer."""

from dataclasses import replace

import pytest

from services.reference import clock
from services.registry.admission import commands as admissions
from services.registry.admission.model import Entry
from services.registry.database import database
from services.registry.worker import store
from tests.registry.intakes import decide, lines, take, undo, waiting, workers
from tests.registry.spreadsheets import LATER, PASSED, person

NIK, OTHER_NIK = person(0)["nik"], "6311014101909777"
SELF = {
    "name": "Siti Rahmawati",
    "nik": NIK,
    "birth_date": "1990-01-01",
    "sex": "P",
    "village": "63.11.06.1019",
    "education": "SMK",
}


@pytest.fixture
def register(client):
    """Register somebody who does it alone, and return the worker's id."""
    gateway = client("registry", "gateway", account="gateway")
    return lambda **said: gateway.post("/v1/registrations", json=SELF | said).json["id"]


@pytest.fixture
def imported(officer, lpk):
    """Take a line, and return it as the API lists it."""

    def imported(n=0, **said):
        [line] = lines(officer, take(officer, lpk, [person(n, **said)]))
        return line

    return imported


def shown(officer, worker):
    said = officer.get(f"/v1/workers/{worker}").json
    return said["nik"], said["doubts"]


class TestALineWithANikThatIsUnproven:
    def test_waits_for_an_officer_and_shows_nothing_of_it_to_whoever_said_the_nik(self, client, register, imported):
        stranger = register()

        line = imported()

        assert (line["state"], line["codes"]) == ("open", ["duplicate_possible"])
        assert [each["worker_id"] for each in line["candidates"]] == [stranger]
        own = client("registry", "worker", own=stranger).get(f"/v1/workers/{stranger}").json
        assert (own["phone"], own["address"], own["skills"]) == (None, None, [])

    def test_and_its_phone_waits_for_an_officer_too(self, register, imported):
        stranger = register(birth_date="1990-01-02", phone="+6281200001000")

        line = imported()

        assert (line["state"], [each["worker_id"] for each in line["candidates"]]) == ("open", [stranger])

    def test_and_another_name_brings_somebody_new_who_has_the_nik(self, officer, register, imported):
        stranger = register(name="Joko Lain", sex="L")

        line = imported()

        assert line["state"] == "taken"
        assert line["worker_id"] != stranger
        assert shown(officer, line["worker_id"]) == (NIK, [])
        assert "nik_unproven" in shown(officer, stranger)[1]


class TestAnOfficerWhoJoinsTheLine:
    def test_confirms_the_nik(self, officer, register, imported):
        worker = register()

        answer = decide(officer, imported(), "join", worker_id=worker)

        assert (answer.status_code, answer.json["worker_id"]) == (200, worker)
        assert shown(officer, worker) == (NIK, [])
        assert imported(**PASSED | LATER)["worker_id"] == worker  # whoever comes with it is known from now on

    def test_gives_one_to_whoever_said_none(self, officer, register, imported):
        worker = register(nik=None)

        decide(officer, imported(), "join", worker_id=worker)

        assert shown(officer, worker) == (NIK, [])

    @pytest.mark.parametrize("said", [{"nik": None}, {"nik": OTHER_NIK}])
    def test_that_does_not_say_the_same_one_leaves_it_unproven(self, officer, register, imported, said):
        worker = register()

        assert decide(officer, imported(**said), "join", worker_id=worker).status_code == 200

        assert shown(officer, worker) == (NIK, ["nik_unproven"])

    def test_whose_nik_is_anothers_is_told_whose_and_it_stays_a_doubt(self, officer, register, imported):
        worker = register()
        line = imported()
        first = officer.post("/v1/workers", json=SELF).json["id"]

        answer = decide(officer, line, "join", worker_id=worker)

        assert (answer.status_code, answer.json["type"]) == (409, "nik-taken")
        assert answer.headers["Location"].endswith(first)
        assert (shown(officer, worker), len(waiting(officer))) == ((NIK, ["nik_unproven"]), 1)

    def test_and_undoes_the_intake_has_confirmed_it_all_the_same(self, officer, register, imported):
        worker = register()
        line = imported()
        decide(officer, line, "join", worker_id=worker)

        undo(officer, {"id": line["intake"]})

        assert shown(officer, worker) == (NIK, [])


class TestAnOfficerWhoAcceptsTheLine:
    def test_brings_somebody_new_who_has_the_nik(self, officer, register, imported):
        stranger = register()

        answer = decide(officer, imported(), "accept")

        assert answer.json["worker_id"] != stranger
        assert shown(officer, answer.json["worker_id"]) == (NIK, [])
        assert shown(officer, stranger) == (NIK, ["nik_unproven"])
        assert len(workers(officer)) == 2


class TestAnAdmission:
    @pytest.fixture
    def entry(self, register):
        worker = replace(store.get(database.reader(), register()), unread=("las",))
        return Entry(worker=worker, joins=True, corrects=False, enrolment=None, certificate=None)

    def test_that_no_officer_decided_confirms_nothing(self, officer, entry):
        database.transact(admissions.admit, [entry], today=clock.today())

        assert shown(officer, entry.worker.id) == (NIK, ["nik_unproven"])

    @pytest.mark.parametrize("unread", [(), ("las",)])
    def test_that_an_officer_decided_confirms_the_nik(self, officer, entry, unread):
        said = replace(entry, worker=replace(entry.worker, unread=unread))

        database.transact(admissions.admit, [said], today=clock.today(), confirms_nik=True)

        assert shown(officer, entry.worker.id) == (NIK, [])

    @pytest.mark.parametrize("said_before", [True, False])
    def test_with_a_nik_that_is_anothers_leaves_it_a_doubt(self, officer, entry, said_before):
        officer.post("/v1/workers", json=SELF)
        if not said_before:
            officer.patch(f"/v1/workers/{entry.worker.id}", json={"nik": None}, headers={"If-Match": "*"})

        database.transact(admissions.admit, [entry], today=clock.today(), confirms_nik=True)

        assert shown(officer, entry.worker.id) == (NIK, ["nik_taken"])
