"""Tables of HTML or of XML Spreadsheet 2003, which web portals and old programs save as .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from services.registry.reading.sheets import decoding
from services.registry.reading.sheets.row import Row, Spans
from services.registry.reading.sheets.unreadable import TooLarge

LONGEST = 20_000_000  # bytes: every cell is held
_START = re.compile(
    rb"\A[\s\xef\xbb\xbf\0\xff\xfe]*(?:<!doctype\s+html|<html|<table|<style|<meta|<head|<body|<\?xml[^>]*\?>\s*(?:<\?mso[^>]*\?>\s*)?<(?:ss:)?workbook)",
    re.IGNORECASE,
)
_CELLS, _ROWS, _TITLES = {"td", "th", "cell"}, {"tr", "row"}, {"h1", "h2", "h3", "h4", "p", "caption", "div"}
_SILENT = {"style", "script", "title", "head"}
_MOST_COLUMNS = 500


def is_markup(content: bytes) -> bool:
    return _START.match(content[:2000].replace(b"\0", b"")) is not None


class Markup:
    """All tables of a page below each other, as a spreadsheet program opens them."""

    name = None
    is_hidden = False

    def __init__(self, content: bytes) -> None:
        if len(content) > LONGEST:
            raise TooLarge
        reader = _Reader()
        for line in decoding.lines(content):
            reader.feed(line + "\n")
        reader.close()
        self._rows = reader.rows

    def spans(self) -> Spans:
        return {}

    def rows(self) -> Iterator[Row]:
        for number, cells in enumerate(self._rows, 1):
            if any(cells):
                yield Row(number, None, tuple(cells))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str | None]] = []
        self._text: list[str] | None = None
        self._is_cell, self._silent = False, 0
        self._covering: dict[int, tuple[int, int, str]] = {}  # by column: first and last row of a cell, and its text
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag, given = tag.removeprefix("ss:"), dict(attrs)
        self._silent += tag in _SILENT
        if tag in _ROWS:
            self._end_cell()
            self._fill(self._start_row())
        elif tag in _CELLS:
            self._end_cell()
            self._start_cell(given)
        elif tag == "br" and self._text is not None:
            self._text.append("\n")
        elif tag in _TITLES and not self._is_cell:
            self._end_title()
            self._text = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in {"br", "meta", "link", "img"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _CELLS or tag in _ROWS:
            self._end_cell()
        elif tag in _TITLES and not self._is_cell:
            self._end_title()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()
        self._end_title()

    def _start_row(self) -> list[str | None]:
        self._end_title()
        self.rows.append([])
        return self.rows[-1]

    def _start_cell(self, given: dict[str, str | None]) -> None:
        self._end_title()
        row = self.rows[-1] if self.rows else self._start_row()
        index = _number(given.get("ss:index"), 0)
        row += [None] * min(index - 1 - len(row), _MOST_COLUMNS)
        wide = max(_number(given.get("colspan"), 1), _number(given.get("ss:mergeacross"), 0) + 1)
        high = max(_number(given.get("rowspan"), 1), _number(given.get("ss:mergedown"), 0) + 1)
        self._spans, self._is_cell, self._text = (wide, high), True, []

    def _end_cell(self) -> None:
        if not self._is_cell:
            return
        text, row = _tidy(self._text or []), self.rows[-1]
        wide, high = self._spans
        if high > 1:
            self._covering[len(row)] = (len(self.rows), len(self.rows) + high - 1, text)
        row += [text or None, *[None] * (min(wide, _MOST_COLUMNS) - 1)]
        self._text, self._is_cell = None, False
        self._fill(row)

    def _fill(self, row: list[str | None]) -> None:
        """Put what cells of the rows above cover before the next cell."""
        while len(row) in self._covering:
            first, last, text = self._covering[len(row)]
            if not first < len(self.rows) <= last:
                return
            row.append(text or None)

    def _end_title(self) -> None:
        text = _tidy(self._text or [])
        if text and not self._is_cell:
            self.rows.append([text])
        self._text = None if not self._is_cell else self._text


def _number(text: str | None, missing: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isdecimal() and len(text) < 9 else missing  # noqa: PLR2004


def _tidy(parts: list[str]) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(parts).split("\n"))))
