"""Whether the cells of a row stand under their headings."""

from collections.abc import Iterator, Mapping, Sequence

from services.registry.reading.cells import Cell
from services.registry.reading.sheets import contents
from services.registry.reading.sheets.columns import LOOKS
from services.registry.reading.sheets.contents import Column
from services.registry.reading.sheets.row import Row

# What a cell of these fields is, no cell of the others is.
_TELLING = frozenset(("nik", "date", "born", "two_dates", "email", "phone", "sex"))
_FREE = frozenset(("address", "full_address", "skills", "note", "name"))
_HABIT = 0.7  # of the cells of a column: what has to look like its field, so that another look is telling
_ENOUGH, _NEARLY_ALL = 4, 0.8  # of the rows
_BETTER = 2  # cells more that fit where they are put


class Moving:
    """Tells of the rows of one table whose cells have moved, and puts them back as far as that can be told."""

    def __init__(self, columns: Mapping[int, str], people: Sequence[Row], width: int, *, has_spare: bool) -> None:
        """:param people: some of the rows; width: columns with a heading; has_spare: some rows are longer anyway."""
        self._columns, self._width, self._has_spare = columns, width, has_spare
        self._used = [at for at in range(width) if at in columns or any(row.at(at) is not None for row in people)]
        self._least = _last_that_is_filled(columns, people) + 1
        self._looks = {
            at: LOOKS[field]
            for at, field in columns.items()
            if field in LOOKS
            and field not in _FREE
            and _is_usual(LOOKS[field], Column.of([row.at(at) for row in people]))
        }

    def look(self, row: Row) -> tuple[Row, bool]:
        """Return the row with its cells put back as far as possible, and whether they had moved."""
        is_long = not self._has_spare and any(cell is not None for cell in row.cells[self._width :])
        is_odd = is_long or len(row.cells) < self._least
        fit, odd, wrong = self._fit(row.cells)
        if not is_odd and (odd < _BETTER or odd + wrong <= _BETTER):
            return row, False
        best, most, left = row.cells, fit - wrong, odd
        for cells in self._put_back(row.cells):
            now, still_odd, still_wrong = self._fit(cells)
            if now - still_wrong > most:
                best, most, left = cells, now - still_wrong, still_odd
        is_better = most - (fit - wrong) >= _BETTER and odd - left >= _BETTER
        is_moved = is_odd or is_better or wrong > _BETTER
        return (Row(row.number, row.first_line, best), True) if is_moved else (row, False)

    def _fit(self, cells: Sequence[Cell]) -> tuple[int, int, int]:
        """Return how many cells look like their column's, how many do not, and how many of these like another's."""
        fit = odd = wrong = 0
        for at, looks in self._looks.items():
            cell = cells[at] if at < len(cells) else None
            if cell is None:
                continue
            if contents.looks_like(cell, looks):
                fit += 1
                continue
            seen = contents.of(cell)
            odd += 1
            wrong += not seen.isdisjoint(_TELLING) and not ("date" in seen and "two_dates" in looks)
        return fit, odd, wrong

    def _put_back(self, cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
        """Yield the row as it would be had a cell been cut in two, or one been left out; after free text first."""
        yield from self._along(cells, range(max(len(cells), self._width)))
        if len(self._used) < self._width:
            yield from self._along(cells, [*self._used, *range(self._width, len(cells))])

    def _along(self, cells: Sequence[Cell], places: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
        """Yield what `_put_back` does, where cells moved along these columns."""
        row = [cells[at] if at < len(cells) else None for at in places]
        order = sorted(range(1, len(row)), key=lambda at: self._columns.get(places[at - 1]) not in _FREE)
        for at in order:
            yield _set(cells, places, [*row[: at - 1], _both(row[at - 1], row[at]), *row[at + 1 :], None])
        for at in range(len(row)):
            yield _set(cells, places, [*row[:at], None, *row[at:-1]])


def _set(cells: Sequence[Cell], places: Sequence[int], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with those at these places exchanged."""
    new = dict(enumerate(cells)) | dict(zip(places, row, strict=True))
    return tuple(new[at] for at in sorted(new))


def _last_that_is_filled(columns: Mapping[int, str], people: Sequence[Row]) -> int:
    """Return the last column that hardly any row leaves blank: a row that ends before it lacks a cell."""
    filled = {at: sum(row.at(at) is not None for row in people) for at in columns}
    return max(
        (at for at, count in filled.items() if count >= _ENOUGH and count >= _NEARLY_ALL * len(people)), default=-1
    )


def _is_usual(looks: Sequence[str], column: Column) -> bool:
    return column.filled > 1 and max(map(column.share, looks)) >= _HABIT


def _both(one: Cell, other: Cell) -> Cell:
    return ", ".join(str(cell).strip() for cell in (one, other) if cell is not None) or None
