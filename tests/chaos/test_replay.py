"""Matching's database lost, and built again from what the others tell: the same lists, and no effect again."""

import os
import subprocess
import sys

import pytest

from deploy.local.places import REPOSITORY
from tests.chaos import aftermath, demand, kills
from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400)]


def run(platform, module, *words):
    command = [sys.executable, "-m", module, *words]
    subprocess.run(command, env=os.environ | platform.environment(), cwd=REPOSITORY, check=True, timeout=120)


def shortlists(platform, vacancies):
    """Return the first 200 candidates of each, all but the id under which each list is kept."""
    with Http(platform, "matching", directly=True) as matching:
        answers = [matching.insist("GET", f"/v1/vacancies/{id_}/candidates?limit=200")[0] for id_ in vacancies]
    assert {answer.status for answer in answers} == {200}
    return [{name: value for name, value in answer.json().items() if name != "list"} for answer in answers]


def notices(platform):
    with aftermath.databases(platform) as db:
        return list(db["gateway"].notices.find().sort("_id"))


def all_news_is_told(platform):
    """Tell whether nobody waits to be told of a vacancy."""
    with aftermath.databases(platform) as db:
        since = db["matching"].alerts_since.find_one()
        news = {"at": {"$gte": since["at"]}} if since else {"at": None}
        waiting = [db["matching"][name].count_documents(news) for name in ("vacancies_to_tell", "workers_to_tell")]
    return waiting == [0, 0]


def test_a_replay_gives_the_same_shortlists_and_no_notice_again(platform, ledger):
    vacancies = demand.seed(platform, 300)
    until(lambda: all_news_is_told(platform), within_s=120)
    aftermath.is_quiet(platform, ledger)
    before, noticed, running = shortlists(platform, vacancies), notices(platform), kills.pids(platform)
    assert all(len(shortlist["items"]) > 20 for shortlist in before)

    with aftermath.databases(platform) as db:
        db["matching"].client.drop_database(db["matching"].name)
    run(platform, "services.matching.migrations")
    run(platform, "services.registry.replay", "--to", "matching")
    run(platform, "services.vacancies.replay", "--to", "matching")
    aftermath.is_quiet(platform, ledger)

    assert shortlists(platform, vacancies) == before
    assert notices(platform) == noticed
    assert kills.pids(platform) == running
