"""Whether a line names somebody who is there already: certain, possible, or a contradiction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.reading.fields import likeness

# Likeness of two names, 0 to 1: one person's spellings stay above the first, two people's below the second;
# between them the birth date decides.
ONE_PERSON, TWO_PEOPLE = 0.8, 0.5
NAMESAKE = 0.8  # with the same birth date or phone, and no NIK to tell: to be looked at
SHARED = ("nik", "phone", "certificate", "whole")
REPEATED = "duplicate_same_file"
MARK = 24  # characters of a fingerprint that are kept to find another by; it decides nothing
BY_PHONE = 0.7  # how much a phone tells, of what a birth date tells: a family may share it


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A training somebody is in; key is the same for one batch of one institution."""

    key: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """As much of a line, or of a worker who is there, as tells whether two of them are one person.

    nik, phone, certificate, whole: keyed fingerprints; whole is that of all a line says.
    line: the id of the line, where it is one of an intake; same_file: of the same one.
    """

    name: str
    birth: date | None
    nik: str | None = None
    phone: str | None = None
    certificate: str | None = None
    whole: str | None = None
    courses: tuple[Course, ...] = ()
    worker_id: str | None = None
    line: str | None = None
    same_file: bool = False

    @property
    def marks(self) -> list[str]:
        """What it may share with another that names the same person, or somebody near."""
        said = {
            "nik": self.nik,
            "phone": self.phone,
            "certificate": self.certificate,
            "whole": self.whole,
            "birth": self.birth.isoformat() if self.birth else None,
        }
        return [f"{name}:{value[:MARK]}" for name, value in said.items() if value]


class Crowd:
    """Everybody a line may be compared with, by what they share."""

    def __init__(self, traces: Iterable[Trace] = ()) -> None:
        self._by_mark: defaultdict[str, list[Trace]] = defaultdict(list)
        for trace in traces:
            self.add(trace)

    def add(self, trace: Trace) -> None:
        for mark in trace.marks:
            self._by_mark[mark].append(trace)

    def near(self, trace: Trace) -> list[Trace]:
        """Return those who share a mark, each once, in the order in which they came."""
        found = {id(other): other for mark in trace.marks for other in self._by_mark.get(mark, ())}
        return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be the same person; score is the likeness, 0 to 1."""

    worker_id: str | None
    line: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the others make of a line.

    worker_id: whom it certainly names; corrects: it speaks of a training of theirs that is known.
    replaces: ids of lines that wait for a decision, and of which this is a newer form.
    """

    codes: tuple[str, ...] = ()
    worker_id: str | None = None
    corrects: bool = False
    replaces: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_repeated(self) -> bool:
        """Whether the same line stands earlier: then nothing else is to be said of it."""
        return self.codes == (REPEATED,)


def judge(line: Trace, others: Sequence[Trace]) -> Verdict:
    """Compare a line with those before it and with the workers who are there.

    :param others: whoever shares a NIK, a phone, a certificate or a birth date with it.
    """
    if any(other.same_file and other.whole == line.whole for other in others):
        return Verdict(codes=(REPEATED,))
    others = [other for other in others if is_near(line, other)]
    former = [other for other in others if _is_former(line, other)]
    others = [other for other in others if other not in former]
    selves = [other for other in others if _is_certain(line, other)]
    namesakes = [] if selves else _namesakes(line, others)
    codes = [
        *_conflicts(line, others),
        *(["enrolment_overlap"] if any(_overlaps(line, other) for other in selves) else []),
        *(["duplicate_possible"] if namesakes else []),
        *(["duplicate_other_file"] if any(_is_news(line, other) for other in selves) else []),
    ]
    known = next((other for other in selves if other.worker_id), None)
    return Verdict(
        codes=tuple(codes),
        worker_id=known.worker_id if known else None,
        corrects=known is not None and _is_same_course(line, known),
        replaces=tuple(other.line for other in former if other.line),
        candidates=tuple(namesakes),
    )


def is_near(one: Trace, other: Trace) -> bool:
    """Tell whether there is more to compare two for than a birthday, which strangers share too."""
    if any((said := getattr(one, name)) and said == getattr(other, name) for name in SHARED):
        return True
    return one.birth == other.birth and likeness.is_perhaps_same(one.name, other.name)


def _is_former(line: Trace, other: Trace) -> bool:
    """Tell whether a line is the newer form of one that waits, as its institution sends it again."""
    if other.line is None or other.same_file:
        return False
    if other.whole == line.whole:
        return True
    # A NIK may be what was corrected; twins of one batch have two names.
    is_named_alike = likeness.same_person(line.name, other.name) == 1.0 and line.birth == other.birth is not None
    return _is_same_course(line, other) and (_is_certain(line, other) or is_named_alike)


def _is_certain(line: Trace, other: Trace) -> bool:
    """Tell whether two are one person beyond doubt."""
    if line.nik is not None and line.nik == other.nik:
        return _is_one_name(line, other)
    if line.nik is not None and other.nik is not None:
        return False
    # Without a NIK only its own institution may speak of somebody again: by name, birth date and training.
    is_again = line.birth is not None and line.birth == other.birth and _is_same_course(line, other)
    return is_again and likeness.same_person(line.name, other.name) >= ONE_PERSON


def _is_one_name(line: Trace, other: Trace) -> bool:
    """Tell whether two with one NIK are one person: a NIK may have been copied down to the next line."""
    alike = likeness.same_person(line.name, other.name)
    return alike >= ONE_PERSON or (alike > TWO_PEOPLE and line.birth == other.birth)


def _conflicts(line: Trace, others: Iterable[Trace]) -> list[str]:
    strangers = [other for other in others if not _is_certain(line, other) and not _likeness(line, other)]
    shared = {
        "nik_conflict": any(line.nik is not None and other.nik == line.nik for other in strangers),
        "certificate_conflict": any(line.certificate and other.certificate == line.certificate for other in strangers),
        "phone_shared": any(line.phone is not None and other.phone == line.phone for other in strangers),
    }
    return [code for code, is_so in shared.items() if is_so]


def _is_same_course(line: Trace, other: Trace) -> bool:
    return bool({course.key for course in line.courses} & {course.key for course in other.courses})


def _is_news(line: Trace, other: Trace) -> bool:
    return not other.same_file and not _is_same_course(line, other)


def _overlaps(line: Trace, other: Trace) -> bool:
    return any(
        a.key != b.key and a.starts and a.ends and b.starts and b.ends and a.starts <= b.ends and b.starts <= a.ends
        for a in line.courses
        for b in other.courses
    )


def _namesakes(line: Trace, others: Iterable[Trace]) -> list[Candidate]:
    """Return whom a line without a usable NIK may name, the likest first, each once."""
    found: dict[str, Candidate] = {}
    for other in others:
        score = _likeness(line, other)
        key = other.worker_id or other.line or ""
        if score and (key not in found or found[key].score < score):
            found[key] = Candidate(worker_id=other.worker_id, line=other.line, score=score)
    return sorted(found.values(), key=lambda each: -each.score)


def _likeness(line: Trace, other: Trace) -> float:
    """Return how likely two are one person whose NIKs do not tell; 0 where there is nothing to look at."""
    alike = likeness.same_person(line.name, other.name)
    if alike < NAMESAKE or (line.nik is not None and line.nik == other.nik):
        return 0.0
    is_same_birth = line.birth is not None and line.birth == other.birth
    if line.nik is not None and other.nik is not None:
        # Two NIKs are two people, unless the same institution says otherwise of the same training: in one file twins
        # stand beside each other, whose names differ.
        is_again = is_same_birth and _is_same_course(line, other) and (alike == 1.0 or not other.same_file)
        return alike if is_again else 0.0
    is_same_phone = line.phone is not None and line.phone == other.phone
    return alike if is_same_birth else BY_PHONE * alike if is_same_phone else 0.0
