"""A long job whose process is killed in the middle: each line is taken once, and the counts are right."""

from random import Random

import pytest

from tests.chaos import aftermath, demand, kills
from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400)]
LINES = 1_000
UNREADABLE = {17, 500, 983}  # line numbers, from 1
UNKNOWN_SKILL = {1, 250, 1_000}
ENDS_WITHIN_S = 120


def lines():
    rng = Random("job")
    for number in range(1, LINES + 1):
        line = demand.line(rng, f"kiriman {number}")
        if number in UNREADABLE:
            line |= {"sex": "X"}
        if number in UNKNOWN_SKILL:
            line |= {"skills": [{"skill": "flying", "level": 5}]}
        yield line


def taken(platform):
    with aftermath.databases(platform) as db:
        return sorted(int(row["name"].split()[1]) for row in db["registry"].workers.find({"name": {"$regex": "^kir"}}))


def test_a_job_survives_two_kills_of_its_process(platform, ledger):
    with Http(platform, "registry", directly=True) as registry:
        intake = demand.intake(registry, "kiriman", list(lines()))
        job = f"/v1/jobs/{intake['job']}"
        for reached in (200, 600):
            until(lambda reached=reached: registry.get(job)["done"] >= reached, ENDS_WITHIN_S)
            kills.comes_back(platform, "registry.work", kills.kill(platform, "registry.work"))
            assert registry.get(job)["state"] == "running"
        until(lambda: registry.get(job)["state"] == "done", ENDS_WITHIN_S)
        counts, errors = registry.get(job), registry.get(f"/v1/intakes/{intake['id']}")["errors"]

    refused = UNREADABLE | UNKNOWN_SKILL
    assert taken(platform) == [number for number in range(1, LINES + 1) if number not in refused]
    assert (counts["total"], counts["done"], counts["failed"]) == (LINES - 3, LINES - 6, 3)
    assert sorted((error["line"], error["code"]) for error in errors) == sorted(
        [(line, "Unreadable") for line in UNREADABLE] + [(line, "SkillsUnknown") for line in UNKNOWN_SKILL]
    )
    aftermath.is_quiet(platform, ledger)
