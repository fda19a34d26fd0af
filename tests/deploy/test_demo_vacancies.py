"""The vacancies of the demo: sound, and with somebody for each of them."""

import csv
import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from deploy.demo import vacancies
from services.matching.engine.conditions import unmet
from services.matching.engine.parties import Kind, Requirement, SkillNeed
from services.matching.engine.score import WHOLE, Scale
from services.matching.engine.weights import Rarity
from services.matching.profile import model as profile
from services.matching.skill import model as skill
from services.reference import regions, wages
from services.registry.worker.model import CLAIMED_LEVEL

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "tests/registry/sample/answers.json"
TODAY = date(2026, 11, 24)
DAYS = [TODAY, date(2025, 3, 1), date(2028, 2, 29)]
TAKEN = {"accept", "warn"}


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the demo's data needs none."""


@cache
def answers():
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


@cache
def table(slice_, name):
    with (REPOSITORY / f"services/registry/{slice_}/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def offers(today=TODAY):
    return [offer for _, offered in vacancies.by_employer(today) for offer in offered]


def skills():
    return {row["id"] for row in table("skill", "taxonomy")}


def day(text):
    return date.fromisoformat(text) if text else None


def as_person(person):
    """Return a person of the sample as the spreadsheets' lines that are taken tell of them."""
    trainings = [each for n, each in enumerate(person["enrolments"]) if (person["id"], n) in taken()]
    completed = [taught()[each["programme"]] for each in trainings if each["result"] == "completed"]
    claimed = [said(labels()[label], CLAIMED_LEVEL, "claimed") for label in person["skills"] if trainings]
    ends = [day(each["end"]) for each in trainings if each["result"] == "attending" and day(each["end"]) >= TODAY]
    return profile.person(
        {
            "id": person["id"],
            "district": regions.village(person["village"]).district,
            "village": person["village"],
            "education": person["education"] or "none",
            "availability": "in_training" if ends else "available",
            "available_from": max(ends) + timedelta(days=1) if ends else None,
            "skills": claimed + [said(*pair, "trained") for skills in completed for pair in skills.items()],
            "certificates": [certificate(each) for each in trainings if each["cert_no"]],
            "visibility": "pseudonymous",
            "hidden_from": [],
            "wishes": None,
        }
    )


def said(skill, level, kind):
    return {"skill": skill, "level": level, "kind": kind}


def certificate(training):
    """A certificate proves what its training is mainly about."""
    main, level = next(iter(taught()[training["programme"]].items()))
    days = {"issued_on": day(training["issued"]), "valid_until": day(training["expires"])}
    return {"skill": main, "level": level} | days


def as_requirement(vacancy):
    return Requirement(
        skills=tuple(SkillNeed(**row) for row in vacancy["skills"]),
        certificates=tuple(vacancy["certificates"]),
        education=vacancy["education"],
        district=regions.village(vacancy["village"]).district,
        starts_on=day(vacancy["starts_on"]),
        kind=Kind(vacancy["kind"]),
        wage_idr=vacancy["wage_max_idr"],
    )


@cache
def taxonomy():
    rows = table("skill", "taxonomy")
    known = {row["id"]: {"label_id": row["label_id"], "label_en": row["label_en"]} for row in rows}
    near = {row["id"]: {"broader": row["broader"] or None, "related": tuple(row["related"].split(";"))} for row in rows}
    return skill.taxonomy(skill.Skill(id=id_, **known[id_], **near[id_]) for id_ in known)


def scores(vacancy, people):
    """Return the scores, of 1, of those who meet every hard condition, the best first."""
    scale = Scale(as_requirement(vacancy), taxonomy(), Rarity())
    found = [scale.fit(person).units for person in people if not unmet(scale, person)]
    return [units / WHOLE for units in sorted(found, reverse=True)]


@cache
def taken():
    return {(line["person"], line["enrolment"]) for line in answers()["lines"] if line["outcome"] in TAKEN}


@cache
def labels():
    return {row["label_id"]: row["id"] for row in table("skill", "taxonomy")}


@cache
def taught():
    """Return the skills that each programme teaches, with their levels, the main one first."""
    return {
        row["name"]: {skill: int(level) for skill, level in (said.split(":") for said in row["skills"].split(";"))}
        for row in table("programme", "programmes")
    }


class TestTheVacanciesOfTheDemo:
    def test_are_twenty_of_two_employers(self):
        employers = [employer for employer, _ in vacancies.by_employer(TODAY)]

        assert [employer["name"] for employer in employers] == ["PT Vista Utama", "PT Jalasena Cakra Perkasa"]
        assert all(set(employer) == {"name", "nib", "sector", "village"} for employer in employers)
        assert all(re.fullmatch(r"\d{13}", employer["nib"]) for employer in employers)
        assert len({vacancy["title"] for vacancy in offers()}) == 20

    def test_have_exactly_the_fields_of_a_vacancy_in_plain_json(self):
        fields = {
            "title", "kind", "description", "positions", "village", "wage_min_idr", "wage_max_idr", "education",
            "skills", "certificates", "starts_on", "closes_on",
        }  # fmt: skip

        assert {frozenset(vacancy) for vacancy in offers()} == {frozenset(fields)}
        assert {vacancy["kind"] for vacancy in offers()} == {"job", "internship"}
        assert json.loads(json.dumps(offers())) == offers()

    def test_ask_for_known_skills(self):
        for vacancy in offers():
            asked = [row["skill"] for row in vacancy["skills"]]
            assert len(set(asked)) == len(asked)
            assert {*asked, *vacancy["certificates"]} <= skills()

    @pytest.mark.parametrize("today", DAYS)
    def test_are_open_for_a_week_at_least_and_pay_more_than_the_floor(self, today):
        for employer, offered in vacancies.by_employer(today):
            for vacancy in offered:
                starts_on = day(vacancy["starts_on"])
                assert today + timedelta(days=7) < day(vacancy["closes_on"]) < starts_on
                assert (
                    wages.floor_idr(starts_on, employer["sector"]) < vacancy["wage_min_idr"] < vacancy["wage_max_idr"]
                )

    def test_each_have_a_shortlist_of_different_people(self):
        everyone = [as_person(person) for person in answers()["persons"]]
        for vacancy in offers():
            found = scores(vacancy, everyone)

            assert len(found) >= max(5, vacancy["positions"]), vacancy["title"]
            assert found[0] >= 0.8, vacancy["title"]
            assert len({*found[:50]}) >= 3, vacancy["title"]
