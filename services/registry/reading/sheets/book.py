"""A file that holds lists of participants: what it is shows its content, never its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.registry.reading.sheets import markup, unreadable, workbook
from services.registry.reading.sheets.delimited import Delimited
from services.registry.reading.sheets.markup import Markup
from services.registry.reading.sheets.row import Sheet
from services.registry.reading.sheets.table import Table
from services.registry.reading.sheets.unreadable import Unreadable

_OTHER: tuple[tuple[type[Unreadable], tuple[bytes, ...]], ...] = (
    (
        unreadable.Picture,
        (
            b"\x89PNG",
            b"\xff\xd8\xff",
            b"GIF8",
            b"BM\x00",
            b"II*\0",
            b"MM\0*",
            b"RIFF",
            b"\0\0\0 ftyp",
            b"\0\0\0\x18ftyp",
        ),
    ),
    (unreadable.Document, (b"%PDF", b"{\\rtf", b"%!PS", b"MIME-Version:")),
    (unreadable.Archive, (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")),
)
_GUIDE = re.compile(r"\b(?:petunjuk|cara|panduan|instruksi|contoh|referensi|pilihan)\b", re.IGNORECASE)  # of a sheet
_SAMPLE = 20_000  # bytes that show whether it is text
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOST_CONTROL = 0.01  # of the bytes of a text
_SOME_TEXT = re.compile(rb"[\w,;|]")


def open_book(content: bytes, file_name: str) -> "Book":
    """Open a file of whatever kind it is.

    :raises Unreadable: it is no spreadsheet, or one that cannot be opened.
    """
    return Book(file_name, _sheets(content))


@dataclass(frozen=True, slots=True)
class Book:
    """An opened file."""

    file_name: str
    sheets: list[Sheet]

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of sheets that are not read, because they are hidden: old copies, lists for choosing."""
        return tuple(sheet.name or "" for sheet in self.sheets if sheet.is_hidden)

    def tables(self, remembered: Mapping[str, str | None]) -> list[Table]:
        """Return the lists of participants from first to last; those of hidden sheets where there are no others.

        :param remembered: field by normalised heading, or None for a column whose cells are not kept.
        :raises NoParticipants: there is no list of participants in it.
        """
        for is_hidden in (False, True):
            sheets = [sheet for sheet in self.sheets if sheet.is_hidden == is_hidden]
            if found := [table for sheet in sheets for table in Table.all_of(sheet, remembered)]:
                return [table for table in found if not _GUIDE.search(table.sheet or "")] or found
        raise unreadable.NoParticipants


def _sheets(content: bytes) -> list[Sheet]:
    if workbook.is_workbook(content):
        return [*workbook.pages(content)]
    for refusal, starts in _OTHER:
        if content.startswith(starts):
            raise refusal
    if markup.is_markup(content):
        return [Markup(content)]
    _check_text(content[:_SAMPLE])
    return [Delimited(content)]


def _check_text(sample: bytes) -> None:
    if not _SOME_TEXT.search(sample):
        raise unreadable.NotASpreadsheet if sample.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe\x1a") else unreadable.Empty
    if len(_CONTROL.findall(sample)) > _MOST_CONTROL * len(sample):
        raise unreadable.NotASpreadsheet
