"""Every act is recorded in the transaction that does it."""

import pytest

from services.common import access
from services.common.web import app as web
from services.common.web.blueprint import Blueprint
from tests.conftest import token


@pytest.fixture
def http(database, folder):
    trial = Blueprint("trial", __name__)

    @trial.route("/workers/<worker_id>", methods=["PATCH"])
    @access.allow("officer", "worker:self", "employer:own")
    def change(worker_id):
        database.transact(lambda tx: tx.db.things.insert_one({"of": worker_id}, session=tx.session))
        return {}

    @trial.route("/broken/<worker_id>", methods=["PATCH"])
    @access.allow("officer")
    def fail(worker_id):
        def command(tx):
            tx.db.things.insert_one({"of": worker_id}, session=tx.session)
            raise ZeroDivisionError

        database.transact(command)

    return web.make_app("registry", database, trial, folder=folder).test_client()


def ask(http, path, role, **said):
    return http.patch(path, headers={"Authorization": f"Bearer {token(role, account='a-1', **said)}"}).status_code


def acts(database):
    return [{name: row[name] for name in row if name not in {"_id", "at"}} for row in database.reader().db.acts.find()]


@pytest.fixture(autouse=True)
def no_acts(database):
    database.reader().db.acts.delete_many({})


class TestAnAct:
    def test_says_who_did_what_and_to_whom(self, database, http):
        assert ask(http, "/workers/w-1", "worker", own="w-1", sid="s-1") == 200

        assert acts(database) == [
            {
                "actor": "a-1",
                "role": "worker",
                "session": "s-1",
                "act": "PATCH /workers/<worker_id>",
                "subject": {"worker_id": "w-1"},
            }
        ]

    def test_says_for_whom_an_officer_did_it(self, database, http):
        assert ask(http, "/workers/w-1", "officer") == 200

        assert [(act["role"], act["for"]) for act in acts(database)] == [("officer", {"worker": "w-1"})]

    def test_is_not_recorded_when_it_was_not_done(self, database, http):
        assert ask(http, "/workers/w-2", "worker", own="w-1") == 404
        assert ask(http, "/broken/w-1", "officer") == 500

        assert acts(database) == []

    def test_is_nobodys_outside_of_a_request(self, database):
        database.transact(lambda tx: tx.db.things.insert_one({}, session=tx.session))

        assert acts(database) == []
