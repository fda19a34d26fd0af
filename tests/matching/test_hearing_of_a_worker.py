"""Matching hears how a worker stands."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services import events
from services.common import mongo
from services.common.bus import Wrong
from services.matching.database import database
from services.matching.engine.parties import Wishes
from services.matching.profile import store as profiles
from services.matching.skill import store
from tests.matching.heard import a_certificate, a_training, a_worker, await_pool, gone, hear, tell


@pytest.fixture
def profile(client):
    officer = client("matching", "officer")
    return lambda name="w-1": officer.get(f"/v1/profiles/{name}")


def skills(answer):
    return {held["skill"]: held["level"] for held in answer.json["skills"]}


class TestHearingOfAWorker:
    def test_keeps_what_can_be_compared_and_nothing_else(self, profile):
        hear(a_worker(version=4, skills={"welding": 3}, certificates=[a_certificate("safety", 2)], new_field="new"))

        answer = profile()

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"4"')
        assert answer.json == {
            "id": "w-1",
            "version": 4,
            "district": "63.11.06",
            "village": None,
            "education": "SMA",
            "availability": "available",
            "available_from": None,
            "skills": [
                {"skill": "safety", "level": 2, "evidence": "certified"},
                {"skill": "welding", "level": 3, "evidence": "claimed"},
            ],
            "certificates": [{"skill": "safety", "valid_from": "2024-01-01", "valid_until": "2027-01-01"}],
        }

    def test_takes_the_highest_level_that_is_claimed_or_certified_however_old(self, profile):
        run_out = a_certificate("welding", 4, "2010-01-01", "2013-01-01")
        lower = a_certificate("sewing", 1)
        without_end = a_certificate("cooking", 5, valid_until=None)
        hear(a_worker(skills={"welding": 2, "sewing": 3}, certificates=[run_out, lower, without_end]))

        assert skills(profile()) == {"welding": 4, "sewing": 3, "cooking": 5}

    def test_grades_each_skill_as_it_is_proven_today(self, profile):
        held = [a_certificate("new", 4, "2999-01-01", None), a_certificate("old", 4, "2010-01-01", "2013-01-01")]
        _, worker = a_worker(
            skills={"new": 2, "said": 3}, certificates=[*held, a_certificate("now", 1, valid_until=None)]
        )
        taught = [a_training("taught", 3), {"skill": "taught", "level": 1}]

        hear((events.Worker, worker | {"skills": worker["skills"] + taught}))

        assert {each["skill"]: (each["level"], each["evidence"]) for each in profile().json["skills"]} == {
            "new": (2, "claimed"),
            "said": (3, "claimed"),
            "taught": (3, "trained"),
            "old": (4, "trained"),
            "now": (1, "certified"),
        }

    def test_takes_what_was_told_before_there_were_wishes(self, profile):
        kind, worker = a_worker(skills={"welding": 3})
        bare = {name: worker[name] for name in worker if name not in {"visibility", "hidden_from", "wishes", "village"}}

        hear((kind, bare | {"skills": [{"skill": "welding", "level": 3}]}))

        assert profile().json["skills"] == [{"skill": "welding", "level": 3, "evidence": "claimed"}]

    @pytest.mark.parametrize(
        "wishes", [None, {}, {"kinds": ["job"], "min_wage_idr": 3_000_000, "districts": ["63.11.01"]}]
    )
    def test_keeps_wishes_and_who_may_not_see_it(self, wishes):
        hear(a_worker(wishes=wishes, visibility="hidden", hidden_from=["e-2", "e-1"]))

        person = profiles.get(database.reader(), "w-1").person

        assert (person.is_visible, person.hidden_from) == (False, {"e-1", "e-2"})
        said = wishes or {}
        assert person.wishes == Wishes(
            kinds=frozenset(said.get("kinds", ())),
            min_wage_idr=said.get("min_wage_idr"),
            districts=frozenset(said.get("districts", ())),
        )

    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 3, 1, 2)])
    def test_keeps_the_newest_in_whatever_order_and_number(self, profile, order):
        for version in order:
            hear(a_worker(version=version, skills={f"skill-{version}": 1}))

        assert skills(profile()) == {"skill-3": 1}

    def test_keeps_the_newest_with_several_consumers_at_once(self, profile):
        with ThreadPoolExecutor(4) as pool:
            for n in range(50):
                list(pool.map(lambda v, n=n: tell(a_worker(f"w-{n}", v, skills={f"skill-{v}": 1})), (1, 2, 3, 4)))

        assert [skills(profile(f"w-{n}")) for n in range(50)] == [{"skill-4": 1}] * 50
        packed = database.reader().db.packed.find({"gone": False})
        assert {(row["version"], len(row["row"])) for row in packed} == {(4, 28)}

    def test_numbers_each_skill_once_with_several_consumers_at_once(self):
        names = [f"never-heard-{mongo.new_id()}" for _ in range(12)]
        with ThreadPoolExecutor(6) as pool:
            each = [a_worker(f"w-{n}", skills=dict.fromkeys(names[n % 5 :], 1)) for n in range(24)]
            list(pool.map(tell, each))
        await_pool()

        numbers = store.numbers(database.reader())
        assert len({numbers[name] for name in names}) == 12

    def test_takes_many_at_once(self, profile):
        hear(*(a_worker(f"w-{n}") for n in range(200)))

        assert {profile(f"w-{n}").status_code for n in range(200)} == {200}

    def test_that_is_gone_forgets_it_and_does_not_bring_it_back_late(self, profile):
        hear(a_worker(version=1), gone(events.Worker, "w-2", 7))
        hear(gone(events.Worker, "w-1", 3))
        hear(a_worker(version=2), a_worker("w-2", 6))

        assert (profile().status_code, profile("w-2").status_code) == (404, 404)
        assert profile().json["type"] == "profile-unknown"

    def test_takes_the_right_ones_and_names_the_wrong_one(self, profile):
        incomplete = (events.Worker, {"id": "w-2", "version": 1})

        with pytest.raises(Wrong, match="w-2") as wrong:
            hear(a_worker("w-1"), incomplete, a_worker("w-3"))

        assert wrong.value.payload == [incomplete[1]]
        assert [profile(name).status_code for name in ("w-1", "w-2", "w-3")] == [200, 404, 200]

    @pytest.mark.parametrize(
        "strange", [{"district": "99.99.99"}, {"education": "Ph.D."}, {"wishes": {"districts": ["99.99.99"]}}]
    )
    def test_does_not_take_one_that_no_vacancy_can_be_compared_with_and_names_it(self, profile, strange):
        with pytest.raises(Wrong, match="w-2"):
            hear(a_worker("w-1"), a_worker("w-2", **strange), a_worker("w-3"))

        assert [profile(name).status_code for name in ("w-1", "w-2", "w-3")] == [200, 404, 200]


class TestAProfile:
    def test_is_shown_to_the_worker_and_to_no_other(self, client):
        hear(a_worker())

        asking = [("worker", "w-1"), ("worker", "w-2"), ("employer", "e-1")]
        seen = [client("matching", role, own=own).get("/v1/profiles/w-1").status_code for role, own in asking]

        assert seen == [200, 404, 403]
