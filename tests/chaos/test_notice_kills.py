"""Two hundred facts of which people are told by e-mail, while whatever tells them is killed again and again."""

import os
import subprocess
import sys
import time
from collections import Counter
from random import Random

import pytest

from deploy.local.places import REPOSITORY
from tests.chaos import aftermath, kills, people
from tests.chaos.accounts import address
from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(600), pytest.mark.verify]
WORKERS, FACTS, A_KILL_EVERY = 20, 200, 12
VICTIMS = ("gateway.work", "gateway.consumer")
GOES_ON_WITHIN_S = 120  # an attempt whose process was killed is left to others after a minute
ARRIVES_WITHIN_S = 180


def register(registry, rng):
    """Register workers, and return their ids."""
    made = (
        registry.post("/v1/workers", people.person(rng, f"Kabar {n}", {}), key=f"kabar-{n}") for n in range(WORKERS)
    )
    return [worker["id"] for worker in made]


def give_accounts(platform, workers):
    command = [sys.executable, "-m", "tests.chaos.accounts", *workers]
    subprocess.run(command, env=os.environ | platform.environment(), cwd=REPOSITORY, check=True, timeout=120)


def issue(registry, rng, workers, skills):
    """Issue certificates, each of another skill to its worker, and yield after each."""
    for number in range(FACTS):
        worker, skill = workers[number % WORKERS], skills[number // WORKERS]
        said = people.certificate(rng, f"KABAR-{number}", skill)
        yield registry.post(f"/v1/workers/{worker}/certificates", said, key=f"kabar-c-{number}")["id"]


def test_each_fact_is_told_in_one_notice_and_one_letter_whatever_is_killed(platform, mail, ledger):
    seed = time.time_ns()
    rng, killed, issued, arrived = Random(seed), Counter(), [], 0
    print(f"\nseed {seed}")
    with Http(platform, "registry", directly=True) as registry:
        skills = [skill["id"] for skill in registry.get("/v1/skills?limit=200")]
        workers = register(registry, rng)
        give_accounts(platform, workers)
        for certificate in issue(registry, rng, workers, skills):
            issued.append(certificate)
            if len(issued) % A_KILL_EVERY == 0:
                until(lambda seen=arrived: len(mail.letters) > seen, GOES_ON_WITHIN_S)
                arrived, victim = len(mail.letters), rng.choice(VICTIMS)
                kills.kill(platform, victim)
                killed[victim] += 1
    began = time.monotonic()
    until(lambda: len(set(mail.ids)) >= FACTS, ARRIVES_WITHIN_S)
    quiet_s = time.monotonic() - began + aftermath.is_quiet(platform, ledger)
    with aftermath.databases(platform) as db:
        noticed = Counter(
            row["params"]["certificate_id"] for row in db["gateway"].notices.find({"own": {"$in": workers}})
        )
        states = Counter(row["state"] for row in db["gateway"].letters.find())

    again = len(mail.ids) - len(set(mail.ids))
    print(f"{killed.total()} kills: {dict(killed)}; quiet {quiet_s:.0f} s later; {again} letters came twice")
    assert noticed == Counter(issued)
    assert states == {"sent": FACTS}
    assert len(set(mail.ids)) == FACTS
    assert Counter({letter["Message-ID"]: letter["To"] for letter in mail.letters}.values()) == {
        address(worker): FACTS // WORKERS for worker in workers
    }
    # A kill between the server's answer and our noting it: sent again, under the same Message-ID.
    assert again <= killed["gateway.work"]
