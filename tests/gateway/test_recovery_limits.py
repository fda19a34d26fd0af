"""Recoveries are limited, and the limit says nothing of who is there."""

import pytest

from gateway import limits, web
from tests.gateway.door import give_email

AT = "/api/identity/v1/recoveries"


@pytest.fixture
def visitor():
    app = web.create_app()
    limits.install(app, on=True)
    return app.test_client()


@pytest.mark.usefixtures("one_window")
class TestAskingForManyRecoveries:
    @pytest.mark.parametrize("login", ["siti", "siapa"])
    def test_fills_nobodys_letter_box_and_is_refused_alike_for_all(self, account, visitor, login):
        give_email(account("siti", "worker", own="w-1"))

        answers = [visitor.post(AT, json={"login": said}) for said in [login] * 6 + [f" {login.upper()}"]]

        assert [answer.status_code for answer in answers] == [202] * 6 + [429]
        assert answers[-1].headers["Retry-After"]
        assert visitor.post(AT, json={"login": "budi"}).status_code == 202
