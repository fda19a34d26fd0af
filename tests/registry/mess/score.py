"""How well somebody read messy files: lines, outcomes, codes, values, skills, and who was taken for whom."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations
from typing import Any

from tests.registry.mess.truth import Line

Result = Mapping[
    str, Any
]  # {file, sheet, row, outcome, codes, values: {field: text}, skills: [[text, skill id|None]], worker}
NONE: frozenset[str] = frozenset()
_VILLAGE = {"village", "district", "full_address"}
_CERTIFICATE = {"cert_no", "issued", "expires", "validity", "result"}
_COLUMNS_OF = {
    "birth": {"birth", "ttl"}, "birthplace": {"birthplace", "ttl"}, "date": {"birth", "ttl", "nik"},
    "age": {"birth", "ttl"},
    "village": _VILLAGE, "unknown": _VILLAGE, "ambiguous": _VILLAGE, "missing": {"name"},
    "row": {"address", "village", "phone"},
    "unsafe": {"address", "full_address", "name"}, "text": {"address"}, "skill": {"skills"},
    "certificate": _CERTIFICATE,
    "issued": _CERTIFICATE, "expires": _CERTIFICATE, "start": {"period", "batch"}, "end": {"period", "batch"},
    "batch": {"period", "batch"}, "policy": {"policy_no", "policy_from", "policy_until"},
    "address": {"address", "full_address"},
    "result": {"result", "cert_no"}, "sex": {"sex", "nik"}, "nik": {"nik", "birth", "ttl", "sex"},
}  # fmt: skip
_TITLES = (
    "h hj hjh drs dra ir dr prof ust ustadz sdr sdri bpk bapak ibu spd spdi se skom mm mpd amd amdkom st sh ssos sp sag"
)


def _about(kind: str) -> set[str]:
    """Return the columns that a kind of finding is about, by the beginnings of their names."""
    word = kind.rpartition(": ")[2].split("_")[0]
    return _COLUMNS_OF.get(kind.rpartition(": ")[2], _COLUMNS_OF.get(word, {word, kind.rpartition(": ")[2]}))


@dataclass
class Score:
    """Counts; `examples` holds of each kind of finding what was expected and what was got."""

    counts: Counter[str] = field(default_factory=Counter)
    values: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    codes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def share(self, part: str, whole: str) -> float:
        """Return part of whole; nothing of nothing is all."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0

    def note(self, kind: str, line: Line, expected: Any, got: Any) -> None:
        where = f"{line.file} [{line.sheet or '-'}] row {line.row} {'+'.join(line.dirt) or 'clean'}"
        cells = {name: cell for name, cell in line.cells.items() if name in _about(kind)}
        self.examples[kind].append(f"{where}: {cells or ''} expected {expected!r}, got {got!r}")

    def report(self) -> str:
        """Return the figures, a line of text for each part."""
        c, of = self.counts, self.share
        lost = f"lost {c['lost']}, twice {c['doubled']}, invented {c['invented']}"
        skills = ", ".join(
            f"{kind} {of(f'skill_{kind}', 'skills'):.1%}" for kind in ("right", "wrong", "review", "lost")
        )
        values = (f"{name} {n['right']}/{n['right'] + n['wrong']}" for name, n in sorted(self.values.items()))
        worst = (f"{code} -{n['missed']} +{n['false']}" for code, n in self._worst_codes())
        return "\n".join([
            f"lines    {c['lines']}: found once {c['found']}, {lost}",
            f"outcomes {of('outcome_right', 'outcomes'):.1%} of {c['outcomes']}, taken too softly {c['too_soft']}",
            f"codes    recall {of('code_hit', 'code_expected'):.1%}, precision {of('code_good', 'code_got'):.1%}",
            f"skills   {skills} of {c['skills']}; vague texts kept back {c['vague_kept']} of {c['vague']}",
            f"people   wrong merges {c['merged']}, one person twice {c['apart']}",
            f"values   {', '.join(values)}",
            f"worst    {', '.join(worst)}",
        ])  # fmt: skip

    def _worst_codes(self) -> list[tuple[str, Counter[str]]]:
        found = sorted(self.codes.items(), key=lambda item: -(item[1]["missed"] + item[1]["false"]))
        return [(code, n) for code, n in found if n["missed"] + n["false"]][:15]


def score(results: Iterable[Result], truth: Iterable[Line], *, ignoring: frozenset[str] = NONE,
          skill_of: Callable[[str], str | None] = lambda label: label) -> Score:  # fmt: skip
    """Compare; `ignoring` are codes that the reader could not know, `skill_of` gives the skill id of a label."""
    found: defaultdict[tuple[str, str | None, int], list[Result]] = defaultdict(list)
    for result in results:
        found[result["file"], result["sheet"], result["row"]].append(result)
    score, lines = Score(), list(truth)
    workers: list[tuple[Line, Any]] = []
    for line in lines:
        here = found.pop((line.file, line.sheet, line.row), [])
        _count_line(score, line, here)
        for result in here[:1]:
            _outcome(score, line, result, ignoring)
            _codes(score, line, result, ignoring)
            _values(score, line, result)
            _skills(score, line, result, skill_of)
            workers.append((line, result.get("worker")))
    for (file, sheet, row), extra in found.items():
        score.counts["invented"] += len(extra)
        score.examples["invented"].append(f"{file} [{sheet or '-'}] row {row}: {dict(extra[0]['values'])!r:.300}")
    _people(score, workers)
    return score


def _count_line(score: Score, line: Line, here: list[Result]) -> None:
    score.counts["lines"] += 1
    kind = ("lost", "found")[len(here)] if len(here) < 2 else "doubled"
    score.counts[kind] += 1
    if kind != "found":
        score.note(kind, line, "one line", len(here))


def _outcome(score: Score, line: Line, result: Result, ignoring: frozenset[str]) -> None:
    right = line.outcomes(ignoring)
    score.counts["outcomes"] += 1
    score.counts["outcome_right"] += result["outcome"] in right
    if result["outcome"] not in right:
        score.note("outcome", line, sorted(right), (result["outcome"], sorted(result["codes"])))
        score.counts["too_soft"] += result["outcome"] in {"accept", "warn"} and bool(right <= {"review", "reject"})


def _codes(score: Score, line: Line, result: Result, ignoring: frozenset[str]) -> None:
    expected, got = line.codes - ignoring, set(result["codes"]) - ignoring
    score.counts["code_expected"] += len(expected)
    score.counts["code_hit"] += len(expected & got)
    judged = got - line.maybe
    score.counts["code_got"] += len(judged)
    score.counts["code_good"] += len(judged & expected)
    for code in expected - got:
        score.codes[code]["missed"] += 1
        score.note(f"code missed: {code}", line, code, sorted(got))
    for code in judged - expected:
        score.codes[code]["false"] += 1
        score.note(f"code false: {code}", line, sorted(expected), code)


def _values(score: Score, line: Line, result: Result) -> None:
    for name, accepted in line.values.items():
        got = result["values"].get(name)
        right = any(_same(name, text, got) for text in accepted)
        score.values[name]["right" if right else "wrong"] += 1
        if not right:
            score.note(f"value: {name}", line, accepted if len(accepted) > 1 else accepted[0], got)


def _same(name: str, expected: str | None, got: Any) -> bool:
    if isinstance(got, datetime):
        got = got.date()
    got = got.isoformat() if isinstance(got, date) else got
    if not expected or not got:
        return not expected and not got
    return _bare(name, str(expected)) == _bare(name, str(got))


def _bare(name: str, text: str) -> str:
    plain = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
    if name != "name":
        return plain
    untitled = re.sub(r"[^\w\s]", "", unicodedata.normalize("NFKC", text).casefold()).split()
    return " ".join(word for word in untitled if word not in _TITLES.split())


def _skills(score: Score, line: Line, result: Result, skill_of: Callable[[str], str | None]) -> None:
    """Judge each skill text: by the same text, or else by whether the skill is among what other texts gave."""
    got = {_bare("", text): skill for text, skill in result["skills"]}
    rest = {skill for text, skill in got.items() if skill and text not in {_bare("", text) for text, _ in line.skills}}
    for text, label in line.skills:
        expected, key = label and skill_of(label), _bare("", text)
        taken = got.get(key, expected if expected in rest else "lost")
        if expected is None:
            score.counts["vague"] += 1
            score.counts["vague_kept"] += taken is None
        else:
            score.counts["skills"] += 1
            score.counts[f"skill_{_verdict(taken, expected)}"] += 1
        if taken != expected:
            score.note("skill", line, (text, expected), (taken, [list(pair) for pair in result["skills"]]))


def _verdict(taken: str | None, expected: str) -> str:
    return "right" if taken == expected else "review" if taken is None else "lost" if taken == "lost" else "wrong"


def _people(score: Score, workers: list[tuple[Line, Any]]) -> None:
    """Count pairs of lines joined though two people, and people kept apart though nothing was in doubt."""
    known = [(line, worker) for line, worker in workers if worker is not None]
    by_worker, by_person = defaultdict(list), defaultdict(list)
    for line, worker in known:
        by_worker[worker].append(line)
        if not line.codes & {"duplicate_possible", "row_unreadable"} and not line.maybe & {"duplicate_possible"}:
            by_person[line.person].append((line, worker))
    for lines in by_worker.values():
        for one, other in combinations(lines, 2):
            if one.person != other.person:
                score.counts["merged"] += 1
                score.note("merged", one, f"not {other.person}", (one.person, other.file, other.row))
    for lines_of in by_person.values():
        if len({worker for _, worker in lines_of}) > 1:
            score.counts["apart"] += 1
            score.note("apart", lines_of[0][0], "one worker", [worker for _, worker in lines_of])
