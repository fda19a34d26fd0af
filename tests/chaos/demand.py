"""A small labour market in one go: people, an employer, and three vacancies that rank them."""

from datetime import timedelta
from random import Random

from services.reference import clock
from tests.chaos import people
from tests.chaos.http import Http

ASKED = ("smaw-welding", "technical-drawing", "first-aid")
COMPANY = {"name": "PT Vista Uji", "nib": "9999000000099", "sector": "09900", "village": "63.11.07.2006"}


def seed(platform, count):
    """Bring in people and three open vacancies, and return the vacancies' ids."""
    rng = Random("demand")
    with Http(platform, "registry", directly=True) as registry:
        for n in range(count):
            _person(registry, rng, f"pasar {n}")
    with Http(platform, "vacancies", directly=True) as vacancies:
        employer = vacancies.post("/v1/employers", COMPANY, key="pasar-pt")["id"]
        vacancies.post(f"/v1/employers/{employer}/verification", key="pasar-pt-benar")
        drafts = [
            vacancies.post("/v1/vacancies", said, key=f"pasar-lowongan-{n}")["id"]
            for n, said in enumerate(_vacancies(employer))
        ]
        for draft in drafts:
            vacancies.post(f"/v1/vacancies/{draft}/publication", key=f"{draft}-terbit")
    return drafts


def _person(registry, rng, name):
    """Register a person with a certificate of the first skill."""
    levels = {skill: rng.randint(2, 5) for skill in ASKED}
    worker = registry.post("/v1/workers", people.person(rng, name, levels), key=f"{name}-w".replace(" ", "-"))["id"]
    proof = people.certificate(rng, f"{name}-1", ASKED[0])
    registry.post(f"/v1/workers/{worker}/certificates", proof, key=f"{name}-c".replace(" ", "-"))


def _vacancies(employer):
    today = clock.today()
    days = {"starts_on": (today + timedelta(30)).isoformat(), "closes_on": (today + timedelta(20)).isoformat()}
    for at, must in enumerate(ASKED):
        skills = [
            {"skill": skill, "min_level": 3, "weight": 20 * (n + 1), "must": skill == must}
            for n, skill in enumerate(ASKED)
        ]
        yield days | {
            "employer_id": employer,
            "title": f"Lowongan uji {at}",
            "kind": "job",
            "description": "Pekerjaan bengkel.",
            "positions": 5,
            "village": "63.11.06.1023",
            "skills": skills,
            "certificates": [ASKED[0]] if at == 0 else [],
        }
