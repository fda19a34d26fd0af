"""The conversation between the services: told by its owner, heard as it says, nothing personal in it."""

import ast
import re
from collections import Counter

import pytest
from marshmallow import fields

from services import events
from services.common.event import Event, Fact, State
from tests.architecture import code
from tests.conftest import SERVICES

STATE_NAME = re.compile(r"(?P<service>[a-z]+)\.[a-z]+(-[a-z]+)*")
FACT_NAME = re.compile(r"(?P<service>[a-z]+)\.[a-z]+(-[a-z]+)*\.(?P<participle>[a-z]+)")
IRREGULAR = {
    "begun", "done", "forgotten", "found", "given", "held", "kept", "left", "lost", "made", "met", "paid", "seen",
    "sent", "set", "shown", "taken", "told", "withdrawn", "written",
}  # fmt: skip
# A party's name is public; a person's is not.
PUBLIC_NAMES = {"employer_name", "institution_name", "programme_name"}
# A worker's village is shown to the office beside what they can do; on its own it leads to nobody.
PUBLIC_NAMES |= {"village"}
PERSONAL = {
    "name", "nik", "npwp", "phone", "telephone", "mobile", "email", "mail", "address", "street", "village", "birth",
    "birthday", "born", "age", "sex", "gender", "religion", "ethnicity", "number", "document", "contact", "login",
    "password", "token", "photo",
}  # fmt: skip
AGE_BAND = "age_band"


def declared():
    mine = [each for each in code.descendants(Event) if each.__module__ == events.__name__]
    return [each for each in mine if "name" in vars(each)]  # the others are what events have in common


def of_kind(base):
    return [each for each in declared() if issubclass(each, base)]


def calls(service, function):
    """Return the events that a service's files hand to a function of the outbox, as `events.X`."""
    found = set()
    for path in code.python(code.folder(SERVICES[service])):
        for call in code.nodes(path, ast.Call):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == f"outbox.{function}":
                found.add(ast.unparse(call.args[1]).removeprefix("events."))
    return found


def field_names(schema):
    """Return the names of a schema's fields and of all that lies in them."""
    for name, field in schema().fields.items():
        yield name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from field_names(type(inner.schema))


def is_personal(name):
    return name not in {*PUBLIC_NAMES, AGE_BAND} and bool(PERSONAL & set(re.split(r"[_\d]+", name.lower())))


class TestTheNamesOfEvents:
    def test_are_of_one_event_each(self):
        assert [name for name, times in Counter(each.name for each in declared()).items() if times > 1] == []

    def test_say_the_service_and_the_noun_and_of_a_fact_what_happened(self):
        states = [each.name for each in of_kind(State) if not STATE_NAME.fullmatch(each.name)]
        facts = [each.name for each in of_kind(Fact) if not FACT_NAME.fullmatch(each.name)]

        assert (states, facts) == ([], [])
        participles = {FACT_NAME.fullmatch(each.name)["participle"] for each in of_kind(Fact)}
        assert [said for said in participles if not said.endswith("ed") and said not in IRREGULAR] == []

    def test_begin_with_the_service_that_tells_them(self):
        assert {each.name.partition(".")[0] for each in declared()} <= set(SERVICES)

    def test_are_declared_in_one_place(self):
        for package in ("services", "gateway"):
            code.modules(package)

        elsewhere = {f"{each.__module__}.{each.__name__}" for each in code.descendants(Event)}
        ours = {name for name in elsewhere if name.startswith(("services.", "gateway."))}
        bases = {f"{each.__module__}.{each.__name__}" for each in (State, Fact, events.Standing)}
        assert ours - bases == {f"services.events.{each.__name__}" for each in declared()}

    @pytest.mark.parametrize("service", SERVICES)
    def test_are_not_those_of_a_services_own_work(self, service):
        work = code.module(service, "work")

        own = {f"{service}.{name}" for name in (*work.JOBS, *work.PERIODIC)}

        assert own & {each.name for each in declared()} == set()


class TestTellingEvents:
    def test_is_for_one_service_each_the_one_it_is_named_after(self):
        told = [(service, state.name) for service in SERVICES for state in code.module(service, "told").TELLING]
        facts = {each.__name__: each.name for each in of_kind(Fact)}
        told += [(service, facts[fact]) for service in SERVICES for fact in calls(service, "tell")]

        assert sorted(told) == sorted((each.name.partition(".")[0], each.name) for each in declared())

    @pytest.mark.parametrize("service", SERVICES)
    def test_is_possible_for_each_state_that_a_service_marks_as_changed(self, service):
        assert calls(service, "changed") == {state.__name__ for state in code.module(service, "told").TELLING}


class TestHearingEvents:
    def test_is_for_those_whom_each_event_names(self):
        tables = {service: code.module(service, "handlers") for service in SERVICES}
        heard = {service: {*each.STATES, *each.FACTS} for service, each in tables.items()}

        for event in declared():
            assert set(event.heard_by) == {service for service in SERVICES if event in heard[service]}, event.name
            assert len(set(event.heard_by)) == len(event.heard_by), event.name
        assert set.union(*heard.values()) <= set(declared())

    def test_has_a_hearer_for_each_fact(self):
        assert [each.name for each in of_kind(Fact) if not each.heard_by] == []


class TestTheFieldsOfEvents:
    def test_never_name_anything_personal(self):
        found = {f"{event.name}: {name}" for event in declared() for name in field_names(event) if is_personal(name)}

        assert found == set()

    @pytest.mark.parametrize(
        "name", ["name", "worker_name", "nik", "home_address", "birth_date", "phone1", "certificate_number"]
    )
    def test_would_be_found_personal(self, name):
        assert is_personal(name)
