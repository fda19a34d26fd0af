"""A shortlist recomputed from what was told, by the definition; it shares the map and the tables' numbers alone."""

from fractions import Fraction
from hashlib import blake2b
from math import floor

from services.matching.engine.links import BROADER, NARROWER, SIBLING
from services.matching.engine.score import GRADES
from services.reference import regions
from services.reference.evidence import Grade
from tests.matching.heard import START

RANKS = {"SD": 1, "SMP": 2, "SMA": 3, "SMK": 3, "D3": 6, "S1": 7}
CLAIMED, TRAINED, CERTIFIED = (GRADES[grade] for grade in (Grade.CLAIMED, Grade.TRAINED, Grade.CERTIFIED))


def shortlist(vacancy, workers, broader):
    """Return who meets every condition, the best first, as (units, id).

    :param broader: of each skill the broader one; what else is near a skill is not looked at.
    """
    eligible = [worker for worker in workers if meets(vacancy, worker, broader)]
    found = [(units(vacancy, worker, broader), worker["id"]) for worker in eligible]
    return sorted(found, key=lambda each: (each[0], place(each[1], vacancy["id"])), reverse=True)


def place(worker_id, vacancy_id):
    mine, its = (int.from_bytes(blake2b(each.encode(), digest_size=4).digest()) for each in (worker_id, vacancy_id))
    return mine ^ its


def units(vacancy, worker, broader):
    shares = zip(vacancy["skills"], shared([need["weight"] for need in vacancy["skills"]], vacancy), strict=True)
    skilled = sum(floor(share * credit(need, worker, broader) + Fraction(1, 2)) for need, share in shares)
    km = regions.distance_km(vacancy["district"], worker["district"])
    return skilled + next((given for under, given in ((10, 6_000), (25, 4_200), (60, 2_400)) if km < under), 600)


def shared(weights, vacancy):
    """Return 24,000 shared out by largest remainder, of equals by the skills' names."""
    weights = weights if any(weights) else [1] * len(weights)
    exact = [Fraction(24_000 * weight, sum(weights)) for weight in weights]
    found = [floor(each) for each in exact]
    names = [need["skill"] for need in vacancy["skills"]]
    remainders = sorted(range(len(found)), key=lambda at: (found[at] - exact[at], names[at]))
    for at in remainders[: 24_000 - sum(found)] if found else []:
        found[at] += 1
    return found


def credit(need, worker, broader):
    """Return the best that any of somebody's skills gives for one, of 1."""
    found = [Fraction(0)]
    for skill in {each["skill"] for each in worker["skills"] + worker["certificates"]}:
        level, grade = held(worker, skill)
        part = min(Fraction(1), Fraction(level, need["min_level"]))
        found.append(Fraction(link(need["skill"], skill, broader), 100) * part * Fraction(grade, 100))
    return max(found)


def link(asked, skill, broader):
    if skill == asked:
        return 100
    if broader.get(skill) == asked:
        return NARROWER
    if broader.get(asked) == skill:
        return BROADER
    return SIBLING if broader.get(skill, "") == broader.get(asked) else 0


def held(worker, skill):
    """Return level and grade of a skill when work starts."""
    said = [each for each in worker["skills"] if each["skill"] == skill]
    certified = [each for each in worker["certificates"] if each["skill"] == skill]
    begun = [each for each in certified if each["issued_on"] <= START]
    if any(holds(each) for each in begun):
        return max(each["level"] for each in said + certified), CERTIFIED
    if begun:
        return max(each["level"] for each in said + certified), TRAINED
    grade = TRAINED if any(each["kind"] == "trained" for each in said) else CLAIMED
    return max((each["level"] for each in said), default=0), grade


def holds(certificate):
    return certificate["issued_on"] <= START <= (certificate["valid_until"] or "9999-12-31")


def meets(vacancy, worker, broader):
    wishes = worker.get("wishes") or {}
    return (
        worker.get("visibility") != "hidden"
        and vacancy["employer_id"] not in worker.get("hidden_from", ())
        and is_free(worker)
        and (vacancy["education"] is None or RANKS[worker["education"]] >= RANKS[vacancy["education"]])
        and {each["skill"] for each in worker["certificates"] if holds(each)} >= set(vacancy["certificates"])
        and all(is_able(need, worker, broader) for need in vacancy["skills"] if need["must"])
        and vacancy["kind"] in (wishes.get("kinds") or [vacancy["kind"]])
        and (vacancy.get("wage_max_idr") is None or (wishes.get("min_wage_idr") or 0) <= vacancy["wage_max_idr"])
        and vacancy["district"] in (wishes.get("districts") or [vacancy["district"]])
    )


def is_free(worker):
    if worker["availability"] in {"in_training", "interning"}:
        return (worker["available_from"] or "9999") <= START
    return worker["availability"] == "available"


def is_able(need, worker, broader):
    enough = {need["skill"]} | {skill for skill, above in broader.items() if above == need["skill"]}
    return any(held(worker, skill)[0] >= need["min_level"] for skill in enough)
