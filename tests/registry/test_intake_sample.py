"""The spreadsheets of 43 institutions, taken as the demo takes them, against what is known of each line."""

import csv
import json
from pathlib import Path

import pytest

from deploy.demo.institutions import institutions
from services.registry.database import database
from services.registry.skill.store import TABLE
from tests import conftest
from tests.registry.intakes import TAKING, UNDOING, carry_out, kept, send, versions
from tests.registry.mess.score import score
from tests.registry.mess.truth import Line

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.timeout(300)]
ANSWERS = Path(__file__).with_name("sample") / "answers.json"
PEOPLE = ("workers", "enrolments", "certificates")


class Taken:
    """All files taken, then all of them again, then all of it undone; and what there was after each."""

    def __init__(self, officer):
        self.officer = officer
        self.places = [self._register(each) for each in institutions()]
        self.intakes = self._take()
        self.lines = [line for intake in self.intakes for line in self._list(f"/v1/intakes/{intake['id']}/lines")]
        self.workers, self.versions, self.there = self._list("/v1/workers"), versions(), kept(*PEOPLE)
        self.waiting = self._list("/v1/intake-lines", "state=open")
        self.again = self._take()
        self.versions_then, self.there_then = versions(), kept(*PEOPLE)
        self.waiting_then = self._list("/v1/intake-lines", "state=open")
        self.left = [self._undo(self.intakes), self._undo(self.again)]

    def _register(self, place):
        asked = {"name": place.name, "kind": place.kind, "village": place.village}
        return self.officer.post("/v1/institutions", json=asked).json["id"]

    def _take(self):
        sent = [
            send(self.officer, id_, place.file.read_bytes(), name=place.file.name).json["id"]
            for id_, place in zip(self.places, institutions(), strict=True)
        ]
        carry_out(TAKING)
        return [self.officer.get(f"/v1/intakes/{id_}").json for id_ in sent]

    def _undo(self, intakes):
        """Undo intakes in the order in which they came; return what is left."""
        for intake in intakes:
            self.officer.post(f"/v1/intakes/{intake['id']}/undo")
        carry_out(UNDOING)
        return kept(*PEOPLE)

    def _list(self, path, query=""):
        found, following = [], f"{path}?limit=200&{query}"
        while following:
            answer = self.officer.get(following)
            found += answer.json
            following = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
        return found


@pytest.fixture(scope="module")
def taken(migrated):
    there = database.reader().db
    for name in set(there.list_collection_names()) - conftest.STAYS - {name for _, name in conftest.SEEDED}:
        there[name].delete_many({})
    officer = conftest.app_of("registry").test_client()
    officer.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {conftest.token('officer', lives_s=600)}"
    return Taken(officer)


@pytest.fixture(scope="module")
def answers():
    return json.loads(ANSWERS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scored(taken, answers):
    names = {intake["id"]: intake["file_name"] for intake in taken.intakes}
    with TABLE.open(encoding="utf-8", newline="") as table:
        labels = {row["label_id"]: row["id"] for row in csv.DictReader(table)}
    found = [
        {
            "file": names[line["intake"]], "sheet": line["sheet"], "row": line["row"], "outcome": line["outcome"],
            "codes": line["codes"], "values": {}, "skills": [(each["text"], each["skill"]) for each in line["skills"]],
            "worker": line["worker_id"],
        }
        for line in taken.lines
    ]  # fmt: skip
    truth = [
        Line(
            file=line["file"], sheet=line["sheet"], row=line["row"], person=line["person"], outcome=line["outcome"],
            also_right=tuple(line["also_right"]), codes=frozenset(line["codes"]),
            skills=tuple(map(tuple, line["skills"])),
        )
        for line in answers["lines"]
    ]  # fmt: skip
    return score(found, truth, skill_of=labels.get)


class TestTheSample:
    def test_is_taken_line_by_line_without_one_too_many_or_too_few(self, taken, scored, answers):
        assert {intake["state"] for intake in taken.intakes} == {"taken"}
        counts = scored.counts
        assert (counts["found"], counts["lost"], counts["doubled"], counts["invented"]) == (
            len(answers["lines"]),
            0,
            0,
            0,
        )

    def test_has_the_right_outcome_in_97_of_100_lines(self, scored):
        assert scored.share("outcome_right", "outcomes") >= 0.97, scored.report()

    def test_has_the_right_codes_in_95_of_100(self, scored):
        assert scored.share("code_hit", "code_expected") >= 0.95, scored.report()
        assert scored.share("code_good", "code_got") >= 0.95, scored.report()

    def test_joins_nobody_wrongly_and_takes_nobody_twice(self, scored):
        assert (scored.counts["merged"], scored.counts["apart"]) == (0, 0), scored.report()

    def test_loses_nobody(self, taken, answers):
        names = {intake["id"]: intake["file_name"] for intake in taken.intakes}
        lines = {(names[line["intake"]], line["sheet"], line["row"]): line for line in taken.lines}
        there = {worker["id"] for worker in taken.workers}
        kept_of = {
            line["person"]
            for line in answers["lines"]
            if (found := lines[line["file"], line["sheet"], line["row"]])["state"] in {"open", "returned"}
            or found["worker_id"] in there
        }
        assert {person["id"] for person in answers["persons"]} - kept_of == set()

    def test_reads_90_of_100_skills_and_no_more_than_2_wrong(self, scored):
        assert scored.share("skill_right", "skills") >= 0.9, scored.report()
        assert scored.share("skill_wrong", "skills") <= 0.02, scored.report()

    def test_says_line_by_line_what_it_counts(self, taken):
        for intake in taken.intakes:
            lines = [line for line in taken.lines if line["intake"] == intake["id"]]
            outcomes = [line["outcome"] for line in lines]
            assert intake["outcomes"] == {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
            assert intake["total"] == len(lines)


class TestTheSampleAgain:
    def test_changes_nothing_and_nobody(self, taken):
        assert {kind for intake in taken.again for kind in intake["people"]} == {"unchanged"}
        assert taken.versions_then == taken.versions
        assert taken.there_then == taken.there

    def test_puts_no_line_before_an_officer_twice(self, taken):
        assert len(taken.waiting_then) == len(taken.waiting)


class TestTheSampleUndone:
    def test_stays_as_long_as_it_was_sent_once_more(self, taken):
        assert taken.left[0] == taken.there

    def test_leaves_nobody_in_the_end(self, taken):
        assert taken.left[1] == {"workers": [], "enrolments": [], "certificates": []}
