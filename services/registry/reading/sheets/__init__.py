"""From a file's bytes to the rows of its participants, and which column holds what."""

from services.registry.reading.sheets.book import Book, open_book
from services.registry.reading.sheets.headings import normalise
from services.registry.reading.sheets.table import RawLine, Table
from services.registry.reading.sheets.unreadable import Unreadable

__all__ = ["Book", "RawLine", "Table", "Unreadable", "normalise", "open_book"]
