"""Looks at personal data: recorded, and read by the worker whom they are about."""

import pytest

from services.reference import clock
from services.registry.database import database
from services.registry.disclosure import commands
from tests.registry.test_register_worker import SITI


@pytest.fixture
def siti(officer):
    return officer.post("/v1/workers", json=SITI).json["id"]


def look(worker_id, by):
    said = {"by": by, "role": "gateway", "why": "claim-check", "now": clock.now()}
    database.transact(commands.record, worker_id=worker_id, **said)


class TestLooks:
    def test_are_listed_the_newest_first_over_their_pages(self, officer, siti):
        for by in ("a", "b", "c"):
            look(siti, by)
        look("another", "d")

        first = officer.get(f"/v1/workers/{siti}/looks?limit=2")
        second = officer.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert [each["by"] for each in first.json + second.json] == ["c", "b", "a"]
        assert "Link" not in second.headers

    def test_say_when_and_why(self, officer, siti):
        look(siti, "gateway")

        (said,) = officer.get(f"/v1/workers/{siti}/looks").json

        assert (said["worker_id"], said["role"], said["why"]) == (siti, "gateway", "claim-check")
        assert said["at"].endswith("+00:00")

    def test_are_for_officers_and_the_worker(self, client, siti):
        path = f"/v1/workers/{siti}/looks"

        assert client("registry", "worker", own=siti).get(path).status_code == 200
        assert client("registry", "worker", own="another").get(path).status_code == 404
        assert client("registry", "employer", own=siti).get(path).status_code == 403
        assert client("registry", None).get(path).status_code == 401

    def test_at_nobody_are_forgotten_and_those_at_somebody_are_not(self, siti):
        look(None, "gateway")
        look(siti, "gateway")

        kept = {row["worker_id"]: row["expires_at"] for row in database.reader().db.looks.find()}
        assert kept[siti] is None
        assert kept[None] > clock.now()
