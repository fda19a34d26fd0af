"""A text that lists several things, as the pieces of the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.reference.naming import levels, seams
from services.reference.naming.lexicon import NEEDS_ANOTHER
from services.reference.naming.scoring import is_light
from services.reference.naming.seams import Piece, Shortens
from services.reference.naming.terms import Reading
from services.reference.naming.words import LONGEST, MARKUP, content, words

Read = Callable[[str], Reading]
Knows = Callable[[str], bool]

MOST_PIECES = 100  # read one by one; what follows is one piece, and unsure

_MOST_SEAMS = 4  # in one term
_ROMAN = {"i", "ii", "iii", "iv", "v", "vi"}
_NOTHING = {"tidak", "tdk", "belum", "ada", "none", "nihil", "kosong", "nil", "null"}
_NOTHING |= {"dll", "dst", "dsb", "lainnya", "lain", "etc"}


@dataclass(frozen=True, slots=True)
class Splitter:
    """Reads lists.

    read: reads a piece; read_seamed: reads it as one of those terms that have seams.
    knows: tells whether it is the very words of a term; shortens: whether a word is short for another.
    crosses: some terms have commas and the like in them.
    """

    read: Read
    read_seamed: Read
    knows: Knows
    shortens: Shortens
    crosses: bool

    def read_list(self, text: str) -> list[Reading]:
        """Read each piece of a text."""
        plain = seams.numbered(MARKUP.sub(" ", text))
        pieces, readings = _with_levels(plain, seams.pieces(plain, self.shortens)), list[Reading]()
        while pieces and len(readings) < MOST_PIECES:
            count = self._length(plain, pieces)
            reading = self.read(_between(plain, pieces[:count]))
            readings.append(self._as_before(readings[-1], reading) if readings and pieces[0].holding else reading)
            pieces = pieces[count:]
        rest = [Reading(_between(plain, pieces), None, None, "unsure", ())] if pieces else []
        return readings + rest

    def _length(self, text: str, pieces: Sequence[Piece]) -> int:
        """Return how many of the first pieces are one term."""
        most = min(len(pieces), _MOST_SEAMS + 1)
        if not self.crosses:  # up to where the list surely goes on
            most = next((count for count in range(1, most) if pieces[count].surely), most)
        return next((count for count in range(most, 1, -1) if self._is_one(text, pieces[:count])), 1)

    def _is_one(self, text: str, pieces: Sequence[Piece]) -> bool:
        """Tell whether pieces are one term, which has such seams, or at least these very words where no piece is one.

        A piece without which it would be the same is one by itself: "teknik + roti & kue".
        """
        whole, parts = _between(text, pieces), [_between(text, [piece]) for piece in pieces]
        surely = any(piece.surely for piece in pieces[1:])
        seamed = self.read_seamed(whole)
        if seamed.concept and (not surely or seams.is_surely_seamed(seamed.best[0].term)):
            return self.knows(whole) or not (all(map(self.knows, parts)) or self._has_more(text, pieces))
        return not surely and self.knows(whole) and all(self.read(part).concept is None for part in parts)

    def _has_more(self, text: str, pieces: Sequence[Piece]) -> bool:
        """Tell whether pieces say nothing together, or the same without the first or the last one."""
        said = self.read(_between(text, pieces)).concept
        return not said or any(self.read(_between(text, some)).concept == said for some in (pieces[1:], pieces[:-1]))

    def _as_before(self, before: Reading, reading: Reading) -> Reading:
        """Read the "mobil" of "servis motor dan mobil" as servis mobil: all words but the last hold on."""
        held, written = words(before.text)[:-1], words(reading.text)
        if reading.concept or not before.concept or not held or not _may_hold(written):
            return reading
        held_on = self.read(" ".join(held + written))
        is_another = held_on.concept not in {None, before.concept}  # a word that adds nothing is none
        return replace(held_on, text=reading.text) if is_another else reading


def is_seamed(text: str) -> bool:
    """Tell whether a term has what might be taken for the seam of a list."""
    return len(seams.pieces(text, lambda _: False)) > 1


def _may_hold(written: Sequence[str]) -> bool:
    """Tell whether what is written may go with the words of the piece before: one word that names something."""
    return len(written) == 1 and not is_light(written[0]) and written[0] not in NEEDS_ANOTHER


def _with_levels(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without those that are a level or nothing, a level in brackets with what stands before it."""
    kept: list[Piece] = []
    for piece in pieces:
        if not _is_level_or_nothing(text[piece.start : piece.end]):
            kept.append(piece)
        elif kept and not piece.surely:
            kept[-1] = replace(kept[-1], end=piece.end)
    return kept


def _is_level_or_nothing(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    named = content(words(levels.without_number(text)[0]))
    return all(word in _NOTHING | _ROMAN or word.isdigit() or levels.is_level(word) for word in named)


def _between(text: str, pieces: Sequence[Piece]) -> str:
    piece = text[pieces[0].start : pieces[-1].end].strip(" \t-\u2013\u2014.:=")
    return f"{piece})" if piece.count("(") > piece.count(")") else piece
