"""What columns hold whose headings do not tell: by what their cells look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from statistics import median

from services.registry.reading.cells import Cell
from services.registry.reading.fields import dates
from services.registry.reading.sheets.contents import Column

_NEWEST = 2079
_YOUNGEST = 2011  # whoever is trained was born before
_SURE, _SURER = 0.6, 0.65  # of the cells; surer where a heading stands above that nobody understands
_FEW, _REPEATED, _VARIED, _ALIKE = 40, 0.5, 0.55, 0.9
_SEXES, _RESULTS = 8, 14  # ways in which a file writes them
_CONSTANT = 0.3  # different days for each line: fewer are those of batches
_MALE_DAYS, _NIK = 31, 16  # in a NIK a woman's day is forty more, on a family card nobody's
_OF_CERTIFICATE = ("cert_no", "issued", "expires", "validity", "issuer")
_EXCLUDING = {"ttl": ("birth", "birthplace"), "birth": ("ttl",), "period": ("start", "end"), "start": ("period",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Columns of a table. held: the fields of those that are known; is_open: those that are asked for.

    bare: those above which nothing stands.
    """

    shown: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    held: Mapping[int, str | None]
    is_open: Sequence[bool]
    bare: Sequence[bool]


def guess(asked: Asked) -> dict[int, str]:
    """Return the fields of columns whose cells leave no doubt, by column; no field twice."""
    found = _Found(asked)
    scores = [
        (score, -at, field)
        for at, is_open in enumerate(asked.is_open)
        if is_open
        for field, score in _scores(asked.shown[at], asked.cells[at]).items()
        if score >= (_SURE if asked.bare[at] else _SURER)
    ]
    for _, place, field_ in sorted(scores, reverse=True):
        found.take(-place, field_)
    _tell_dates_apart(found)
    _tell_of_certificates(found, "programme", "scheme")
    _tell_of_certificates(found, "institution", "issuer")
    return found.fields


@dataclass(slots=True)
class _Found:
    asked: Asked
    fields: dict[int, str] = field(default_factory=dict)

    @property
    def known(self) -> set[str]:
        known = {*self.fields.values(), *filter(None, self.asked.held.values())}
        return known | {other for one in known for other in _EXCLUDING.get(one, ())}

    def take(self, at: int, field_: str) -> None:
        """Let a column hold a field, unless either is settled."""
        if at not in self.fields and field_ not in self.known:
            self.fields[at] = field_

    def open(self, shape: str) -> list[int]:
        """Return the columns without a field whose cells have this shape."""
        return [
            at
            for at, is_open in enumerate(self.asked.is_open)
            if is_open and at not in self.fields and self.asked.shown[at].share(shape) >= _SURE
        ]

    def is_filled_as_certificates(self, at: int) -> bool:
        """Tell whether a column is blank on the lines without a certificate, and on these alone."""
        whole = [column for column, name in {**self.asked.held, **self.fields}.items() if name in _OF_CERTIFICATE]
        masks = [[cell is None for cell in self.asked.cells[column]] for column in whole]
        own = [cell is None for cell in self.asked.cells[at]]
        same = (sum(a == b for a, b in zip(own, mask, strict=True)) for mask in masks if any(mask))
        return any(own) and max(same, default=0) >= _ALIKE * len(own)


def _scores(column: Column, cells: Sequence[Cell]) -> dict[str, float]:
    """Return the fields that a column may hold, and how much speaks for each."""
    share, few = column.share, column.distinct <= _FEW
    is_repeated, is_varied = column.variety <= _REPEATED, column.variety >= _VARIED
    known = max(map(share, ("phone", "date", "nik", "born", "two_dates", "address", "policy_no")))
    named = max(map(share, ("village", "birthplace", "programme", "education", "major")))
    found = {
        "no": 1.2 * column.ascending * (share("cert_no") < _SURE),
        "nik": share("nik") * (1.3 if _has_womens_days(cells) else 0.9),
        "ttl": 1.2 * share("born"),
        "email": 1.2 * share("email"),
        "phone": 1.1 * share("phone"),
        "sex": 1.1 * share("sex") * (column.distinct <= _SEXES),
        "period": share("two_dates") * (1.2 if is_repeated else 0.9),
        "validity": share("two_dates") * (0.8 if is_repeated else 1.0),
        "education": share("education") * few,
        "result": share("result") * (column.distinct <= _RESULTS) * (1 - share("batch") / 2),
        "full_address": 1.2 * share("full_address") * (share("address") > _REPEATED),
        "address": share("address") * (share("full_address") < _SURE),
        "district": share("district") * few * (1 - share("village") / 4),
        "birthplace": share("birthplace") * (share("birthplace") > share("district")),
        "village": share("village"),
        "institution": 1.1 * share("institution") * (few or is_repeated) * (share("issuer") < _SURE),
        "issuer": 1.1 * share("issuer") * few,
        "provider": share("provider") * few,
        "batch": share("batch") * few * (share("result") < _SURE),
        "cert_no": 0.9 * share("cert_no") * (1 - known),
        "policy_no": share("policy_no") * (0.5 + column.variety / 2),
        "major": share("major") * few,
        "skills": share("skills") * is_varied,
        "programme": 0.95 * share("programme") * (not is_varied) * (share("issuer") < _SURE),
        "name": 0.8 * share("name") * is_varied * (1 - named),
    }
    return {name: score for name, score in found.items() if score > 0}


def _has_womens_days(cells: Sequence[Cell]) -> bool:
    """Tell whether a NIK is among the numbers: one of a woman."""
    digits = ("".join(filter(str.isdecimal, str(cell))) for cell in cells)
    return any(len(number) == _NIK and int(number[6:8]) > _MALE_DAYS for number in digits)


def _tell_dates_apart(found: _Found) -> None:
    """Tell columns of dates apart: a birth is long ago, a certificate holds whole years, batches share their days."""
    columns = {
        at: [dates.read(cell, newest=_NEWEST).day for cell in found.asked.cells[at]] for at in found.open("date")
    }
    years = {at: median([day.year for day in days if day] or [_NEWEST]) for at, days in columns.items()}
    for at in sorted((at for at in columns if years[at] < _YOUNGEST), key=lambda at: years[at])[:1]:
        found.take(at, "birth")
    late = [at for at in columns if years[at] >= _YOUNGEST]
    for one, other in combinations(late, 2):
        if _hold_years(columns[one], columns[other]):
            _take_pair(found, columns, (one, other), ("issued", "expires"))
    for at in late:
        if found.is_filled_as_certificates(at):
            found.take(at, "issued")
    rest = [at for at in late if at not in found.fields]
    if len(rest) == 2:  # noqa: PLR2004
        is_batch = all(found.asked.shown[at].variety < _CONSTANT for at in rest)
        names = ("start", "end") if is_batch and "period" not in found.known else ("policy_from", "policy_until")
        _take_pair(found, columns, (rest[0], rest[1]), names)


def _take_pair(
    found: _Found, columns: Mapping[int, Sequence[date | None]], pair: tuple[int, int], names: tuple[str, str]
) -> None:
    """Let the earlier of two columns hold the first field and the later one the second, where both are free."""
    if any(at in found.fields for at in pair) or set(names) & found.known:
        return
    first, last = sorted(pair, key=lambda at: sorted(day for day in columns[at] if day)[len(columns[at]) // 3 :][:1])
    found.take(first, names[0])
    found.take(last, names[1])


def _hold_years(one: Sequence[date | None], other: Sequence[date | None]) -> bool:
    """Tell whether two columns mostly have the same day and month, and other years."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    same = sum((a.month, a.day) == (b.month, b.day) and a.year != b.year for a, b in pairs)
    return bool(pairs) and same > _REPEATED * len(pairs)


def _tell_of_certificates(found: _Found, shape: str, certified: str) -> None:
    """Tell the scheme from the training, the issuer from the institution: only lines with a certificate have them."""
    claims = [at for at, name in found.fields.items() if name == shape] + found.open(shape)
    few = [at for at in claims if found.asked.shown[at].variety < _VARIED]
    for at in few:
        if certified not in found.known and found.is_filled_as_certificates(at):
            found.fields[at] = certified
    for at in few:
        found.take(at, shape)
