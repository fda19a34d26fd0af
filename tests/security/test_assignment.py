"""Mass assignment: what a client may not say is refused by name, wherever it stands in a body, and changes nothing."""

import pytest

from tests.conftest import SERVICES
from tests.contracts.document import json_body
from tests.security.asking import everything, resolved, send
from tests.security.kept import Kept
from tests.security.shapes import places, takes
from tests.security.test_operators import strongest

pytestmark = pytest.mark.xdist_group("security-operators")

FORBIDDEN = {
    "id": "x", "_id": "x", "version": 1, "role": "admin", "own": "x", "team": "manager", "party": "employer",
    "scopes": ["vacancies.write"], "disabled": False, "status": "verified", "state": "completed", "doubts": [],
    "valid_from": "2020-01-01T00:00:00Z", "ended": False, "gone": True, "by": "x", "owner": "x", "asker": "x",
    "actor": "x", "account_id": "x", "worker_id": "x", "institution_id": "x", "employer_id": "x", "is_itself": False,
    "created_at": "2020-01-01T00:00:00Z", "revoked_on": None, "today": "2020-01-01", "now": "2020-01-01",
    "email_confirmed": True, "totp": "x", "totp_step": 0, "sealed": "x", "expected": 1, "__class__": "x", "$set": {},
    "proven": True, "tries_left": 99, "secret": "x", "digest": "x", "is_admin": True, "without_totp": True,
}  # fmt: skip
IDENTITY = "/api/identity/v1"
TEAM = {"team"}
# What of it is a client's to say, and where; whoever may say it is looked at by the matrix and by the rules.
SAID = {
    "POST /v1/claims": {"worker_id"},
    "POST /v1/batches": {"institution_id"},
    "POST /v1/enrolments": {"state", "worker_id"},
    "POST /v1/enrolments/{enrolment_id}/state": {"state"},
    "POST /v1/intakes/{intake_id}/lines/{number}/decision": {"worker_id"},
    "POST /v1/vacancies": {"employer_id"},
    "POST /v1/searches": {"employer_id"},
    f"POST {IDENTITY}/accounts": {"own", "role", "team"},
    f"POST {IDENTITY}/accounts/{{account_id}}/activation-codes": {"without_totp"},
    f"PATCH {IDENTITY}/institutions/{{institution_id}}/members/{{account_id}}": TEAM,
    f"PATCH {IDENTITY}/employers/{{employer_id}}/members/{{account_id}}": TEAM,
    f"POST {IDENTITY}/institutions/{{institution_id}}/invitations": TEAM,
    f"POST {IDENTITY}/employers/{{employer_id}}/invitations": TEAM,
    f"POST {IDENTITY}/clients": {"own", "party", "scopes"},
    f"PATCH {IDENTITY}/clients/{{client_id}}": {"scopes"},
}


def known(operation, said):
    return resolved(operation, said).get("properties", {}).keys()


def refusals(operation, world, way, said, put):
    """Yield which fields came at a place, and what was wrong with the answer."""
    asker, inside = strongest(operation, world), _inside(operation.example(world.a), way)
    for name in FORBIDDEN.keys() - known(operation, said):
        answer = send(operation, asker, operation.request(world.a, json=put(inside | {name: FORBIDDEN[name]})))
        pointer = "/" + "/".join(map(str, (*way, name)))
        found = answer.json.get("errors", {}) if answer.is_json else {}
        yield name, None if (answer.status_code, pointer in found) == (422, True) else (answer.status_code, found)


def _inside(body, way):
    """Return the object that stands at a place of an example; {} where there is none."""
    for step in way:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return {}
    return body if isinstance(body, dict) else {}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.timeout(300)
def test_what_nobody_may_say_is_refused_by_name_and_changes_nothing(service, world):
    wrong, tried, kept = {}, 0, Kept(service)

    for operation in [each for each in everything() if each.service == service and json_body(each.said)]:
        for way, said, put in places(operation, world.a):
            if not takes(said, "object") or ("additionalProperties" in said and "properties" not in said):
                continue
            assert FORBIDDEN.keys() & known(operation, said) <= SAID.get(operation.where, set()), (operation.where, way)
            for name, found in refusals(operation, world, way, said, put):
                tried += 1
                wrong |= {f"{operation.where} {way} {name}": found} if found else {}

    assert (wrong, kept.changed()) == ({}, set())
    assert tried or service == "matching"
