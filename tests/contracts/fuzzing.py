"""Requests that Schemathesis makes up from the documents: half are valid, half are not; anybody may send them."""

from collections import Counter
from functools import partial

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import token

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
# Officers may do most, so that they reach most; None comes without a token.
ROLES = ["worker", "employer", "institution", "partner", "admin", "executive", "gateway", None]
ASKING = ["officer"] * 2 * len(ROLES) + ROLES
# Who asks, we say.
CONFIG = {"generation": {"with-security-parameters": False}}


def faults(document, there, people, *, audience, each, app=None, url=None):
    """Send so many requests to each operation; return what was wrong, by operation, and how many statuses came.

    :param there: ids of what is there, by the names of parameters and fields.
    :param people: what tokens say of somebody, by role.
    :param app: what is asked, in this process; else it is asked at the url.
    """
    said = document | ({"servers": [{"url": "/"}]} if app else {})
    schema = schemathesis.openapi.from_dict(said, config=schemathesis.Config.from_dict(CONFIG))
    schema.app = app
    found, statuses = {}, Counter()
    send = partial(_send, there=there, people=people, audience=audience, url=url, statuses=statuses)
    for operation in (each.ok() for each in schema.get_all_operations()):
        try:
            _fuzz(operation, send, each)
        except FailureGroup as failures:
            found[operation.label] = "\n\n".join(f"{each.title}\n{each.message}" for each in failures.exceptions)
    return found, statuses


def _fuzz(operation, send, examples):
    kinds = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    @given(case=st.one_of(*kinds), role=st.sampled_from(ASKING), is_known=st.sampled_from([True, True, False]))
    def test(case, role, is_known):
        send(case, role, is_known)

    test()


def _send(case, role, is_known, *, there, people, audience, url, statuses):
    """Send a case as a role, about what is there or about nothing; check the answer."""
    if is_known:
        _name(case, there)
    headers = {"Authorization": f"Bearer {token(role, audience, **people.get(role, {}))}"} if role else {}
    answer = case.call(base_url=url, headers=headers)
    statuses[answer.status_code] += 1
    case.validate_response(answer, checks=CHECKS)


def _name(case, there):
    """Let a case be about what is there, in the version that it has."""
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            place.update({name: id_ for name, id_ in there.items() if name in place})
    if "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = "*"
