"""What a release is refused for, and reading releases."""

import pytest

from services.registry.database import database
from tests.registry.enrolments import enrol_each, enrol_many, work_on
from tests.registry.test_release import CARRIED, release


class TestARelease:
    def test_takes_1600_enrolments_and_not_one_more(self, officer):
        ids = [f"e-{n}" for n in range(1601)]

        whole, more = release(officer, "attending", ids[:1600]), release(officer, "attending", ids)

        assert (whole.status_code, whole.json["total"]) == (202, 1600)
        assert (more.status_code, set(more.json["errors"])) == (422, {"/enrolments"})

    def test_of_batches_with_more_than_1600_is_refused(self, officer):
        enrol_many(1601)
        all_batches = [row["_id"] for row in database.reader().db.batches.find()]

        answer = release(officer, "attending", batch_ids=all_batches)

        assert (answer.status_code, answer.json["type"]) == (422, "release-too-large")
        assert database.reader().db.jobs.count_documents({}) == 0

    def test_of_batches_with_nobody_to_move_is_refused(self, officer, lpk):
        _, in_batch = enrol_each(officer, lpk, "completed")

        answer = release(officer, "accepted", batch_ids=[in_batch])

        assert (answer.status_code, answer.json["type"]) == (422, "release-empty")

    def test_of_a_batch_that_is_not_there_is_not_possible(self, officer, lpk):
        _, in_batch = enrol_each(officer, lpk, "applied")

        answer = release(officer, "accepted", batch_ids=[in_batch, "nothing"])

        assert (answer.status_code, answer.json["type"]) == (404, "batch-unknown")

    @pytest.mark.parametrize(
        ("asked", "fields"),
        [({"to": "attending"}, {"/enrolments"}), ({"enrolments": [], "to": "attending"}, {"/enrolments"}),
         ({"enrolments": ["e"], "batch_ids": ["b"], "to": "attending"}, {"/enrolments"}),
         ({"enrolments": ["e"], "to": "applied"}, {"/to"}), ({"enrolments": ["e"]}, {"/to"}),
         ({"enrolments": [""], "to": "attending"}, {"/enrolments/0"})],
    )  # fmt: skip
    def test_names_what_is_wrong(self, officer, asked, fields):
        answer = officer.post("/v1/releases", json=asked)

        assert (answer.status_code, set(answer.json["errors"])) == (422, fields)

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive"])
    def test_is_for_officers_only(self, client, role):
        for method, path in (("post", ""), ("get", ""), ("get", "/x"), ("post", "/x/undo")):
            assert getattr(client("registry", role, own="x"), method)(f"/v1/releases{path}").status_code == 403
            assert getattr(client("registry", None), method)(f"/v1/releases{path}").status_code == 401


class TestReadingReleases:
    def test_goes_page_by_page_without_what_each_left(self, officer):
        made = [release(officer, "attending", [f"e-{n}"]).json for n in range(3)]
        work_on(CARRIED)

        first = officer.get("/v1/releases?limit=2")
        second = officer.get(first.headers["Link"].partition(">")[0].removeprefix("<"))

        assert [each["id"] for each in first.json + second.json] == [each["id"] for each in made[::-1]]
        assert [(each["refused"], "left" in each) for each in first.json] == [(1, False)] * 2

    def test_of_one_that_is_not_there_is_not_possible(self, officer):
        assert officer.get("/v1/releases/nothing").json["type"] == "release-unknown"
