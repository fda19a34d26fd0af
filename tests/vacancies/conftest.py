"""An office on a fixed day, that knows three skills and a verified employer."""

import pytest

from services.common import inbox, relay, work
from services.reference import clock
from services.vacancies.database import database
from services.vacancies.handlers import FACTS, STATES
from services.vacancies.told import TELLING
from services.vacancies.work import JOBS, PERIODIC
from tests.vacancies.building import COMPANY, SKILLS, TODAY, WELDER, a_skill


@pytest.fixture(autouse=True)
def on(monkeypatch):
    """Let it be a day at the office: `on(day)`; TODAY from the start."""

    def on(day):
        monkeypatch.setattr(clock, "today", lambda: day)

    on(TODAY)
    return on


@pytest.fixture
def hear():
    """Hear skills as the registry tells them."""
    handle = inbox.listen(database, states=STATES, facts=FACTS)["registry.skill"]
    return lambda *skills: handle(event_id="any", payload=list(skills))


@pytest.fixture(autouse=True)
def skills(hear):
    hear(*(a_skill(id_) for id_ in SKILLS))


@pytest.fixture
def officer(client):
    return client("vacancies")


@pytest.fixture
def register(officer):
    """Register an employer and verify it; return its id."""

    def register(**said):
        employer_id = officer.post("/v1/employers", json=COMPANY | said).json["id"]
        officer.post(f"/v1/employers/{employer_id}/verification")
        return employer_id

    return register


@pytest.fixture
def vista(register):
    return register()


@pytest.fixture
def draft(officer, vista):
    """Write a draft, of Vista unless another is named; return its id."""

    def draft(**said):
        return officer.post("/v1/vacancies", json={"employer_id": vista} | WELDER | said).json["id"]

    return draft


@pytest.fixture
def publish(officer, draft):
    """Write a vacancy and publish it; return its id."""

    def publish(**said):
        vacancy_id = draft(**said)
        assert officer.post(f"/v1/vacancies/{vacancy_id}/publication").status_code == 200
        return vacancy_id

    return publish


@pytest.fixture
def broker():
    """A list in RabbitMQ's place: what was published, and to whom."""
    return []


@pytest.fixture
def tell(broker):
    """Tell what there is to tell; return the states that were told by id."""

    def publish(name, _event_id, states, _headers, *, to=None):
        broker.append((name, to, states))

    def tell():
        broker.clear()
        while relay.publish_states(publish, database, TELLING):
            pass
        return {state["id"]: state for _, _, states in broker for state in states}

    def replay(to):
        broker.clear()
        relay.replay(publish, database, TELLING, to=to)
        return {state["id"]: state for _, _, states in broker for state in states}

    tell.again = replay
    return tell


@pytest.fixture
def do_work():
    """Do the work that was asked for, as the work process does; a periodic one when it is named."""
    handlers = work.handlers(database, jobs=JOBS, periodic=PERIODIC)

    def do_work(*names):
        for name in names:
            handlers[name](event_id="any", payload={})
        for row in database.reader().db.facts.find({"to": "vacancies.work"}):
            handlers[row["name"]](event_id=row["_id"], payload=row["payload"])

    return do_work
