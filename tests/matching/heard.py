"""What matching hears, the shortest way to say it: states as they come from the broker, as JSON."""

from services import events
from services.common import inbox, mongo
from services.matching.database import database
from services.matching.handlers import FACTS, STATES
from services.matching.pool.store import PEOPLE
from tests.waiting import until

PARINGIN, PARINGIN_SELATAN, JUAI, HALONG, BANJARMASIN = "63.11.06", "63.11.07", "63.11.01", "63.11.02", "63.71.01"
START = "2026-12-01"
HANDLERS = inbox.listen(database, states=STATES, facts=FACTS)


def tell(*states):
    """Hear states, each a pair of its kind and what it says, one message a kind."""
    for kind in (events.Skill, events.Programme, events.Batch, events.Worker, events.Vacancy):
        said = [row for of, row in states if of is kind]
        if said:
            HANDLERS[kind.name](event_id="any", payload=said)


def hear(*states):
    """Hear states, then wait until the pool has them."""
    tell(*states)
    await_pool()


def await_pool():
    """Wait until the pool of this process has seen all packed rows that were written until now; not in many threads."""
    pool, mark = PEOPLE.pool(), mongo.new_id()
    database.reader().db.packed.insert_one({"_id": mark, "version": 1, "gone": True})
    until(lambda: pool.latest == mark or PEOPLE.pool() is not pool, within_s=10)
    if PEOPLE.pool() is not pool:  # it was loaded anew meanwhile, perhaps a moment too early
        await_pool()


def a_skill(name, label_id, label_en, version=1, **said):
    named = {"id": name, "version": version, "gone": False, "label_id": label_id, "label_en": label_en}
    return events.Skill, named | said


def a_worker(name="w-1", version=1, *, skills=None, certificates=(), **said):
    """A worker who is free, with levels by skill, and certificates as `a_certificate` makes them."""
    held = [{"skill": skill, "level": level, "kind": "claimed"} for skill, level in (skills or {}).items()]
    free = {"district": PARINGIN, "education": "SMA", "availability": "available", "available_from": None}
    named = {"id": name, "version": version, "gone": False, "skills": held, "certificates": list(certificates)}
    return events.Worker, free | named | said


def a_training(skill, level=3):
    """What a training taught; it stands among a worker's `skills`."""
    return {"skill": skill, "level": level, "kind": "trained"}


def a_certificate(skill, level=3, issued_on="2024-01-01", valid_until="2027-01-01"):
    return {"skill": skill, "level": level, "issued_on": issued_on, "valid_until": valid_until}


def a_vacancy(*needs, name="v-1", version=1, **said):
    """A published vacancy of the employer e-1 that asks for nothing but its needs."""
    who = {"employer_id": "e-1", "employer_name": "PT Contoh", "title": "Juru las", "kind": "job", "positions": 2}
    asked = {"district": PARINGIN, "certificates": [], "education": None, "skills": list(needs)}
    when = {"status": "published", "starts_on": START, "closes_on": "2026-11-15"}
    return events.Vacancy, {"id": name, "version": version, "gone": False} | who | asked | when | said


def a_need(skill, min_level=3, weight=50, *, must=False):
    return {"skill": skill, "min_level": min_level, "weight": weight, "must": must}


def a_programme(name="p-1", version=1, **skills):
    """A programme that teaches skills up to levels."""
    taught = [{"skill": skill, "level": level} for skill, level in skills.items()]
    said = {"programme_name": f"Programme {name}", "skills": taught}
    return events.Programme, {"id": name, "version": version, "gone": False} | said


def a_batch(name="b-1", version=1, **said):
    """A batch of the programme p-1 that one may still join, far ahead."""
    of = {"programme_id": "p-1", "institution_name": "LPK Contoh", "district": PARINGIN}
    when = {"starts_on": "2999-02-01", "ends_on": "2999-03-01", "open": True, "places_left": 5}
    return events.Batch, {"id": name, "version": version, "gone": False} | of | when | said


def gone(kind, name, version):
    return kind, {"id": name, "version": version, "gone": True}
