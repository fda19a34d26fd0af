"""Sends each institution's spreadsheet, and says what became of its lines."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from deploy.demo.api import Api
from deploy.demo.institutions import Institution, institutions

AS_OF = "2026-11-24"  # the day of which the spreadsheets tell
FATES = {"accept": "taken", "warn": "with warnings", "review": "to an officer", "reject": "given back"}


def send(api: Api) -> list[Any]:
    """Register the institutions that are not there, and send their files; return the intakes, not yet taken."""
    sent = [_send(api, n, institution) for n, institution in enumerate(institutions())]
    print(f"demo: {len(sent)} institutions send a spreadsheet each")
    return sent


def follow(api: Api, sent: list[Any]) -> None:
    """Print what became of each file as soon as it is taken, and of all together."""
    width = max(len(intake["file_name"]) for intake in sent)
    taken = []
    for intake in sent:
        api.until(f"/api/registry/v1/jobs/{intake['job']}", lambda job: job["state"] in {"done", "failed"})
        taken.append(api.get(f"/api/registry/v1/intakes/{intake['id']}"))
        print(f"  {intake['file_name']:<{width}}   {told(taken[-1])}")
    print(f"demo: {_counts(sum((Counter(intake['outcomes']) for intake in taken), Counter()))}")
    print(f"demo: {_holdings(api, taken)}")


def told(intake: Mapping[str, Any]) -> str:
    """Say in words what became of an intake's lines."""
    if intake["state"] != "taken":
        return f"not taken: {intake['problem'] or intake['state']}"
    return _counts(intake["outcomes"])


def _send(api: Api, n: int, institution: Institution) -> Any:
    asked = {"name": institution.name, "kind": institution.kind, "village": institution.village}
    place = api.post("/api/registry/v1/institutions", asked, key=f"demo-institution-{n}")
    form = {"institution_id": place["id"], "as_of": AS_OF}
    return api.upload("/api/registry/v1/intakes", form, institution.file, key=f"demo-intake-{n}")


def _counts(outcomes: Mapping[str, int]) -> str:
    fates = (f"{outcomes[outcome]:,} {fate}" for outcome, fate in FATES.items() if outcomes.get(outcome))
    return f"{sum(outcomes.values()):,} lines: {', '.join(fates)}"


def _holdings(api: Api, taken: list[Any]) -> str:
    """Say what the registry has by the files; somebody in two of them is one person with two trainings."""
    ids = {intake["id"] for intake in taken}
    trainings = [each for each in api.find("/api/registry/v1/enrolments?limit=200") if each["intake_id"] in ids]
    people = {training["worker_id"] for training in trainings}
    certificates = sum(training["certificate_id"] is not None for training in trainings)
    return f"{len(people):,} people with {len(trainings):,} trainings and {certificates:,} certificates"
