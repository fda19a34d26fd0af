"""Guessing passwords: bounded, and never at the cost of whoever owns the account."""

from datetime import timedelta

import pytest

from gateway.session import commands, model
from gateway.session.model import Bound
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD

SESSIONS = "/api/identity/v1/sessions"
HERE, ELSEWHERE = "203.0.113.1", "203.0.113.2"


@pytest.fixture(autouse=True)
def siti(account, monkeypatch):
    for name, tries in (("NEAR", 3), ("KNOWN", 3), ("ALL", 8)):
        monkeypatch.setattr(commands, name, Bound(tries, getattr(model, name).within))
    return account("siti", "worker", own="w-1")


WRONG = "salah salah salah"


def attempt(password=WRONG, address=HERE, **said):
    visitor = app_of("gateway").test_client()
    asked = {"login": "siti", "password": password, **said}
    return visitor.post(SESSIONS, json=asked, environ_overrides={"REMOTE_ADDR": address})


def guess(times, **said):
    return [attempt(**said).status_code for _ in range(times)]


class TestGuessing:
    def test_from_one_address_is_bounded_and_says_when_to_come_again(self):
        assert guess(4) == [401, 401, 401, 429]

        answer = attempt(PASSWORD)
        assert (answer.status_code, answer.json["type"]) == (429, "too-many-tries")
        assert 0 < int(answer.headers["Retry-After"]) <= 900

    def test_does_not_shut_out_whoever_comes_from_elsewhere(self):
        guess(5)

        assert attempt(PASSWORD, address=ELSEWHERE).status_code == 201

    def test_does_not_shut_out_a_phone_that_is_known_even_at_the_same_address(self):
        device = attempt(PASSWORD).json["device"]
        guess(5)

        assert attempt(PASSWORD, device=device).status_code == 201

    def test_from_many_addresses_is_bounded_in_all_and_leaves_the_known_phone(self):
        device = attempt(PASSWORD).json["device"]
        statuses = [attempt(address=f"203.0.113.{n}").status_code for n in range(10, 20)]

        assert statuses == [401] * 7 + [429] * 3
        assert attempt(PASSWORD, device=device, address=ELSEWHERE).status_code == 201

    def test_with_a_stolen_device_is_bounded_too(self):
        device = attempt(PASSWORD).json["device"]

        assert guess(4, device=device) == [401, 401, 401, 429]

    def test_with_a_device_of_another_account_gains_nothing(self, account):
        account("budi", "worker", own="w-2")
        device = attempt(PASSWORD, login="budi").json["device"]

        assert guess(4, device=device) == [401, 401, 401, 429]

    def test_begins_anew_after_a_success_and_after_its_time(self, monkeypatch):
        guess(2)
        assert attempt(PASSWORD).status_code == 201
        assert guess(4) == [401, 401, 401, 429]

        later = clock.now() + timedelta(minutes=16)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert attempt(PASSWORD).status_code == 201

    def test_is_counted_for_a_login_that_nobody_has_alike(self):
        assert guess(4, login="siapa") == [401, 401, 401, 429]
