"""The four deployables are laid out alike."""

import ast
from collections.abc import Mapping

import pytest
from flask import Flask

from services.common.event import Fact, State
from services.common.mongo import Database
from services.common.relay import Told
from services.common.work import Periodic
from tests.architecture import code
from tests.conftest import SERVICES

PROCESSES = ("web", "relay", "consumer", "work", "replay", "migrations")
TABLES = ("handlers", "told", "database")


@pytest.mark.parametrize("service", SERVICES)
class TestADeployable:
    @pytest.mark.parametrize("process", PROCESSES)
    def test_has_a_file_for_each_process_that_starts_it_when_it_is_run(self, service, process):
        path = code.folder(SERVICES[service]) / f"{process}.py"

        assert len(code.starts(path)) == 1
        assert ast.unparse(code.starts(path)[0]).endswith(")")

    @pytest.mark.parametrize("process", PROCESSES)
    def test_starts_nothing_when_it_is_imported(self, service, process):
        body = code.tree(code.folder(SERVICES[service]) / f"{process}.py").body

        calls = [node for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
        assert [ast.unparse(call) for call in calls] == []

    def test_has_its_tables_its_database_and_its_sentences(self, service):
        there = {path.name for path in code.folder(SERVICES[service]).iterdir()}

        assert {f"{name}.py" for name in TABLES} | {"__init__.py", "id.po"} <= there
        assert isinstance(code.module(service, "database").database, Database)
        assert code.module(service, "database").database.service == service

    def test_hears_and_tells_by_tables(self, service):
        handlers, told = code.module(service, "handlers"), code.module(service, "told")

        assert all(issubclass(state, State) and callable(keep) for state, keep in handlers.STATES.items())
        assert all(issubclass(fact, Fact) and callable(react) for fact, react in handlers.FACTS.items())
        assert all(issubclass(state, State) and isinstance(each, Told) for state, each in told.TELLING.items())

    def test_names_its_long_and_its_periodic_work(self, service):
        work = code.module(service, "work")

        assert isinstance(work.JOBS, Mapping)
        assert all(callable(step) for step in work.JOBS.values())
        assert all(isinstance(each, Periodic) for each in work.PERIODIC.values())

    def test_makes_its_app_and_brings_its_database_up_by_functions(self, service):
        assert isinstance(code.module(service, "web").create_app(), Flask)
        assert callable(code.module(service, "migrations").run)

    def test_says_what_it_owns_tells_and_hears(self, service):
        said = code.module(service, "__init__").__doc__

        assert [word for word in ("Owns", "Tells", "Hears") if word.lower() not in said.lower()] == []
