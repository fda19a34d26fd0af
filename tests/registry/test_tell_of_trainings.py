"""What the registry tells of programmes and batches: what is taught, where and when, and how many places are left."""

import pytest

from services.registry.database import database
from services.registry.migrations import seed
from tests.registry import programmes
from tests.registry.enrolments import BARISTA, DAYS, WELDING, batch, enrol, person, work_on
from tests.registry.intakes import lines, take, undo
from tests.registry.spreadsheets import person as line
from tests.registry.test_register_institution import LPK
from tests.registry.test_release import CARRIED, release
from tests.registry.test_telling import states

UNDONE = "release.undone"


def places():
    """Return what was told of batches since: the places left, by batch."""
    return {each["id"]: each["places_left"] for each in states("registry.batch")}


@pytest.fixture
def made(officer, lpk):
    """A batch of two places, which was told of."""
    made = batch(officer, lpk, capacity=2)
    assert places() == {made: 2}
    return made


class TestWhatIsToldOfAProgramme:
    def test_is_its_name_and_what_it_teaches(self, officer):
        said = {"name": "Las bawah air", "hours": 80, "skills": [{"skill": "smaw-welding", "level": 4}]}
        made = officer.post("/v1/programmes", json=said).json["id"]

        [state] = states("registry.programme")

        assert state == {"id": made, "version": 1, "programme_name": "Las bawah air", "skills": said["skills"]}

    def test_comes_with_the_seed_for_those_that_changed(self):
        with programmes.none_there():
            database.transact(seed)
            told = states("registry.programme")
            assert {WELDING, BARISTA} < {each["id"] for each in told}
            assert all(each["skills"] and each["programme_name"] for each in told)

            database.transact(seed)
            assert states("registry.programme") == []

            database.reader().db.programmes.update_one({"_id": BARISTA}, {"$set": {"hours": 1}})
            database.transact(seed)
            assert [(each["id"], each["version"]) for each in states("registry.programme")] == [(BARISTA, 2)]


class TestWhatIsToldOfABatch:
    def test_is_what_where_and_when_it_is(self, officer, lpk):
        made = batch(officer, lpk)

        [state] = states("registry.batch")

        where = {"institution_name": LPK["name"], "district": LPK["village"][:8]}
        of = {"id": made, "version": 1, "programme_id": WELDING}
        assert state == of | where | DAYS | {"open": True, "places_left": None}

    def test_is_told_again_when_it_changes(self, officer, made):
        change = {"starts_on": "2099-03-08", "ends_on": None, "capacity": 1}
        officer.patch(f"/v1/batches/{made}", json=change, headers={"If-Match": "*"})

        [state] = states("registry.batch")

        assert (state["version"], state["starts_on"], state["ends_on"]) == (2, "2099-03-08", None)
        assert (state["open"], state["places_left"]) == (True, 1)

    def test_is_nothing_when_it_was_refused(self, officer, made):
        change = {"ends_on": "2099-01-01"}
        assert officer.patch(f"/v1/batches/{made}", json=change, headers={"If-Match": "*"}).status_code == 422

        assert states("registry.batch") == []

    def test_is_closed_once_its_places_are_taken(self, officer, made):
        enrol(officer, person(officer), made)
        assert places() == {made: 1}

        enrol(officer, person(officer), made)
        [state] = states("registry.batch")
        assert (state["open"], state["places_left"]) == (False, 0)
        assert enrol(officer, person(officer), made).status_code == 409
        assert places() == {}

    def test_has_the_place_again_of_whoever_leaves(self, officer, made):
        enrolment = enrol(officer, person(officer), made).json["id"]
        assert places() == {made: 1}

        officer.post(f"/v1/enrolments/{enrolment}/state", json={"state": "accepted"})
        assert places() == {}
        officer.post(f"/v1/enrolments/{enrolment}/state", json={"state": "withdrawn"})
        assert places() == {made: 2}

    def test_follows_a_release_and_its_undoing(self, officer, made):
        ids = [enrol(officer, person(officer), made).json["id"] for _ in range(2)]
        assert places() == {made: 0}

        asked = release(officer, "withdrawn", ids).json["id"]
        work_on(CARRIED)
        assert places() == {made: 2}
        assert officer.post(f"/v1/releases/{asked}/undo").status_code == 202
        work_on(UNDONE)
        assert places() == {made: 0}

    def test_is_not_told_again_where_places_are_not_counted(self, officer, lpk):
        made = batch(officer, lpk)
        places()

        enrol(officer, person(officer), made)

        assert states("registry.batch") == []


class TestABatchOfASpreadsheet:
    def test_is_told_with_the_first_who_is_in_it_and_with_more_of_its_days(self, officer, lpk):
        take(officer, lpk, [line(0), line(1)])

        [state] = states("registry.batch")
        assert (state["version"], state["institution_name"], state["places_left"]) == (1, LPK["name"], None)
        take(officer, lpk, [line(2)])
        assert states("registry.batch") == []

    def test_tells_of_places_that_it_takes_and_gives_back(self, officer, lpk):
        take(officer, lpk, [line(0)])
        [made] = states("registry.batch")
        officer.patch(f"/v1/batches/{made['id']}", json={"capacity": 3}, headers={"If-Match": "*"})
        assert places() == {made["id"]: 2}

        more = take(officer, lpk, [line(1), line(2), line(3)])
        assert {each["state"] for each in lines(officer, more)} == {"taken"}
        assert places() == {made["id"]: 0}  # they were there, whatever the capacity says
        undo(officer, more)
        assert places() == {made["id"]: 2}


class TestTheRelay:
    def test_is_not_held_up_by_a_batch_of_nobody(self, officer, lpk):
        made = batch(officer, lpk)
        database.reader().db.batches.update_one({"_id": made}, {"$set": {"institution_id": "nobody"}})
        other = batch(officer, lpk, name="Angkatan II/2099")

        assert [each["id"] for each in states("registry.batch")] == [other]
        assert database.reader().db.changes.count_documents({"stuck": True}) == 1
