"""A skill of the taxonomy, and a text that waits for somebody to say which skill it means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from services.common.errors import Missing, Refused
from services.reference.naming import Hit, Reading, levels
from services.registry.reading.fields import personal

ATTRIBUTION = "Skills of the manpower office; unit codes of SKKNI by the Ministry of Manpower of Indonesia."
STATES = ("open", "decided")
LONGEST = 200  # characters of a text that are kept
E_MAIL = re.compile(r"\S+@\S+")
NUMBER = re.compile(r"(?<![^\W\d_])\+?\d(?:[ .\-/()]{0,2}\d){5,}")  # six digits or more, however they are spaced
MASK = "######"
WORD = re.compile(r"[\w+#&]+")


class SkillUnknown(Missing):
    """No skill has this id."""


class SkillsUnknown(Refused):
    """Some skills are not in the taxonomy; each is named with those near it."""


class ReviewUnknown(Missing):
    """No text of a skill that waits for a decision has this id."""


@dataclass(frozen=True, kw_only=True)
class Skill:
    """A skill; ids that stand in it are of other skills."""

    id: str  # a slug that never changes
    version: int
    label_id: str
    label_en: str
    group: str
    synonyms: tuple[str, ...]
    broader: str | None
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    skkni: tuple[str, ...]  # codes of units
    esco: str | None
    taxonomy: str  # the version of the taxonomy that made it what it is
    retired: bool = False  # no longer in the taxonomy: whoever holds it keeps it, and nobody finds it


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer said a text means; None: no skill at all."""

    skill: str | None
    by: str  # the account
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Review:
    """A text of which nobody was sure; long numbers and e-mail addresses in it are masked."""

    id: str
    version: int
    key: str
    text: str  # as it was first seen
    count: int
    best: tuple[Hit, ...]  # up to three, the best first
    state: str  # one of STATES
    first_seen: datetime
    last_seen: datetime
    skill: str | None = None  # what was decided last
    job: str | None = None  # the id of the job that lets workers have it
    history: tuple[Decision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """A text that was seen so many times, and of which nobody was sure."""

    key: str
    text: str
    count: int
    best: tuple[Hit, ...]


def masked(text: str) -> str:
    """Return a text without what leads to a person (phone, NIK, e-mail, an address), in single spaces, at most LONGEST
    long.
    """
    if personal.is_address(text):
        return MASK
    plain = "".join(each for each in normalize("NFKC", text) if each.isprintable() or each.isspace())
    return NUMBER.sub(MASK, E_MAIL.sub(MASK, " ".join(plain.split())))[:LONGEST]


def text_key(text: str) -> str:
    """Return what two texts share that differ in capitals, spaces, punctuation and "level 2" alone."""
    named, _ = levels.without_number(masked(text))
    return " ".join(WORD.findall(named.casefold())) or masked(text)


def review_id(key: str) -> str:
    """Return an id for a text that tells nothing of it in an address."""
    return sha256(key.encode()).hexdigest()[:24]


def unsure(readings: Iterable[Reading]) -> list[Unsure]:
    """Return the texts among the readings of which nobody is sure, those together that are alike."""
    alike: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.concept is None:
            alike[text_key(reading.text)].append(reading)
    return [
        Unsure(key=key, text=masked(found[0].text), count=len(found), best=found[0].best)
        for key, found in alike.items()
        if key
    ]


def unknown(near: Mapping[str, Sequence[str]]) -> SkillsUnknown:
    """Return the refusal of skills that are not in the taxonomy.

    :param near: by the JSON pointer where one stands, the ids that may have been meant.
    """
    return SkillsUnknown(fields={pointer: _near(ids) for pointer, ids in near.items()})


def read(lines: Iterable[Mapping[str, str]]) -> list[Skill]:
    """Return the skills of a taxonomy's table, version 0; links between them hold both ways.

    :param lines: by the name of the column; a column that is missing is empty.
    """
    found = [_skill(line) for line in lines]
    narrower: defaultdict[str | None, list[str]] = defaultdict(list)
    related: defaultdict[str, set[str]] = defaultdict(set)
    for skill in found:
        narrower[skill.broader].append(skill.id)
        related[skill.id] |= set(skill.related)
        for other in skill.related:
            related[other].add(skill.id)
    return [
        replace(skill, narrower=tuple(narrower[skill.id]), related=tuple(sorted(related[skill.id]))) for skill in found
    ]


def renewed(there: Mapping[str, Skill], wanted: Iterable[Skill], taxonomy: str) -> list[Skill]:
    """Return the skills that are not as they are there, at their new versions; whoever is not wanted retires.

    :param taxonomy: the version of the taxonomy that wants them.
    """
    now = {skill.id: skill for skill in wanted}
    retired = {id_: replace(skill, retired=True) for id_, skill in there.items() if id_ not in now}
    versions = {id_: skill.version for id_, skill in there.items()}
    return [
        replace(skill, version=versions.get(id_, 0) + 1, taxonomy=taxonomy)
        for id_, skill in (now | retired).items()
        if id_ not in there or replace(skill, version=versions[id_], taxonomy=there[id_].taxonomy) != there[id_]
    ]


def _skill(line: Mapping[str, str]) -> Skill:
    return Skill(
        id=line["id"],
        version=0,
        label_id=line["label_id"],
        label_en=line["label_en"],
        group=line["group"],
        synonyms=_listed(line, "synonyms"),
        broader=line.get("broader") or None,
        narrower=(),
        related=_listed(line, "related"),
        skkni=_listed(line, "skkni"),
        esco=line.get("esco") or None,
        taxonomy="",
    )


def _listed(line: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in (line.get(column) or "").split(";") if each.strip())


def _near(ids: Sequence[str]) -> str:
    return f"No skill has this id; near it: {', '.join(ids)}." if ids else "No skill has this id; see /v1/skills."
