"""A programme: a kind of training, and what it teaches; and which one a text names."""

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from services.common.errors import Conflict, Missing
from services.reference.naming import stems
from services.reference.naming.vocabulary import Vocabulary
from services.reference.naming.words import words

SURE = 0.8  # of 1: below, a text is near no programme
AHEAD = 0.08  # by as much the nearest must lead, or nobody can say which is meant
MEANT = 0.8  # of 1: so alike is a word, misspelt or cut short, to the one that is meant
ALIKE_RUN_TOGETHER = 88  # of 100: a whole name, written with other spaces
SHORTEST_TYPO = 5  # letters; a shorter word is the same or another one
TEXTS_AT_MOST = 10_000
FILLER = {
    "pelatihan", "latihan", "training", "kursus", "diklat", "bimtek", "program", "kejuruan", "jurusan", "bidang",
    "jenis", "paket", "kelas", "skema", "sertifikasi", "uji", "berbasis", "kompetensi", "pbk", "bnsp", "mtu", "jp",
    "tingkat", "level", "angkatan", "gelombang", "tahun", "keterampilan", "peserta", "reguler", "apbd", "apbn", "dan",
    "and", "untuk", "of", "the", "i", "ii", "iii", "iv", "teknik",
}  # fmt: skip
# Who runs a machine does not mend it.
RUNS = {"operator", "operasi", "pengemudi", "sopir", "driver"}
MENDS = {"mekanik", "teknisi", "montir", "servis", "perawatan", "mechanic"}
# Who does it, or how well; none of it names a trade.
RANKS = RUNS | MENDS | {"ahli", "petugas", "tukang", "juru", "junior", "muda", "madya", "pratama", "dasar", "lanjutan"}
POSITION = re.compile(r"(?<=\d)\s+(?=[fg]r?\b)", re.IGNORECASE)  # of a weld, as 3 G


class ProgrammeUnknown(Missing):
    """No programme has this id."""


class ProgrammeTaken(Conflict):
    """A programme of this name is there already, at the address in Location."""

    path = "/v1/programmes/{}"


@dataclass(frozen=True, kw_only=True)
class TaughtSkill:
    skill: str
    level: int  # 1 to 5, of whoever passes


@dataclass(frozen=True, kw_only=True)
class Programme:
    id: str
    version: int
    name: str
    hours: int
    skills: tuple[TaughtSkill, ...]
    aliases: tuple[str, ...] = ()  # other names under which it goes
    schemes: tuple[str, ...] = ()  # what those who pass are certified by


def key(name: str) -> str:
    """Return a name without what does not make it another one: capitals and spaces."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Words:
    """What a text names: the trade, in stems and as written; the work at it and positions of welds, if it says so."""

    trade: tuple[str, ...]
    written: tuple[str, ...]
    work: frozenset[str]
    positions: frozenset[str]

    @classmethod
    def of(cls, words_there: Iterable[str]) -> "Words":
        said = [word for word in words_there if not word.isdecimal()]
        trade = [word for word in said if word not in FILLER | RANKS]
        return cls(
            tuple(map(stems.stem, trade)),
            tuple(trade),
            frozenset(work for work, those in (("runs", RUNS), ("mends", MENDS)) if not those.isdisjoint(said)),
            frozenset(position for word in said for position in re.findall(r"\d[fg]r?\b", word)),
        )

    def contradicts(self, other: "Words") -> bool:
        return _differ(self.work, other.work) or _differ(self.positions, other.positions)

    def likeness(self, other: "Words") -> float:
        """Return how much of the trade of each is in the other's, 0 to 1; stems tell of word forms, and hide typos."""
        return max(_likeness(self.trade, other.trade), _likeness(self.written, other.written))


class Naming:
    """Tells which programme a text names.

    It stands on the words of the reference's naming, but not on its Index: programmes are few, so that a part of a
    name is enough, and what sets them apart is who does it to what. Of the 322 aliases of the seeded programmes, each
    left out in turn, this finds 233 and the Index 177, neither a wrong one; of 844 misspelt names 800 and 721.
    """

    def __init__(self, programmes: Iterable[Programme]) -> None:
        known = list(programmes)
        self._exact = [
            _only((each.id, (each.name,)) for each in known),
            _only((each.id, each.aliases) for each in known),
            _only((each.id, each.schemes) for each in known),
        ]
        names = {each.id: (each.name, *each.aliases, *each.schemes) for each in known}
        self._terms = {id_: [Words.of(_words(name)) for name in mine] for id_, mine in names.items()}
        self._whole = {id_: Words.of(word for name in mine for word in _words(name)) for id_, mine in names.items()}
        self._vocabulary = Vocabulary(chain(FILLER, RANKS, *(_words(name) for mine in names.values() for name in mine)))
        self._shared = {word for word, times in self._count().items() if times > 1}
        self._found: dict[tuple[str, ...], str | None] = {}

    def find(self, text: str) -> str | None:
        """Return the id of the programme of this name, alias or scheme, else of the one clearly nearest.

        :return: None where nothing is near, or two are.
        """
        asked = _words(text)
        if asked not in self._found:
            if len(self._found) >= TEXTS_AT_MOST:
                self._found.clear()
            self._found[asked] = self._find(asked)
        return self._found[asked]

    def _find(self, said: tuple[str, ...]) -> str | None:
        for names in self._exact:
            if said in names:
                return names[said]
        asked = Words.of(map(self._meant, self._vocabulary.mended(said)))
        if len(asked.trade) == 1 and asked.trade[0] in self._shared:
            return None  # one word of several trades
        likeness = {
            id_: max(map(asked.likeness, self._terms[id_]))
            for id_, whole in self._whole.items()
            if not asked.contradicts(whole)
        }
        first, second = heapq.nlargest(2, [*likeness.items(), ("", 0.0), ("", 0.0)], key=lambda found: found[1])
        return first[0] if first[1] >= SURE and first[1] - second[1] >= AHEAD else None

    def _meant(self, word: str) -> str:
        """Return the known word that one is, misspelt or cut short, or itself."""
        near = self._vocabulary.near(word, typing=False, typos=len(word) >= SHORTEST_TYPO)
        return next((known for known, like in near.items() if like >= MEANT), word)

    def _count(self) -> Counter[str]:
        """Return in how many programmes' names each word stands."""
        return Counter(word for whole in self._whole.values() for word in set(whole.trade))


def _only(names: Iterable[tuple[str, Iterable[str]]]) -> dict[tuple[str, ...], str | None]:
    """Return the programme by each of its names; None where two share one."""
    found: dict[tuple[str, ...], str | None] = {}
    for programme_id, mine in names:
        for name in {_words(name) for name in mine}:
            found[name] = None if name in found else programme_id
    return found


def _words(text: str) -> tuple[str, ...]:
    return words(POSITION.sub("", text))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _likeness(some: Sequence[str], others: Sequence[str]) -> float:
    if not some or not others:
        return 0.0
    together = fuzz.ratio("".join(some), "".join(others))
    return together / 100 if together >= ALIKE_RUN_TOGETHER else (_share(some, others) + _share(others, some)) / 2


def _share(some: Sequence[str], others: Sequence[str]) -> float:
    """Return the part of the words, by letters, that is among the others."""
    return sum(len(word) for word in some if word in others) / sum(map(len, some))
