"""Forty kills at random moments of whatever there is, during four thousand writes."""

import time
from collections import Counter
from random import Random

import pytest

from tests.chaos import aftermath, crowd, kills

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(1_800), pytest.mark.verify]
KILLS, WRITES = 40, 4_000
KINDS = ("registry.web", "registry.relay", "matching.consumer", "rabbitmq", "mongod")
VICTIMS = (*KINDS, "registry.work", "gateway.web", "gateway.relay", "gateway.consumer", "gateway.work")


def test_forty_kills_lose_nothing_and_do_nothing_twice(platform, ledger):
    seed = time.time_ns()
    rng, killed, began = Random(seed), Counter(), time.monotonic()
    print(f"\nseed {seed}")
    victims = [*KINDS * 2, *rng.choices(VICTIMS, k=KILLS - 2 * len(KINDS))]
    rng.shuffle(victims)
    with crowd.at_work(platform, ledger, "many", WRITES) as writers:
        for victim, moment in zip(victims, sorted(rng.sample(range(WRITES - 100), KILLS)), strict=True):
            writers.reaches(moment)
            kills.kill(platform, victim)
            killed[victim] += 1
    wrote_s = time.monotonic() - began
    quiet_s = aftermath.is_quiet(platform, ledger)

    print(f"{killed.total()} kills: {dict(killed)}")
    print(f"{writers.acknowledged} of {WRITES} writes acknowledged in {wrote_s:.0f} s: {dict(writers.answers)}")
    print(f"slowest answer {writers.slowest_s:.1f} s; all quiet {quiet_s:.1f} s after the last")
