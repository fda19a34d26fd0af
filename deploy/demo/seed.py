"""Puts the demo regency into the platform, through the gateway; as often as one likes."""

import time
from datetime import date
from itertools import pairwise
from typing import Any

from deploy.demo import accounts, intakes, vacancies
from deploy.demo.api import Api, Unexpected
from services.reference import clock


def seed(api: Api) -> None:
    """Seed what is not there yet, and say what is done.

    Each request has its own Idempotency-Key, so that one that was cut off goes on where it stopped.
    """
    accounts.create("officer")
    accounts.create("admin")
    accounts.create("executive")
    for login in (accounts.SEEDER, accounts.GUIDE):
        accounts.create("officer", login=login)
    api.sign_in(accounts.SEEDER, accounts.password(), accounts.code)
    if len(api.find("/api/vacancies/v1/vacancies?status=published")) >= sum(
        len(offered) for _, offered in vacancies.by_employer(clock.today())
    ):
        print("demo: is there")
        return
    began = time.monotonic()
    _people(api)
    _vacancies(api, clock.today())
    _settle(api)
    print(f"demo: seeded in {time.monotonic() - began:.0f} s")


def _people(api: Api) -> None:
    """Send every institution's file; one job after the other takes them, in the order in which they came."""
    sent = intakes.send(api)
    intakes.follow(api, sent)
    accounts.create("institution", own=sent[0]["institution_id"])
    accounts.create("worker", own=api.get("/api/registry/v1/workers?limit=1")[0]["id"])


def _vacancies(api: Api, today: date) -> None:
    for n, (employer, offered) in enumerate(vacancies.by_employer(today)):
        company = api.post("/api/vacancies/v1/employers", employer, key=f"demo-employer-{n}")
        api.post(f"/api/vacancies/v1/employers/{company['id']}/verification", key=f"demo-verification-{n}")
        if n == 0:
            accounts.create("employer", own=company["id"])
        for m, vacancy in enumerate(offered):
            _publish(api, vacancy | {"employer_id": company["id"]}, f"{n}-{m}")
        print(f"demo: {employer['name']} publishes {len(offered)} vacancies")


def _publish(api: Api, vacancy: dict[str, Any], key: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            draft = api.post("/api/vacancies/v1/vacancies", vacancy, key=f"demo-vacancy-{key}")
            break
        except Unexpected as error:
            # The skills come from the registry by an event; at a first start they may be on their way.
            if "skills-unknown" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.2)
    api.post(f"/api/vacancies/v1/vacancies/{draft['id']}/publication", key=f"demo-publication-{key}")


def _settle(api: Api) -> None:
    """Wait until matching has heard of all: its counts stand still."""
    last = api.find("/api/vacancies/v1/vacancies?status=published")[-1]["id"]
    path = f"/api/matching/v1/vacancies/{last}/candidates?limit=1"
    counts = [-2, -1, api.until(path, lambda found: found["total"] > 0)["total"]]
    end = time.monotonic() + 30
    while any(a != b for a, b in pairwise(counts[-3:])) and time.monotonic() < end:
        time.sleep(0.3)
        counts.append(api.get(path)["total"])
