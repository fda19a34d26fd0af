"""Rows of headings: how they are known, and what stands over each column."""

import re
from collections.abc import Iterator, Mapping, Sequence

from services.registry.reading.sheets import headings, words
from services.registry.reading.sheets.row import Row, Spans

_CONTENT = re.compile(r"\d{9}|@|\d[-/.]\d{1,2}[-/.]\d|\d [A-Za-z]{3,9} \d")  # what no heading says
_LONGEST = 90  # characters of a heading
_TEXTS, _UNDERSTOOD, _MOSTLY = 0.75, 0.5, 0.6  # of the cells
_FIELDS = 3  # that a row of headings names at least; with name or NIK among them one less
_ALIKE = 0.8  # of the headings of a row that stands there again
_NUMBERING = re.compile(r"\(?\d{1,3}\)?\.?|\(?[a-z]\)?", re.IGNORECASE)


def is_header(row: Row) -> bool:
    """Tell whether a row names columns: most of its cells are made of words of headings, and mean different fields."""
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    if len(texts) < _FIELDS - 1 or _CONTENT.search("\x1f".join(texts)):
        return False
    filled = len(row.filled())
    if len(texts) < _TEXTS * filled or any(len(text) > _LONGEST for text in texts):
        return False
    meant = [meaning for text in texts if (meaning := headings.read(text)) and meaning.is_plain and not meaning.says]
    fields = {meaning.fields[0] for meaning in meant if meaning.fields}
    if len(fields) >= _FIELDS:
        return len(meant) >= _UNDERSTOOD * filled
    return len(fields) == _FIELDS - 1 and bool({"name", "nik"} & fields) and len(meant) >= _MOSTLY * filled


def repeats(over: Sequence[Row], row: Row) -> bool:
    """Tell whether a row stands among the headings already."""
    said = _keys(row)
    return any(_is_same(_keys(other), said) for other in over)


def _keys(row: Row) -> dict[int, str]:
    return {at: headings.normalise(cell) for at, cell in enumerate(row.cells) if isinstance(cell, str)}


def _is_same(one: Mapping[int, str], other: Mapping[int, str]) -> bool:
    shared = sum(one.get(at) == text for at, text in other.items())
    return bool(shared) and shared >= _ALIKE * max(len(one), len(other))


def goes_on(over: Sequence[Row], row: Row) -> bool:
    """Tell whether a row below headings belongs to them: headings of parts, hints in brackets, numbers of columns."""
    above = over[-1]
    if is_numbering(row):
        return True
    if row.number > above.number + 1 or not _is_text(row):
        return False
    texts = [(at, str(row.cells[at])) for at in row.filled()]
    news = [(at, text) for at, text in texts if _is_new(text, above.at(at))]
    known = [text for at, text in news if text.startswith("(") or _means(text, _group(above, at))]
    return len(known) >= _MOSTLY * len(news) and (bool(news) or len(texts) > 1)


def _is_text(row: Row) -> bool:
    """Tell whether a row may be headings: nothing but text, and nothing that only people's lines say."""
    return all(cell is None or (isinstance(cell, str) and not _CONTENT.search(cell)) for cell in row.cells)


def _is_new(text: str, above: object) -> bool:
    return headings.normalise(text) != headings.normalise(str(above or ""))


def _group(above: Row, at: int) -> str:
    """Return the heading that reaches from the left over a column."""
    return next((str(cell) for cell in reversed(above.cells[: at + 1]) if cell is not None), "")


def _means(text: str, group: str) -> bool:
    meaning = headings.read(text, group)
    return meaning is not None and meaning.is_plain


def is_numbering(row: Row) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3), a b c."""
    said = [str(cell).strip() for cell in row.cells if cell is not None]
    return len(said) > _FIELDS and len(set(said)) == len(said) and all(map(_NUMBERING.fullmatch, said))


def is_group(row: Row, below: Row, spans: Spans) -> bool:
    """Tell whether a row names groups of the columns whose headings stand right below it."""
    texts = row.texts()
    if row.number != below.number - 1 or not 1 < len(texts) <= len(below.filled()) or not _is_text(row):
        return False
    if max(row.filled()) > max(below.filled()) + 1 or any(":" in text or len(text) > _LONGEST for text in texts):
        return False
    is_merged = any((row.number, at) in spans for at in row.filled())
    return is_merged or all(words.plain(text)[1] for text in texts)


def may_be(row: Row, person: Row) -> bool:
    """Tell whether a row above people may name the columns in words that nobody knows."""
    return _is_text(row) and len(row.filled()) >= max(2, _UNDERSTOOD * len(person.filled()))


def columns_of(over: Sequence[Row], width: int, spans: Spans) -> Iterator[list[str]]:
    """Yield of each column the texts of its headings from top to bottom, each once."""
    pairs = zip(over, [*over[1:], None], strict=False)
    rows = [_spread(row, below, width, spans) for row, below in pairs if not is_numbering(row)]
    for column in range(width):
        texts: list[str] = []
        for row in rows:
            if row[column] and (not texts or _is_new(row[column], texts[-1])):
                texts.append(row[column])
        yield texts


def _spread(row: Row, below: Row | None, width: int, spans: Spans) -> list[str]:
    """Return the texts of a row of headings, those of groups over all columns that they cover."""
    texts = [" ".join(str(row.at(column) or "").split()) for column in range(width)]
    if below is None or is_numbering(below):
        return texts
    merged = {at: last for (number, at), last in spans.items() if number == row.number and at < width}
    for at, last in merged.items():
        texts[at : last + 1] = [texts[at]] * (min(last, width - 1) - at + 1)
    for at in range(1, width if not merged else 0):
        if not texts[at] and below.at(at) is not None and below.at(at - 1) is not None:
            texts[at] = texts[at - 1]
    return texts
