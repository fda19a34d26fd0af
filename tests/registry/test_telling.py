"""What the registry tells the other services: how a worker and a skill stand, and nothing personal."""

import pytest

from services.common import relay
from services.registry.database import database
from services.registry.told import TELLING
from tests.registry.enrolments import batch
from tests.registry.intakes import take
from tests.registry.spreadsheets import person
from tests.registry.test_issue_certificate import WELDING
from tests.registry.test_register_institution import LPK
from tests.registry.test_register_worker import SITI

SEEDED = ("skills", "programmes")


@pytest.fixture
def siti(officer):
    return officer.post("/v1/workers", json=SITI).json["id"]


def told():
    """Let the relay take its turn, with a list in the broker's place; return the messages."""
    messages = []

    def publish(name, event_id, payload, headers=None, *, to=None):
        messages.append((name, payload, to))

    relay.publish_facts(publish, database)
    relay.publish_states(publish, database, TELLING)
    return messages


def states(name):
    return [state for told_name, payload, _ in told() if told_name == name for state in payload]


class TestWhatIsToldOfAWorker:
    def test_is_how_it_stands_for_others(self, officer, siti):
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)

        assert states("registry.worker") == [
            {
                "id": siti,
                "version": 2,
                "district": "63.11.06",
                "village": "63.11.06.1023",
                "education": "SMK",
                "availability": "available",
                "available_from": None,
                "skills": [{"skill": "smaw-welding", "level": 3}],
                "certificates": [
                    {"skill": "smaw-welding", "level": 3, "issued_on": "2026-01-05", "valid_until": "2029-01-04"}
                ],
                "visibility": "pseudonymous",
                "hidden_from": [],
                "wishes": None,
            }
        ]

    def test_is_the_newest_once_however_often_it_changed(self, officer, siti):
        for education in ("D3", "S1", "S2"):
            path, headers = f"/v1/workers/{siti}", {"If-Match": "*"}
            officer.patch(path, json={"education": education, "available_from": "2026-08-01"}, headers=headers)

        messages = told()

        assert [(name, len(payload), to) for name, payload, to in messages] == [("registry.worker", 1, None)]
        state = messages[0][1][0]
        assert (state["version"], state["education"], state["available_from"]) == (4, "S2", "2026-08-01")
        assert told() == []

    def test_leaves_out_the_certificates_that_were_revoked(self, officer, siti):
        kept = WELDING | {"number": "2", "skill": "english", "valid_until": None}
        revoked = officer.post(f"/v1/workers/{siti}/certificates", json=WELDING).headers["Location"]
        officer.post(f"/v1/workers/{siti}/certificates", json=kept)
        assert len(states("registry.worker")[0]["certificates"]) == 2

        officer.post(f"{revoked}/revocation")

        [state] = states("registry.worker")
        assert (state["version"], [held["skill"] for held in state["certificates"]]) == (4, ["english"])
        assert state["certificates"][0]["valid_until"] is None

    def test_comes_in_one_message_with_the_others_that_changed(self, officer):
        ids = {officer.post("/v1/workers", json=SITI | {"nik": None}).json["id"] for _ in range(3)}

        [(_, payload, _)] = told()

        assert {state["id"] for state in payload} == ids

    def test_says_only_that_it_is_gone_when_it_is(self, siti):
        database.reader().db.workers.delete_one({"_id": siti})

        assert states("registry.worker") == [{"id": siti, "version": 1, "gone": True}]


class TestWhatIsToldOfASkill:
    @pytest.fixture
    def told_of(self):
        def told_of(skill_id):
            mark = {"_id": {"name": "registry.skill", "id": skill_id}, "version": 1, "marked_at": 0}
            database.reader().db.changes.insert_one(mark)
            [state] = states("registry.skill")
            return state

        return told_of

    def test_is_its_label_in_both_languages_and_its_place_among_the_others(self, officer, told_of):
        there = officer.get("/v1/skills/coffee-brewing").json

        state = told_of("coffee-brewing")

        assert (state["label_id"], state["label_en"]) == ("Penyeduhan kopi", "Coffee brewing")
        places = ("group", "synonyms", "broader", "related", "retired")
        assert state.keys() == {"id", "version", "label_id", "label_en", *places}
        assert {name: state[name] for name in places} == {name: there[name] for name in places}
        assert state["synonyms"]

    def test_is_not_what_officers_said_that_texts_mean(self, told_of):
        said = {"_id": "tukang kopi", "text": "Tukang kopi", "skill": "coffee-brewing"}
        database.reader().db.skill_synonyms.insert_one(said)

        assert "Tukang kopi" not in told_of("coffee-brewing")["synonyms"]


class TestAllThatIsTold:
    def test_holds_nothing_personal(self, officer, siti):
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)
        officer.patch(f"/v1/workers/{siti}", json={"phone": "+6281200009999"}, headers={"If-Match": "*"})
        wishes = {"kinds": ["job"], "min_wage_idr": 1, "districts": []}
        officer.put(f"/v1/workers/{siti}/wishes", json=wishes, headers={"If-Match": "*"})
        will = {"visibility": "open", "hidden_from": []}
        officer.put(f"/v1/workers/{siti}/visibility", json=will, headers={"If-Match": "*"})
        institution = officer.post("/v1/institutions", json=LPK).json["id"]
        line = person(3, nik="631101", note="x")
        take(officer, institution, [person(2), line])

        messages = told()

        names = [name for name, _, _ in messages]
        facts = ["registry.certificate.issued", "registry.intake.finished"]
        assert sorted(names) == ["registry.batch", *facts, "registry.intake.taken", "registry.worker"]
        held = SITI.keys() & {"name", "nik", "birth_date", "address", "phone", "email"}
        fields = ("name", "nik", "birth", "address", "phone", "email", "cert_no", "policy_no")
        said = [SITI[name] for name in held] + [each[field] for each in (person(2), line) for field in fields]
        personal = [*said, "someone", "+6281200009999", "+6281200001002", "1992-03-03", WELDING["number"]]
        assert [each for each in personal if each in str(messages)] == []


class TestReplayingTheRegistry:
    @pytest.mark.parametrize(
        ("to", "heard"),
        [
            ("matching", ["registry.skill", "registry.worker", "registry.programme", "registry.batch"]),
            ("vacancies", ["registry.skill"]),
            ("gateway", []),
        ],
    )
    def test_tells_a_service_every_state_that_it_hears_and_no_fact(self, officer, siti, lpk, to, heard):
        batch(officer, lpk)
        officer.post(f"/v1/workers/{siti}/certificates", json=WELDING)
        messages = []
        there = {"registry.worker": 1, "registry.batch": 1}
        there |= {f"registry.{each[:-1]}": database.reader().db[each].count_documents({}) for each in SEEDED}

        told = relay.replay(lambda *said, **options: messages.append((said[0], options)), database, TELLING, to=to)

        assert told == {name: there[name] for name in heard}
        assert {name for name, _ in messages} == set(heard)
        assert all(options == {"to": to} for _, options in messages)
