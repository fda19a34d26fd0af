"""Registering again after something was cut off: one worker and one account, whatever was lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.registration import commands
from tests.conftest import app_of
from tests.gateway.registry import shown
from tests.gateway.test_registration import MINE, PATH, accounts_there, later, register, registry

__all__ = ["register", "registry"]  # fixtures of the tests here too


@pytest.mark.usefixtures("registry")
class TestARepeatedRegistration:
    def test_gives_the_same_account(self, register, registry):
        first, second = register(), register()

        assert shown(first) == shown(second)
        assert (len(registry.workers), len(accounts_there())) == (1, 1)

    def test_after_the_answer_of_the_registry_was_lost_makes_no_second_worker(self, register, registry):
        registry.loses = 1

        answers = [register().status_code for _ in range(3)]

        assert answers == [503, 201, 201]
        assert (len(registry.workers), len(accounts_there())) == (1, 1)

    def test_is_not_needed_when_the_connection_to_the_registry_breaks(self, register, registry):
        registry.breaks = 1

        assert register().status_code == 201
        assert (len(registry.workers), len(accounts_there())) == (1, 1)

    def test_is_not_needed_after_a_crash_between_worker_and_account(self, register, registry, monkeypatch):
        with monkeypatch.context() as crashing:
            crashing.setattr(commands, "_open", _crash)
            assert register().status_code == 500
        assert (len(registry.workers), accounts_there()) == (1, [])

        later()

        assert [row["own"] for row in accounts_there()] == [registry.workers[0]["_id"]]
        assert len(registry.workers) == 1

    def test_at_the_same_moment_makes_one_of_each(self, registry):
        def post(_):
            return app_of("gateway").test_client().post(PATH, json=MINE)

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(post, range(6)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json["id"] for answer in answers}) == 1
        assert (len(registry.workers), len(accounts_there())) == (1, 1)

    def test_under_another_login_is_told_that_there_is_one(self, register):
        register()

        assert register(login="siti2").json["type"] == "registered-already"

    def test_with_another_password_is_not_the_same(self, register):
        register()

        assert register(password="another password").json["type"] == "login-taken"


def _crash(*_, **__):
    message = "killed"
    raise RuntimeError(message)
