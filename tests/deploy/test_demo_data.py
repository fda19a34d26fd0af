"""The demo regency: invented, sound, and with somebody for every vacancy."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from deploy.demo import people, training, vacancies
from services.matching.engine.parties import Person, Proof, Requirement, SkillNeed
from services.matching.engine.score import rank
from services.reference import education, evidence, regions, wages

TODAY = date(2026, 11, 24)
DAYS = [TODAY, date(2025, 3, 1), date(2028, 2, 29)]


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the demo's data needs none."""


@cache
def workers(today=TODAY):
    return [worker for _, trained in people.by_institution(today) for worker in trained]


@cache
def offers(today=TODAY):
    return [offer for _, offered in vacancies.by_employer(today) for offer in offered]


@cache
def skills():
    repository = Path(__file__).parents[2]
    with (repository / "services/registry/skill/taxonomy.csv").open(encoding="utf-8") as file:
        return [row["id"] for row in csv.DictReader(file)]


def day(text):
    return date.fromisoformat(text) if text else None


def as_person(worker):
    proofs = [
        Proof(skill=row["skill"], valid_from=day(row["issued_on"]), valid_until=day(row["valid_until"]))
        for row in worker["certificates"]
    ]
    return Person(
        id=worker["nik"],
        district=regions.village(worker["village"]).district,
        education=worker["education"],
        availability=worker["availability"],
        available_from=day(worker["available_from"]),
        skills={row["skill"]: row["level"] for row in worker["skills"]},
        certificates=tuple(proofs),
    )


def as_requirement(vacancy):
    return Requirement(
        skills=tuple(SkillNeed(**row) for row in vacancy["skills"]),
        certificates=tuple(vacancy["certificates"]),
        education=vacancy["education"],
        district=regions.village(vacancy["village"]).district,
        starts_on=day(vacancy["starts_on"]),
    )


class TestThePeopleOfTheDemo:
    def test_are_1600_and_each_is_somebody(self):
        for field in ("nik", "phone", "email"):
            assert len({worker[field] for worker in workers()}) == 1600

    def test_have_exactly_the_fields_of_a_worker_in_plain_json(self):
        fields = {
            "name", "nik", "birth_date", "sex", "village", "address", "phone", "email", "education", "availability",
            "available_from", "skills", "certificates",
        }  # fmt: skip

        assert {frozenset(worker) for worker in workers()} == {frozenset(fields)}
        assert json.loads(json.dumps(workers())) == workers()

    def test_have_a_nik_that_agrees_with_them_and_can_be_nobodys(self):
        for worker in workers():
            birth = day(worker["birth_date"])
            born = f"{birth.day + 40 * (worker['sex'] == 'P'):02d}{birth:%m%y}"
            district, told, serial = re.fullmatch(r"6311(\d\d)(\d{6})(\d{4})", worker["nik"]).groups()

            assert regions.district(f"63.11.{district}")
            assert told == born
            assert int(serial) > 9000

    def test_can_be_reached_by_nobody(self):
        for worker in workers():
            assert re.fullmatch(r"\+628\d\d0000\d{4}", worker["phone"])
            assert worker["email"].endswith("@example.com")

    def test_are_of_age_and_live_in_balangan(self):
        for worker in workers():
            assert 18 <= (TODAY - day(worker["birth_date"])).days / 365.25 < 65
            assert regions.village(worker["village"]).code.startswith("63.11.")
            assert education.level(worker["education"])

    def test_have_one_to_five_known_skills_at_levels_one_to_five(self):
        for worker in workers():
            held = [row["skill"] for row in worker["skills"]]

            assert 1 <= len(held) == len(set(held)) <= 5
            assert set(held) <= set(skills())
            assert {row["level"] for row in worker["skills"]} <= set(range(1, 6))

    def test_are_mostly_free_and_known_to_be_free_later_only_in_training_or_internship(self):
        counts = Counter(worker["availability"] for worker in workers())

        assert counts["available"] > 1200
        assert set(counts) == {"available", "in_training", "interning", "employed", "inactive"}
        for worker in workers():
            later = worker["availability"] in {"in_training", "interning"}
            assert (worker["available_from"] is not None) is later
            assert not later or day(worker["available_from"]) > TODAY

    def test_stay_who_they_are_on_another_day(self):
        who = [[worker[field] for field in ("name", "nik", "birth_date", "village", "skills")] for worker in workers()]

        assert who == [
            [worker[field] for field in ("name", "nik", "birth_date", "village", "skills")]
            for worker in workers(DAYS[1])
        ]
        assert workers() == [worker for _, trained in people.by_institution(TODAY) for worker in trained]


class TestTheCertificatesOfTheDemo:
    def test_are_held_by_78_in_a_hundred_and_by_nobody_in_training(self):
        assert sum(bool(worker["certificates"]) for worker in workers()) / 1600 == pytest.approx(0.78, abs=0.03)
        assert not any(worker["certificates"] for worker in workers() if worker["availability"] == "in_training")

    def test_prove_a_skill_that_is_held_at_that_level(self):
        for worker in workers():
            for row in worker["certificates"]:
                assert {"skill": row["skill"], "level": row["level"]} in worker["skills"]

    def test_come_from_the_institution_that_trained(self):
        for institution, trained in people.by_institution(TODAY):
            issuers = {row["issuer"] for worker in trained for row in worker["certificates"]}
            assert issuers == {institution["name"]}

    @pytest.mark.parametrize("today", DAYS)
    def test_mostly_hold_while_some_ran_out_and_some_never_do(self, today):
        rows = [row for worker in workers(today) for row in worker["certificates"]]
        spans = [(day(row["issued_on"]), day(row["valid_until"])) for row in rows]
        valid = sum(evidence.holds(first, last, today) for first, last in spans)

        assert len({row["number"] for row in rows}) == len(rows)
        assert all(first < today and (last is None or first < last) for first, last in spans)
        assert 0.85 < valid / len(rows) < 0.97
        assert sum(last is None for _, last in spans) / len(rows) == pytest.approx(0.05, abs=0.02)


class TestTheTrainingOfTheDemo:
    def test_comes_in_25_programmes_of_known_skills(self):
        programmes = training.programmes()

        assert len({programme["name"] for programme in programmes}) == 25
        assert all(set(programme) == {"name", "hours", "skills"} for programme in programmes)
        assert {row["skill"] for programme in programmes for row in programme["skills"]} <= set(skills())

    def test_is_given_by_43_institutions_in_the_villages_of_balangan(self):
        institutions = [institution for institution, _ in people.by_institution(TODAY)]

        assert len({institution["name"] for institution in institutions}) == 43
        assert all(set(institution) == {"name", "kind", "village"} for institution in institutions)
        assert {institution["kind"] for institution in institutions} == {"LPK", "LKP", "BLK"}
        assert all(regions.village(institution["village"]).code.startswith("63.11") for institution in institutions)

    def test_of_each_programme_is_given_by_three_institutions_or_four(self):
        counts = Counter(programme["name"] for turn in range(43) for programme in training.taught_by(turn))

        assert len(counts) == 25
        assert set(counts.values()) == {3, 4}


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
            assert {*asked, *vacancy["certificates"]} <= set(skills())

    @pytest.mark.parametrize("today", DAYS)
    def test_are_open_for_a_week_at_least_and_pay_more_than_the_floor(self, today):
        for employer, offered in vacancies.by_employer(today):
            for vacancy in offered:
                starts_on = day(vacancy["starts_on"])
                assert today + timedelta(days=7) < day(vacancy["closes_on"]) < starts_on
                assert (
                    wages.floor_idr(starts_on, employer["sector"]) < vacancy["wage_min_idr"] < vacancy["wage_max_idr"]
                )

    @pytest.mark.parametrize("today", DAYS)
    def test_each_have_a_shortlist_of_different_people(self, today):
        everyone = [as_person(worker) for worker in workers(today)]
        for vacancy in offers(today):
            found = rank(as_requirement(vacancy), everyone, 50)

            assert len(found) >= max(5, vacancy["positions"]), vacancy["title"]
            assert found[0].score >= 0.85, vacancy["title"]
            assert len({one.score for one in found}) >= 3, vacancy["title"]
