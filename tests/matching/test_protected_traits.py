"""Who somebody is changes no list: neither sex nor age, name, birthplace or faith, nor how they can be reached."""

from dataclasses import fields

import pytest

from services import events
from services.matching.database import database
from services.matching.engine.parties import Person
from services.matching.profile import store as profiles
from tests.matching.heard import a_need, a_skill, a_vacancy, hear
from tests.registry.test_issue_certificate import WELDING
from tests.registry.test_register_worker import SITI
from tests.registry.test_telling import states

TRAITS = {
    "name": "Ketut Yohanes Contoh",
    "sex": "L",
    "birth_date": "1966-02-03",
    "birthplace": "Ende",
    "address": "Jl. Masjid Raya 7",
    "phone": "+6281200009999",
    "email": "ketut@example.org",
}
SAME = SITI | {"nik": None, "birthplace": "Paringin"}
FOR_LONG = "2999-12-31"
ASKED = [
    a_skill("welding", "Pengelasan", "Welding"),
    a_skill("smaw-welding", "Pengelasan SMAW", "SMAW welding", broader="welding"),
    a_vacancy(a_need("smaw-welding", 4), name="v-1", closes_on=FOR_LONG),
    a_vacancy(
        a_need("welding", 2, must=True), name="v-2", education="SMP", certificates=["smaw-welding"], closes_on=FOR_LONG
    ),
    a_vacancy(name="v-3", kind="internship", closes_on=FOR_LONG),
]
# What a list may depend on; whatever is added here has to be worth it.
TOLD = {
    "id", "version", "gone", "district", "village", "education", "availability", "available_from", "skills",
    "certificates", "visibility", "hidden_from", "wishes",
}  # fmt: skip
COMPARED = {
    "id", "district", "village", "education", "availability", "available_from", "skills", "certificates",
    "is_visible", "hidden_from", "wishes",
}  # fmt: skip


@pytest.fixture
def registry(client):
    return client("registry", "officer")


@pytest.fixture
def register(registry):
    """Register somebody who is certified, and return their id."""

    def make(said):
        made = registry.post("/v1/workers", json=said).json["id"]
        proof = WELDING | {"number": f"LAS {made}"}
        assert registry.post(f"/v1/workers/{made}/certificates", json=proof).status_code == 201
        return made

    return make


@pytest.fixture
def lists(client):
    """Return what everybody reads: each list of the office and of an employer, and the worker's own."""

    def ask(*workers):
        officer, employer = client("matching", "officer"), client("matching", "employer", own="e-1")
        paths = [f"/v1/vacancies/v-{n}/candidates" for n in (1, 2, 3)]
        found = [http.get(path).json for http in (officer, employer) for path in paths]
        found += [officer.get(f"/v1/workers/{worker}/vacancies").json for worker in workers]
        return [each | {"list": None} for each in found]

    return ask


def told():
    return {state["id"]: state for state in states("registry.worker")}


def hear_all(found):
    hear(*((events.Worker, state) for state in found.values()))


def packed(worker):
    return bytes(database.reader().db.packed.find_one({"_id": worker})["row"])


class TestAProtectedTrait:
    @pytest.mark.parametrize("trait", TRAITS)
    def test_that_is_changed_changes_no_list(self, registry, register, lists, trait):
        people = [register(SAME), register(SAME | {"name": "Orang Lain", "phone": None, "email": None})]
        hear_all(told())
        hear(*ASKED)
        before = lists(*people)
        assert [each["total"] for each in before] == [2, 2, 2, 2, 2, 2, 3, 3]

        path, change = f"/v1/workers/{people[0]}", {trait: TRAITS[trait]}
        assert registry.patch(path, json=change, headers={"If-Match": "*"}).status_code == 200
        now = told()
        assert people[0] in now
        hear_all(now)

        assert lists(*people) == before

    def test_rides_in_no_state(self, register):
        worker = register(SAME | TRAITS)

        state = told()[worker]

        assert set(state) <= TOLD
        assert [said for said in TRAITS.values() if said in str(state)] == []
        assert [said for said in (SITI["nik"], "doubts", "nik") if said in str(state)] == []

    def test_makes_no_difference_between_two_of_whom_all_else_is_alike(self, register, lists):
        first, second = register(SAME), register(SAME | TRAITS)

        found = told()
        hear_all(found)
        hear(*ASKED)

        assert found[first] | {"id": ""} == found[second] | {"id": ""}
        alike = [profiles.get(database.reader(), each).person for each in (first, second)]
        assert len({tuple(str(getattr(each, name)) for name in COMPARED - {"id"}) for each in alike}) == 1
        assert packed(first)[:4] == packed(second)[:4]
        assert packed(first)[8:] == packed(second)[8:]  # between them is the tie, which is made of the id alone
        for each in lists()[:3]:
            one, other = (
                {name: item[name] for name in item if name not in {"rank", "person"}} for item in each["items"]
            )
            assert one == other

    @pytest.mark.parametrize("trait", ["religion", "ethnicity", "marital_status", "disability", "photo"])
    def test_that_is_not_needed_cannot_even_be_told(self, registry, trait):
        answer = registry.post("/v1/workers", json=SAME | {trait: "x"})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {f"/{trait}"})


class TestWhatIsCompared:
    def test_is_only_what_somebody_can_do_prove_reach_and_wishes(self):
        assert set(events.Worker().fields) == TOLD
        assert {field.name for field in fields(Person)} == COMPARED

    def test_is_nothing_that_rides_in_a_state_by_mistake(self, register, lists):
        worker = register(SAME)
        state = told()[worker]
        hear((events.Worker, state), *ASKED)
        before, row = lists(worker), packed(worker)

        hear((events.Worker, state | TRAITS | {"religion": "x", "version": state["version"] + 1}))

        assert (lists(worker), packed(worker)) == (before, row)
        kept = database.reader().db.profiles.find_one({"_id": worker})
        assert kept["version"] == state["version"] + 1
        assert not set(TRAITS) & set(kept)
