"""Releasing: an officer moves many enrolments on in one act."""

import time
from collections import Counter

import pytest

from services.common import relay, work
from services.registry.database import database
from services.registry.told import TELLING
from services.registry.work import JOBS
from tests.registry.enrolments import batch, enrol, enrol_each, enrol_many, person, work_on
from tests.registry.test_register_worker import marked

CARRIED = "release.carried"


class Killed(BaseException):
    """The process ends here."""


def release(http, to, enrolments=(), batch_ids=(), **options):
    asked = {"enrolments": list(enrolments)} if enrolments else {"batch_ids": list(batch_ids)}
    return http.post("/v1/releases", json=asked | {"to": to}, **options)


def states():
    return Counter(row["state"] for row in database.reader().db.enrolments.find())


def availabilities():
    return Counter((row["availability"], row["available_from"]) for row in database.reader().db.workers.find())


def tell():
    """Let the relay tell all that waits, with a list in the broker's place; return the workers that were told of."""
    messages = []

    def publish(name, event_id, payload, headers=None, *, to=None):
        messages.append((name, payload))

    while relay.publish_states(publish, database, TELLING):
        pass
    return [state for name, payload in messages if name == "registry.worker" for state in payload]


class TestReleasing:
    def test_answers_at_once_with_its_job(self, officer):
        answer = release(officer, "attending", enrol_many(3))

        assert answer.status_code == 202
        said = answer.json
        assert (said["to"], said["total"], said["moved"], said["left"]) == ("attending", 3, 0, [])
        job = officer.get(answer.headers["Location"]).json
        assert (job["id"], job["subject"], job["kind"]) == (answer.json["job"], answer.json["id"], CARRIED)
        assert (job["state"], job["total"], job["percent"]) == ("queued", 3, 0)
        assert states() == {"accepted": 3}

    def test_moves_1600_enrolments_with_all_that_follows_in_under_10_seconds(self, officer):
        asked = enrol_many(1600)
        began = time.monotonic()

        answer = release(officer, "attending", asked)
        work_on(CARRIED)
        told = tell()

        assert time.monotonic() - began < 10
        assert states() == {"attending": 1600}
        assert availabilities() == {("in_training", "2099-05-01"): 1600}
        assert Counter(each["availability"] for each in told) == {"in_training": 1600}
        shown = officer.get(f"/v1/releases/{answer.json['id']}").json
        assert (shown["total"], shown["moved"], shown["refused"], shown["left"]) == (1600, 1600, 0, [])
        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"], job["percent"]) == ("done", 1600, 0, 100)

    def test_moves_those_that_may_and_keeps_why_the_others_did_not(self, officer, lpk):
        made, _ = enrol_each(officer, lpk, "applied", "accepted", "attending", "completed")

        answer = release(officer, "attending", [*made.values(), "nothing"])
        work_on(CARRIED)

        shown = officer.get(f"/v1/releases/{answer.json['id']}", headers={"Accept-Language": "en"}).json
        assert (shown["moved"], shown["refused"]) == (1, 4)
        assert [(each["enrolment"], each["code"]) for each in shown["left"]] == [
            (made["applied"], "move_not_possible"),
            (made["attending"], "already_there"),
            (made["completed"], "move_not_possible"),
            ("nothing", "enrolment_unknown"),
        ]
        assert shown["left"][1]["reason"] == "The enrolment was in this state already."
        assert officer.get(f"/v1/enrolments/{made['accepted']}").json["state"] == "attending"
        assert states() == {"applied": 1, "attending": 2, "completed": 1}
        job = officer.get(answer.headers["Location"]).json
        assert (job["state"], job["done"], job["failed"]) == ("done", 1, 4)

    def test_says_why_in_indonesian(self, officer, lpk):
        made, _ = enrol_each(officer, lpk, "attending")

        path = f"/v1/releases/{release(officer, 'attending', made.values()).json['id']}"
        work_on(CARRIED)

        reasons = [each["reason"] for each in officer.get(path, headers={"Accept-Language": "id"}).json["left"]]
        assert reasons == ["Kepesertaan ini sudah berstatus demikian."]

    def test_tells_the_other_services_of_those_alone_that_moved(self, officer, lpk):
        made, _ = enrol_each(officer, lpk, "accepted", "completed")
        database.reader().db.changes.delete_many({})

        release(officer, "attending", made.values())
        work_on(CARRIED)

        assert marked() == [officer.get(f"/v1/enrolments/{made['accepted']}").json["worker_id"]]

    def test_of_batches_moves_all_in_them_that_have_not_ended(self, officer, lpk):
        made, in_batch = enrol_each(officer, lpk, "applied", "accepted", "completed", "withdrawn")
        other = batch(officer, lpk, name="Angkatan II/2099")
        beside = enrol(officer, person(officer, name="Contoh beside"), other, state="accepted").json["id"]

        answer = release(officer, "accepted", batch_ids=[in_batch, other])
        work_on(CARRIED)

        assert answer.json["total"] == 3
        left = officer.get(f"/v1/releases/{answer.json['id']}").json["left"]
        assert {each["enrolment"] for each in left} == {made["accepted"], beside}
        assert states() == {"accepted": 3, "completed": 1, "withdrawn": 1}

    def test_counts_an_enrolment_once_that_is_named_twice(self, officer):
        (one,) = enrol_many(1)

        assert release(officer, "attending", [one, one]).json["total"] == 1

    def test_shows_how_far_it_is(self, officer):
        answer = release(officer, "attending", enrol_many(250))
        seen = []

        def look(tx, job):
            shown = officer.get(f"/v1/releases/{answer.json['id']}").json
            seen.append((shown["moved"], officer.get(answer.headers["Location"]).json["percent"]))
            return JOBS[CARRIED](tx, job)

        work_on(CARRIED, {CARRIED: look})

        assert seen == [(0, 0), (100, 40), (200, 80), (250, 100)]

    def test_that_is_killed_in_the_midst_goes_on_where_it_was(self, officer):
        answer = release(officer, "attending", enrol_many(250))
        steps = []

        def crash(tx, job):
            steps.append(JOBS[CARRIED](tx, job))
            if len(steps) == 2:
                raise Killed
            return steps[-1]

        with pytest.raises(Killed):
            work_on(CARRIED, {CARRIED: crash})
        assert states() == {"attending": 100, "accepted": 150}

        work_on(CARRIED)
        assert states() == {"attending": 250}
        shown = officer.get(f"/v1/releases/{answer.json['id']}").json
        assert (shown["moved"], shown["refused"]) == (250, 0)

    def test_whose_message_comes_again_changes_nothing(self, officer):
        answer = release(officer, "attending", enrol_many(150))
        work_on(CARRIED)
        before = [list(database.reader().db[name].find()) for name in ("enrolments", "workers", "releases", "jobs")]

        work_on(CARRIED)
        job = work.get(database.reader(), answer.json["job"])
        chunk = database.transact(JOBS[CARRIED], job)

        assert (chunk.done, chunk.failed, chunk.end) == (0, 0, True)
        after = [list(database.reader().db[name].find()) for name in ("enrolments", "workers", "releases", "jobs")]
        assert (after[0], after[1], after[3]) == (before[0], before[1], before[3])
        assert [row["moved"] for row in after[2]] == [row["moved"] for row in before[2]] == [150]

    def test_leaves_an_enrolment_alone_that_somebody_else_moved_meanwhile(self, officer, lpk):
        made, _ = enrol_each(officer, lpk, "accepted")
        answer = release(officer, "attending", made.values())
        officer.post(f"/v1/enrolments/{made['accepted']}/state", json={"state": "withdrawn"})

        work_on(CARRIED)

        left = officer.get(f"/v1/releases/{answer.json['id']}").json["left"]
        assert [each["code"] for each in left] == ["move_not_possible"]
        assert states() == {"withdrawn": 1}

    def test_again_under_its_key_gives_the_same_job(self, officer):
        asked = enrol_many(2)
        first, second = (release(officer, "attending", asked, headers={"Idempotency-Key": "k-1"}) for _ in range(2))

        assert (second.status_code, second.headers["Location"]) == (202, first.headers["Location"])
        assert second.json == first.json
        assert database.reader().db.jobs.count_documents({}) == 1
