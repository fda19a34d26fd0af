"""Whoever does not have everything reads what would lift them most, and which training they may join for it."""

from datetime import date

import pytest

from services import events
from services.matching.engine.score import GRADES
from services.reference import clock
from services.reference.evidence import Grade
from tests.matching.heard import (
    BANJARMASIN,
    JUAI,
    a_batch,
    a_certificate,
    a_need,
    a_programme,
    a_skill,
    a_training,
    a_vacancy,
    a_worker,
    gone,
    hear,
)

CLAIMED, TRAINED = GRADES[Grade.CLAIMED], GRADES[Grade.TRAINED]  # hundredths
TODAY = date(2026, 11, 1)
WELDER = a_vacancy(a_need("welding", 4), closes_on="2999-12-31")  # 24,000 units
RAN_OUT = a_certificate("welding", 4, "2020-01-01", "2023-01-01")


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def lift(client):
    officer = client("matching", "officer")

    def ask(language="en", path="/v1/vacancies/v-1/candidates"):
        return officer.get(path, headers={"Accept-Language": language}).json["items"][0]["lift"]

    return ask


def joined(lift):
    return [each["batch"] for each in lift["trainings"]]


class TestALift:
    @pytest.mark.parametrize(
        ("worker", "units", "sentence"),
        [
            (a_worker(), 240 * TRAINED, "with a training in Welding up to level 4"),
            (
                a_worker(skills={"welding": 2}),
                240 * TRAINED - 120 * CLAIMED,
                "with a training in Welding up to level 4",
            ),
            (a_worker(skills={"welding": 4}), 240 * (100 - CLAIMED), "with a certificate for Welding"),
            (a_worker(certificates=[RAN_OUT]), 240 * (100 - TRAINED), "if the certificate for Welding is renewed"),
        ],
        ids=["nothing", "too-low", "claimed", "ran-out"],
    )
    def test_is_what_is_missing_with_what_it_gives(self, lift, worker, units, sentence):
        hear(a_skill("welding", "Las", "Welding"), WELDER, worker)

        found = lift()

        assert (found["skill"], found["label"], found["level"]) == ("welding", "Welding", 4)
        assert found["gain"] == units / 30_000
        assert found["sentence"] == f"{units / 300:.0f} points more {sentence}."

    def test_is_a_certificate_for_who_was_trained(self, lift):
        kind, worker = a_worker()
        hear(WELDER, (kind, worker | {"skills": [a_training("welding", 4)]}))

        assert lift()["gain"] == 240 * (100 - TRAINED) / 30_000
        assert "certificate" in lift()["sentence"]

    def test_gives_exactly_so_much_once_it_came_about(self, client, lift):
        officer = client("matching", "officer")
        kind, worker = a_worker(skills={"welding": 1})
        hear(WELDER, (kind, worker))
        before, gain = officer.get("/v1/vacancies/v-1/candidates").json["items"][0]["score"], lift()["gain"]

        hear((kind, worker | {"version": 2, "skills": [*worker["skills"], a_training("welding", 4)]}))

        assert officer.get("/v1/vacancies/v-1/candidates").json["items"][0]["score"] == pytest.approx(before + gain)

    @pytest.mark.parametrize(
        "worker",
        [
            a_worker(certificates=[a_certificate("welding", 4)]),
            a_worker(certificates=[a_certificate("smaw", 5)]),
        ],
        ids=["itself", "a kind of it"],
    )
    def test_is_none_where_nothing_is_missing(self, lift, worker):
        hear(a_skill("smaw", "SMAW", "SMAW", broader="welding"), WELDER, worker)

        assert lift() is None

    def test_is_none_where_no_skill_is_asked_for(self, lift):
        hear(a_vacancy(), a_worker())

        assert lift() is None

    def test_is_the_one_that_gives_most(self, lift):
        hear(a_vacancy(a_need("small", 3, 20), a_need("big", 3, 50), a_need("middle", 3, 30)), a_worker())

        assert lift()["skill"] == "big"

    def test_is_said_in_indonesian_too_and_alike_to_the_person(self, lift):
        hear(a_skill("welding", "Las", "Welding"), WELDER, a_worker(skills={"welding": 4}))

        points = f"{(100 - CLAIMED) * 0.8:.0f}"
        assert lift("id")["sentence"] == f"Bertambah {points} poin dengan sertifikat Las."
        assert lift(path="/v1/workers/w-1/vacancies") == lift()


class TestATrainingToJoin:
    def test_is_told_with_where_and_when_it_is(self, lift):
        hear(WELDER, a_worker(), a_programme(welding=4, safety=2), a_batch(institution_name="LPK Las"))

        assert lift()["trainings"] == [
            {
                "batch": "b-1",
                "programme": "Programme p-1",
                "institution": "LPK Las",
                "district": "63.11.06",
                "starts_on": "2999-02-01",
                "places_left": 5,
            }
        ]

    def test_teaches_the_skill_up_to_the_level(self, lift):
        batches = [a_batch(f"b-{n}", programme_id=f"p-{n}") for n in range(1, 4)]
        hear(WELDER, a_worker(), a_programme("p-1", welding=3), a_programme("p-2", welding=5), *batches)
        hear(a_programme("p-3", sewing=5))

        assert joined(lift()) == ["b-2"]

    def test_can_still_be_joined(self, lift):
        batches = {
            "today": a_batch("today", starts_on=TODAY.isoformat()),
            "begun": a_batch("begun", starts_on="2026-10-31"),
            "full": a_batch("full", open=False, places_left=0),
            "endless": a_batch("endless", starts_on="2026-11-02", ends_on=None, places_left=None),
            "some-day": a_batch("some-day", starts_on=None, ends_on=None),
            "gone": a_batch("gone"),
        }
        hear(WELDER, a_worker(), a_programme(welding=4), *batches.values())
        hear(gone(events.Batch, "gone", 2))

        assert joined(lift()) == ["today", "endless"]

    def test_is_the_nearest_and_then_the_next_to_begin_and_of_many_three(self, lift):
        batches = [
            a_batch("far", district=BANJARMASIN, starts_on="2026-11-02"),
            a_batch("unknown", district=None, starts_on="2026-11-02"),
            a_batch("near-later", district=JUAI, starts_on="2026-12-02"),
            a_batch("near-soon", district=JUAI, starts_on="2026-11-02"),
        ]
        hear(WELDER, a_worker(district=JUAI), a_programme(welding=4), *batches)
        assert joined(lift()) == ["near-soon", "near-later", "far"]

        hear(a_batch("near-soon", 2, open=False), a_batch("far", 2, open=False))
        assert joined(lift()) == ["near-later", "unknown"]

    def test_of_a_programme_that_is_gone_or_teaches_something_else_now_is_not_told(self, lift):
        hear(WELDER, a_worker(), a_programme("p-1", welding=4), a_programme("p-2", welding=4))
        hear(a_batch("b-1"), a_batch("b-2", programme_id="p-2"))

        hear(gone(events.Programme, "p-1", 2), a_programme("p-2", 2, sewing=4))

        assert lift()["trainings"] == []

    def test_is_none_for_who_needs_a_certificate(self, lift):
        hear(WELDER, a_worker(skills={"welding": 4}), a_programme(welding=5), a_batch())

        assert lift()["trainings"] == []

    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1)])
    def test_is_as_it_was_told_last_in_whatever_order(self, lift, order):
        hear(WELDER, a_worker(), a_programme(welding=4))
        for version in order:
            hear(a_batch(version=version, places_left=version))

        assert lift()["trainings"][0]["places_left"] == 3
