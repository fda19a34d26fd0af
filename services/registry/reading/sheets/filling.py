"""From the cells of a row to its fields: columns of one field joined, what stands once put into each line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from services.registry.reading.cells import Cell
from services.registry.reading.sheets.columns import Held
from services.registry.reading.sheets.row import Row
from services.registry.reading.sheets.titles import GROUP_FIELDS

_DITTO = frozenset(
    (
        '"',
        "''",
        '""',
        "”",
        "〃",
        "idem",
        "id.",
        "sda",
        "s.d.a",
        "s.d.a.",
        "s d a",
        "sama",
        "sama dgn atas",
        '-"-',
        '- " -',
    )
)
_LONGEST_DITTO = 16
_NO_MARK = frozenset(("-", "0", "."))
_NOT_REPEATED = frozenset(("no", "name", "nik", "phone", "email", "cert_no", "policy_no", "birth", "ttl"))
_OFTEN = 0.2  # of the lines: a column that is blank so often has its value on the first line of each batch alone
_JOINED = {"skills": "; ", "name": " ", "birth": "-"}

Several = Sequence[tuple[int, Held]]


class Filling:
    """Fills the fields of the lines of one table, from top to bottom."""

    def __init__(self, held: Sequence[Held], people: Sequence[Row]) -> None:
        self._of: defaultdict[str, list[tuple[int, Held]]] = defaultdict(list)
        for at, one in enumerate(held):
            if one.field:
                self._of[one.field].append((at, one))
        self._once = {field for field in GROUP_FIELDS if self._is_said_once(field, people)}
        self._last: dict[str, Cell] = {}

    def fields(self, row: Row, above: Mapping[str, str]) -> dict[str, Cell]:
        """Return the cells of a line by their fields.

        :param above: what stands above the line, for fields that it does not fill itself.
        """
        found = {field: self._ditto(field, _cell(field, row, several)) for field, several in self._of.items()}
        self._forget(found)
        for field in GROUP_FIELDS:
            if found.get(field) is None and field in self._once:
                found[field] = self._last.get(field)
            if found.get(field) is None and field in above and not _is_said_otherwise(field, found):
                found[field] = above[field]
        self._last |= {field: cell for field, cell in found.items() if cell is not None}
        return found

    def _is_said_once(self, field: str, people: Sequence[Row]) -> bool:
        """Tell whether a column carries its value on the first line of each batch alone."""
        if field not in self._of:
            return False
        blank = [_cell(field, row, self._of[field]) is None for row in people]
        return bool(blank) and _OFTEN * len(blank) <= sum(blank) < len(blank)

    def _ditto(self, field: str, cell: Cell) -> Cell:
        if (
            not isinstance(cell, str)
            or len(cell) > _LONGEST_DITTO
            or field in _NOT_REPEATED
            or cell.strip().casefold() not in _DITTO
        ):
            return cell
        return self._last.get(field)

    def _forget(self, found: Mapping[str, Cell]) -> None:
        """Forget the days of a batch where another begins."""
        if any(
            found.get(field) is not None and found[field] != self._last.get(field) for field in ("programme", "batch")
        ):
            for field in ("period", "start", "end"):
                self._last.pop(field, None)


def _is_said_otherwise(field: str, found: Mapping[str, Cell]) -> bool:
    """Tell whether the period is said by the fields of its ends, or they by it."""
    others = {"period": ("start", "end"), "start": ("period",), "end": ("period",)}.get(field, ())
    return any(found.get(other) is not None for other in others)


def _cell(field: str, row: Row, several: Several) -> Cell:
    """Return what the columns of a field say: the parts joined, the first mark, or the first that says anything."""
    if len(several) == 1 and not several[0][1].says:
        return row.at(several[0][0])
    said = [(one, cell) for at, one in several if (cell := row.at(at)) is not None]
    if field in _JOINED and (field == "skills" or len({one.part for one, _ in said}) > 1):
        return _JOINED[field].join(_text(cell) for _, cell in sorted(said, key=lambda each: each[0].part))
    return next((_marked(one, cell) for one, cell in said if not (one.says and _text(cell) in _NO_MARK)), None)


def _marked(one: Held, cell: Cell) -> Cell:
    """Return what a mark in its column says, or the cell itself where it says more than a mark."""
    return one.says if one.says and len(_text(cell)) <= 1 else cell


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
