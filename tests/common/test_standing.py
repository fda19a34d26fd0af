"""Whose tokens hold no more: kept from states, looked at by web processes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from services.common import access, migrate, standing
from services.common.standing import Watch
from services.common.web import app as web
from services.common.web.blueprint import Blueprint
from tests.conftest import token
from tests.waiting import until


def state(subject="a-1", version=1, **said):
    now = datetime.now(UTC)
    return {"id": subject, "version": version, "valid_from": now, "ended": False, "gone": False} | said


@pytest.fixture
def watch(database):
    return Watch(database)


@pytest.fixture
def http(database, folder):
    trial = Blueprint("trial", __name__)

    @trial.route("/mine")
    @access.allow("officer")
    def mine():
        return {}

    return web.make_app("registry", database, trial, folder=folder).test_client()


class TestATokenOfASubject:
    def test_holds_while_nobody_says_otherwise(self, watch):
        assert watch.holds(["a-1"], time.time())

    def test_holds_no_more_when_it_is_older_than_the_subject_is_valid(self, database, watch):
        now = time.time()
        standing.keep(database.reader(), [state()])

        assert not watch.holds(["a-1"], now - 1)
        assert watch.holds(["a-1"], now + 1)
        assert watch.holds(["a-2"], now - 1)

    @pytest.mark.parametrize("said", [{"ended": True}, {"gone": True}])
    def test_holds_no_more_once_the_subject_has_ended(self, database, watch, said):
        standing.keep(database.reader(), [state(**said)])

        assert not watch.holds(["a-1"], time.time() + 3600)

    def test_is_judged_by_the_newest_state_in_whatever_order_they_come(self, database, watch):
        standing.keep(database.reader(), [state(version=2, ended=True)])
        standing.keep(database.reader(), [state(version=1)])

        assert not watch.holds(["a-1"], time.time() + 3600)

    def test_is_judged_anew_within_a_second(self, database, watch):
        issued_at = time.time()
        assert watch.holds(["a-1"], issued_at)

        database.transact(standing.end, "a-1", datetime.now(UTC))

        until(lambda: not watch.holds(["a-1"], issued_at), 1)

    def test_may_be_new_after_a_renewal(self, database, watch):
        database.transact(standing.renew, "a-1", datetime.now(UTC))

        assert not watch.holds(["a-1"], time.time() - 60)
        assert watch.holds(["a-1"], time.time() + 1)

    def test_is_longer_remembered_than_any_lives(self):
        index = standing.INDEXES["standings"][0].document

        assert timedelta(seconds=index["expireAfterSeconds"]) > standing.LIVES_AT_MOST


class TestARequest:
    def test_is_refused_with_a_token_of_a_session_that_ended(self, database, http):
        mine = {"Authorization": f"Bearer {token('officer', sid='s-1')}"}
        other = {"Authorization": f"Bearer {token('officer', sid='s-2')}"}
        assert http.get("/mine", headers=mine).status_code == 200

        database.transact(standing.end, "s-1", datetime.now(UTC))

        until(lambda: http.get("/mine", headers=mine).status_code == 401, 1)
        assert http.get("/mine", headers=other).status_code == 200


class TestTheCollection:
    def test_is_made_with_the_others(self):
        assert standing.INDEXES in migrate.OF_PARTS
