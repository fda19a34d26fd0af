"""What holds of enrolments, whoever asks: overlap, cover, and what follows for the worker."""

from datetime import UTC, date, datetime

import pytest

from services.registry.enrolment import model
from services.registry.enrolment.model import Enrolment, Policy

TODAY = date(2026, 7, 15)


def day(said):
    return date.fromisoformat(f"2026-{said}") if said else None


def enrolment(starts_on="07-01", ends_on="07-31", state="attending", policy=None):
    names = ("id", "worker_id", "batch_id", "institution_id", "programme_id")
    days = {"starts_on": day(starts_on), "ends_on": day(ends_on)}
    if policy is not None:
        policy = Policy(provider=None, number=None, starts_on=day(policy[0]), ends_on=day(policy[1]))
    more = {"certificate_id": None, "intake_id": None, "created_at": datetime(2026, 6, 1, tzinfo=UTC)}
    return Enrolment(**dict.fromkeys(names, "x"), **days, **more, version=1, state=state, policy=policy)


class TestTwoEnrolments:
    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "overlap"),
        [("06-01", "06-30", False), ("06-01", "07-01", True), ("07-31", "08-31", True), ("08-01", "08-31", False),
         ("07-10", "07-11", True), ("06-01", "08-31", True), ("07-31", None, True), ("08-01", None, False),
         (None, "07-01", True), (None, "06-30", False), (None, None, False)],
    )  # fmt: skip
    def test_overlap_where_one_day_is_in_both(self, starts_on, ends_on, overlap):
        one, other = enrolment(), enrolment(starts_on, ends_on)

        assert (one.overlaps(other), other.overlaps(one)) == (overlap, overlap)

    @pytest.mark.parametrize("state", ["applied", "accepted", "attending", "completed", "failed"])
    def test_overlap_in_every_state_but_withdrawn(self, state):
        assert enrolment().overlaps(enrolment(state=state))
        assert not enrolment().overlaps(enrolment(state="withdrawn"))
        assert not enrolment(state="withdrawn").overlaps(enrolment(state=state))


class TestTheDaysWithoutAPolicy:
    @pytest.mark.parametrize(
        ("policy", "uncovered"),
        [(("07-01", "07-31"), []), (("06-01", "08-31"), []),
         (("07-02", "07-31"), [("07-01", "07-01")]), (("07-01", "07-20"), [("07-21", "07-31")]),
         (("07-10", "07-20"), [("07-01", "07-09"), ("07-21", "07-31")]),
         (("05-01", "06-30"), [("07-01", "07-31")]), (("08-01", "08-31"), [("07-01", "07-31")]),
         (("07-01", None), [("07-01", "07-31")]), ((None, "07-31"), [("07-01", "07-31")]),
         (None, [("07-01", "07-31")])],
    )  # fmt: skip
    def test_are_those_before_and_after_it(self, policy, uncovered):
        assert enrolment(policy=policy).uncovered() == [(day(first), day(last)) for first, last in uncovered]

    def test_are_none_where_no_day_is_known(self):
        assert enrolment(None, None).uncovered() == []


class TestAvailability:
    def test_is_given_without_enrolments(self):
        assert model.availability([], TODAY) == ("available", None)

    @pytest.mark.parametrize("state", ["applied", "accepted", "completed", "failed", "withdrawn"])
    def test_is_given_unless_a_training_is_attended(self, state):
        assert model.availability([enrolment(state=state)], TODAY) == ("available", None)

    @pytest.mark.parametrize(
        ("ends_on", "said"),
        [("07-31", ("in_training", "08-01")), ("07-15", ("in_training", "07-16")), ("07-14", ("available", None)),
         (None, ("in_training", None))],
    )  # fmt: skip
    def test_begins_on_the_day_after_the_last_of_a_training(self, ends_on, said):
        assert model.availability([enrolment(ends_on=ends_on)], TODAY) == (said[0], day(said[1]))

    def test_begins_after_the_last_training_of_several(self):
        several = [enrolment(), enrolment("08-01", "08-31"), enrolment("05-01", "06-30"), enrolment(state="failed")]

        assert model.availability(several, TODAY) == ("in_training", day("09-01"))
        assert model.availability([*several, enrolment("09-01", None)], TODAY) == ("in_training", None)

    @pytest.mark.parametrize("said", ["employed", "interning", "inactive"])
    def test_of_who_is_otherwise_engaged_follows_from_that(self, said):
        assert model.following([enrolment()], TODAY, (said, None)) == (said, None)

    def test_of_who_was_free_keeps_the_day_that_they_said(self):
        present = ("available", day("08-15"))

        assert model.following([enrolment(state="accepted")], TODAY, present) == present
        assert model.following([enrolment()], TODAY, present) == ("in_training", day("08-01"))
        assert model.following([], TODAY, ("in_training", day("08-01"))) == ("available", None)
