"""Which field each column of a table holds: as remembered, by its heading, or by what its cells look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.registry.reading.cells import Cell
from services.registry.reading.sheets import guessing, headings
from services.registry.reading.sheets.contents import Column
from services.registry.reading.sheets.guessing import Asked
from services.registry.reading.sheets.headings import Meaning

_DATE = ("date", "two_dates", "born")
# What the cells of a field look like; a field that is not here may look like anything.
LOOKS: Mapping[str, tuple[str, ...]] = {
    field: (field,)
    for field in """nik birthplace sex phone email address full_address village district education major institution
    programme batch result cert_no scheme issuer provider policy_no skills name""".split()  # noqa: SIM905
} | {
    "ttl": ("born",),
    **dict.fromkeys(("birth", "start", "end", "issued", "expires", "policy_until"), ("date",)),
    **dict.fromkeys(("period", "validity"), ("two_dates",)),
    "policy_from": ("date", "two_dates"),
}
# No cell of another field looks so.
_TELLING = ("nik", "date", "two_dates", "born", "sex", "phone", "email")
_FREE = frozenset(("note", "reference", "skills", "policy_no", "cert_no"))  # anything may stand there
_NUMBERS = frozenset(("nik", "phone", "birth"))  # no names
_SOME, _MOST, _ENOUGH = 0.2, 0.7, 3
_WEIGHT = {"full_address": 1.5, "validity": 1.2}  # they look like their parts too
_ONCE = frozenset(("name", "nik", "no"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of one or several rows: the lowest text, those above it, and all joined as the file has them."""

    leaf: str
    group: str
    joined: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a column holds. field None: nothing that is kept.

    is_sure: as remembered or by a heading that the cells do not contradict. says, part: see headings.Meaning.
    """

    field: str | None
    is_sure: bool
    says: str | None = None
    part: int = 0


def assign(
    over: Sequence[Heading], cells: Sequence[Sequence[Cell]], remembered: Mapping[str, str | None]
) -> list[Held]:
    """Return what each column holds.

    :param over: the headings of the columns.
    :param cells: of each column the cells of the same rows.
    """
    shown = [Column.of(column) for column in cells]
    found = [_said(heading, column, remembered) for heading, column in zip(over, shown, strict=True)]
    _drop_second(found, shown)
    is_open = [held is None and column.filled > 0 for held, column in zip(found, shown, strict=True)]
    held = {at: one.field for at, one in enumerate(found) if one}
    guesses = guessing.guess(Asked(shown, cells, held, is_open, bare=[not heading.leaf for heading in over]))
    return [one or Held(guesses.get(at), is_sure=not is_open[at]) for at, one in enumerate(found)]


def _said(heading: Heading, column: Column, remembered: Mapping[str, str | None]) -> Held | None:
    """Return what a column holds by memory or by its heading, or None where neither tells."""
    key = headings.normalise(heading.joined)
    if key and key in remembered:
        return Held(remembered[key], is_sure=True)
    meaning = headings.read(heading.leaf, heading.group) if heading.leaf else None
    if meaning is None:
        return None
    return _settled(meaning, column) if meaning.fields else Held(None, is_sure=True)


def _settled(meaning: Meaning, column: Column) -> Held | None:
    """Return which of the fields that a heading may mean its cells look like; None where they are clearly another."""
    ranked = sorted(meaning.fields, key=lambda field: -likeness(field, column))
    best = ranked[0] if likeness(ranked[0], column) > _SOME else meaning.fields[0]
    held = Held(best, is_sure=True, says=meaning.says, part=meaning.part)
    is_part = meaning.says is not None or meaning.part > 0
    return held if is_part or not contradicts(best, column) else None


def likeness(field: str, column: Column) -> float:
    """Return how many of the cells look like this field's, and a little more for what is rarely met by chance."""
    return max(map(column.share, LOOKS.get(field, ())), default=0.0) * _WEIGHT.get(field, 1.0)


def contradicts(field: str, column: Column) -> bool:
    """Tell whether the cells of a column are clearly those of another field."""
    if column.filled < _ENOUGH or likeness(field, column) > _SOME:
        return False
    if field == "result":
        return column.share("kept_out") > _MOST
    if field == "no":
        return not column.ascending and any(
            column.share(shape) > _MOST for shape in (*_TELLING, "cert_no", "policy_no")
        )
    if field in _FREE:
        return False
    own = LOOKS.get(field, ())
    own = (*own, *_DATE) if set(own) & set(_DATE) else own
    others = (*_TELLING, "name") if field in _NUMBERS else _TELLING
    return any(column.share(shape) > _MOST for shape in others if shape not in own)


def _drop_second(found: list[Held | None], shown: Sequence[Column]) -> None:
    """Leave one column to a field of which nobody has two, unless they are parts: the one that looks most like it."""
    for field in _ONCE:
        claims = [at for at, held in enumerate(found) if held and held.field == field]
        if len({found[at].part for at in claims}) > 1:  # type: ignore[union-attr]
            continue
        best = max(claims, key=lambda at: (likeness(field, shown[at]) * shown[at].variety, -at), default=None)
        for at in claims:
            if at != best:
                found[at] = None


def unsure(held: Sequence[Held], filled: Sequence[bool]) -> tuple[int, ...]:
    """Return the columns whose field was guessed from their cells, or left open."""
    return tuple(at for at, one in enumerate(held) if not one.is_sure and filled[at])
