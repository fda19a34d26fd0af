"""Shows what the platform is for: the people who fit a vacancy, and why."""

from typing import Any

from deploy.demo import accounts
from deploy.demo.api import Api

SHOWN = 5
PUBLISHED = "/api/vacancies/v1/vacancies?status=published&limit=200"
CANDIDATES = "/api/matching/v1/vacancies/{}/candidates"
WAITING = "/api/registry/v1/intake-lines?state=open"


def show(api: Api, address: str) -> None:
    """Print where the platform is, who can sign in, one ranked shortlist, and what waits for an officer."""
    print(f"\n  Begawi   {address}/")
    print(f"  API      {address}/api")
    print(f"\n  Sign in with the password {accounts.password()} as")
    for role, login in accounts.LOGINS.items():
        print(f"    {login:<10} {role}")
    print("  The officer and the admin need a one-time code besides: make code")
    api.sign_in(accounts.GUIDE, accounts.password(), accounts.code)
    found = max((_shortlist(api, each["id"]) for each in api.find(PUBLISHED)), key=_scores)
    _print_shortlist(found)
    path = f"{address}{CANDIDATES.format(found['vacancy']['id'])}"
    print(f"\n  The same by curl: GET {path}\n  as a page: {address}/lowongan/{found['vacancy']['id']}/kandidat")
    waiting = len(api.find(f"{WAITING}&limit=200"))
    print(f"\n  {waiting} lines of spreadsheets wait for an officer: GET {address}{WAITING}\n")


def _shortlist(api: Api, vacancy_id: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{CANDIDATES.format(vacancy_id)}?limit={SHOWN}")
    return found


def _scores(found: dict[str, Any]) -> int:
    """Count the scores that differ: the list that has most of them shows best what a score is made of."""
    return len({item["score"] for item in found["items"]})


def _print_shortlist(found: dict[str, Any]) -> None:
    vacancy = found["vacancy"]
    title = f"{vacancy['title']}, {vacancy['employer_name']}"
    print(f"\n  {title}: {found['total']} people meet every condition. The first:")
    for item in found["items"]:
        print(f"\n  {item['rank']:>3}. {item['score']:.1%}  {item['person'][:13]}…  {item['district_name']}")
        for reason in item["reasons"]:
            print(f"         {reason}")
