"""Registering by oneself, through the gateway: nobody learns by it who is in the registry."""

from dataclasses import replace

import pytest

from services.reference import clock
from services.registry.admission import commands as admissions
from services.registry.admission.model import Entry
from services.registry.database import database
from services.registry.worker import store
from tests.registry.test_register_worker import SITI, marked

MINE = SITI | {"guardian_consents": False}
PATH = "/v1/registrations"
FREE = "6311014107959002"
BOTH = ["nik_unproven", "nik_taken"]


@pytest.fixture
def gateway(client):
    return client("registry", "gateway", account="gateway")


@pytest.fixture
def own(client):
    """Make a client of a worker itself."""
    return lambda worker_id: client("registry", "worker", own=worker_id)


def born(years):
    """Return the birthday of somebody who is so old today."""
    today = clock.today()
    return today.replace(year=today.year - years, day=min(today.day, 28)).isoformat()


def without(answer, *names):
    return {name: value for name, value in answer.json.items() if name not in names}


def headers(answer):
    said = dict(answer.headers)
    return {name: said[name] for name in said if name not in {"X-Request-Id", "Location", "Date"}}


class TestRegisteringOneself:
    def test_makes_a_worker_and_tells_the_others(self, gateway, own):
        answer = gateway.post(PATH, json=MINE)

        worker = answer.json["id"]
        assert (answer.status_code, answer.json, answer.headers["Location"]) == (
            201,
            {"id": worker},
            f"/v1/workers/{worker}",
        )
        assert own(worker).get(f"/v1/workers/{worker}").json["skills"] == SITI["skills"]
        assert marked() == [worker]

    def test_again_with_its_key_makes_no_second_worker(self, gateway):
        first, second = (gateway.post(PATH, json=MINE, headers={"Idempotency-Key": "k"}) for _ in range(2))

        assert (second.status_code, second.json) == (201, first.json)
        assert database.reader().db.workers.count_documents({}) == 1

    @pytest.mark.parametrize("role", ["officer", "worker", "admin", "partner", None])
    def test_is_for_the_gateway_alone(self, client, role):
        assert client("registry", role, own="x").post(PATH, json=MINE).status_code == (403 if role else 401)

    @pytest.mark.parametrize("more", ["doubts", "id", "version", "unread"])
    def test_sets_nothing_that_is_the_registrys(self, gateway, more):
        answer = gateway.post(PATH, json=MINE | {more: "x"})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {f"/{more}"})


class TestRegisteringAChild:
    def test_of_under_15_is_refused_and_said_where_to_go(self, gateway):
        answer = gateway.post(PATH, json=MINE | {"birth_date": born(14), "guardian_consents": True})

        assert (answer.status_code, answer.json["type"], set(answer.json["errors"])) == (
            422,
            "too-young",
            {"/birth_date"},
        )

    @pytest.mark.parametrize("years", [15, 17])
    def test_of_15_to_17_needs_a_guardian(self, gateway, years):
        child = MINE | {"birth_date": born(years)}

        alone = gateway.post(PATH, json=child)
        together = gateway.post(PATH, json=child | {"guardian_consents": True})

        assert (alone.status_code, alone.json["type"]) == (422, "guardian-missing")
        assert together.status_code == 201

    def test_of_18_needs_none(self, gateway):
        assert gateway.post(PATH, json=MINE | {"birth_date": born(18)}).status_code == 201


class TestANikThatIsSomebodysAlready:
    @pytest.fixture
    def first(self, officer):
        return officer.post("/v1/workers", json=SITI).json["id"]

    @pytest.fixture
    def second(self, first, gateway):
        """Whoever registers with it too."""
        return gateway.post(PATH, json=MINE).json["id"]

    def test_is_not_told_to_whoever_registers_with_it(self, first, gateway, own):
        free = gateway.post(PATH, json=MINE | {"nik": FREE})
        taken = gateway.post(PATH, json=MINE)

        assert (taken.status_code, headers(taken)) == (free.status_code, headers(free))
        shown = [own(each.json["id"]).get(each.headers["Location"]) for each in (free, taken)]
        assert without(shown[0], "id", "created_at", "nik") == without(shown[1], "id", "created_at", "nik")
        assert headers(shown[0]) == headers(shown[1])

    def test_is_not_told_to_whoever_says_that_it_is_theirs_later(self, first, gateway, own):
        answers = []
        for nik in (SITI["nik"], FREE):
            worker = gateway.post(PATH, json=MINE | {"nik": None}).json["id"]
            answers.append(own(worker).patch(f"/v1/workers/{worker}", json={"nik": nik}, headers={"If-Match": "*"}))

        taken, free = answers
        assert (taken.status_code, headers(taken)) == (free.status_code, headers(free)) == (200, headers(free))
        assert without(taken, "id", "created_at", "nik") == without(free, "id", "created_at", "nik")

    def test_is_seen_by_officers_who_find_such_workers(self, second, officer):
        found = officer.get("/v1/workers?doubt=nik_taken").json

        assert [(each["id"], each["doubts"], each["nik"]) for each in found] == [(second, BOTH, SITI["nik"])]

    def test_stays_that_of_the_first(self, first, second, officer):
        answer = officer.post("/v1/workers", json=SITI)

        assert (answer.status_code, answer.headers["Location"]) == (409, f"/v1/workers/{first}")

    def test_is_still_refused_to_an_officer_and_no_hindrance_for_anything_else(self, first, second, officer):
        other = officer.post("/v1/workers", json=SITI | {"nik": None}).json["id"]

        def change(worker, **said):
            return officer.patch(f"/v1/workers/{worker}", json=said, headers={"If-Match": "*"})

        assert change(other, nik=SITI["nik"]).status_code == 409
        assert (change(second, phone=None).status_code, change(second, phone=None).json["doubts"]) == (200, BOTH)

    def test_is_free_again_once_the_first_has_another(self, first, second, officer):
        officer.patch(f"/v1/workers/{first}", json={"nik": None}, headers={"If-Match": "*"})

        after = officer.patch(f"/v1/workers/{second}", json={"phone": None}, headers={"If-Match": "*"})

        assert after.json["doubts"] == ["nik_unproven"]

    def test_stays_a_doubt_when_a_training_joins(self, first, second, officer):
        worker = store.get(database.reader(), second)
        entry = Entry(worker=worker, joins=True, corrects=False, enrolment=None, certificate=None)
        more = replace(worker, skills=(), unread=("las",))

        database.transact(admissions.admit, [replace(entry, worker=more)], today=clock.today())

        assert officer.get(f"/v1/workers/{second}").json["doubts"] == BOTH

    def test_is_found_by_an_index(self, officer):
        plan = database.reader().db.workers.find({"doubts": "nik_taken"}).sort("_id").limit(51).explain()

        assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])
        assert "SORT" not in str(plan["queryPlanner"]["winningPlan"]).replace("SORT_KEY", "")
