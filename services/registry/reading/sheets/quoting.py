"""Cells out of a line, and records out of lines, where quotes may be stray."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_MOST_LINES = 60  # that a cell may have
_LONGEST = 40_000  # characters of a record of several lines
_TITLE = 2  # cells that a line of a title may have


class Quoting:
    """How cells are quoted with one delimiter. A quote closes only where a delimiter or the end follows.

    :param width: how many cells a record usually has; 0 where that is not known yet.
    :param is_even: nearly every record has so many; lines with fewer that make one together are one, broken in two.
    """

    def __init__(self, delimiter: str, width: int, *, is_even: bool = False) -> None:
        self.delimiter, self._width, self._is_even = delimiter, width, is_even
        self._quoted, self._closing, self._clean = _patterns(delimiter)

    def records(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the number of the first line (from 1) and the cells of each record."""
        ahead: deque[str] = deque()
        at = 1
        while True:
            line = ahead.popleft() if ahead else next(lines, None)
            if line is None:
                return
            cells, more = self._record(line, lines, ahead)
            for _ in range(more):
                ahead.popleft()
            yield at, cells
            at += 1 + more

    def cells(self, text: str) -> list[str]:
        """Return the cells of a text that is a whole record; a quote that does not close is a sign as any other."""
        if '"' not in text:
            return text.split(self.delimiter)
        cells, is_closed, is_clean = self._split(text)
        if (is_closed and is_clean) or len(cells) >= self._width:
            return cells
        literal = text.split(self.delimiter)  # a stray quote may have met another one
        return literal if len(literal) == self._width else cells

    def _record(self, line: str, lines: Iterator[str], ahead: deque[str]) -> tuple[list[str], int]:
        """Return a record's cells, and how many lines after its first one belong to it."""
        cells = self.cells(line)
        if '"' in line and not self._split(line).is_closed:
            return self._closed(line, lines, ahead) or (cells, 0)
        if self._is_even and _TITLE < len(cells) < self._width:
            ahead.extend(islice(lines, 1 - len(ahead)) if not ahead else ())
            rest = self.cells(ahead[0]) if ahead else []
            if 1 < len(rest) < self._width and len(cells) + len(rest) == self._width + 1:
                return [*cells[:-1], f"{cells[-1]}\n{rest[0]}", *rest[1:]], 1
        return cells, 0

    def _closed(self, line: str, lines: Iterator[str], ahead: deque[str]) -> tuple[list[str], int] | None:
        """Return the cells of a record whose open quote a line further down closes; None where none does."""
        text, most = line, max(self._width, len(self.cells(line)))
        for more in range(1, _MOST_LINES):
            ahead.extend(islice(lines, max(0, more - len(ahead))))
            if len(ahead) < more or len(text) > _LONGEST or self._is_whole(ahead[more - 1]):
                return None
            text = f"{text}\n{ahead[more - 1]}"
            if self._closing.search(ahead[more - 1]):
                split = self._split(text)
                if split.is_closed and (len(split.cells) <= most if self._width else split.is_clean):
                    return split.cells, more
        return None

    def _is_whole(self, line: str) -> bool:
        """Tell whether a line is a record by itself, so that an open quote before it was stray."""
        return self._width > 1 and line.count('"') % 2 == 0 and len(self.cells(line)) == self._width

    def _split(self, text: str) -> "_Split":
        if len(text) < _LONGEST and self._clean.fullmatch(text):
            return _Split(next(csv.reader([text], delimiter=self.delimiter)), is_closed=True, is_clean=True)
        cells, at, is_closed, is_clean = [], 0, True, True
        while at <= len(text):
            found = self._quoted.match(text, at)
            if found:
                cells.append(found[1].replace('""', '"'))
                is_clean = is_clean and '"' not in found[1].replace('""', "")
                at = found.end() + 1
            else:
                end = text.find(self.delimiter, at)
                end = len(text) if end < 0 else end
                cells.append(text[at:end])
                is_closed = is_closed and not cells[-1].lstrip(" ").startswith('"')
                at = end + 1
        return _Split(cells, is_closed, is_clean)


class _Split(NamedTuple):
    """The cells of a text. is_closed: every quote that opened closed too; is_clean: those within were doubled."""

    cells: list[str]
    is_closed: bool
    is_clean: bool


@lru_cache(maxsize=16)
def _patterns(delimiter: str) -> tuple[re.Pattern[str], ...]:
    """Return what a quoted cell is (it may hold quotes that nobody doubled), what closes one, what a good line is."""
    between = re.escape(delimiter)
    end, flawless = rf" *(?={between}|\Z)", rf'(?:"(?:[^"\r\n]++|"")*+"|[^"{between}\r\n]*+)'
    return (
        re.compile(rf' *"((?:[^"]++|""|"(?!{end}))*+)"{end}'),
        re.compile(rf'"{end}'),
        re.compile(rf"{flawless}(?:{between}{flawless})*+"),
    )
