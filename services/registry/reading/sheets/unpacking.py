"""What is in a packed file, and whether it may be opened: nothing here trusts it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from services.registry.reading.sheets.unreadable import (
    Archive,
    Damaged,
    Document,
    NotASpreadsheet,
    Protected,
    TooLarge,
)

# Measured: an opened sheet takes up to 1.8 bytes for each unpacked byte, and 32 for each cell of its rectangle.
MOST_UNPACKED = 100_000_000  # bytes of all parts that are read
MOST_CELLS = 4_000_000  # of the rectangle from A1 to the last cell that holds something
MOST_PARTS = 5_000
_CHUNK, _OVERLAP = 1 << 20, 400
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_READ = re.compile(
    r"xl/(?:worksheets/[^/]+\.xml|sharedStrings\.xml|styles\.xml|workbook\.xml)|xl/.*\.bin|content\.xml", re.IGNORECASE
)
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^<>]*?\sr="([A-Z]{0,3})(\d{1,7})"[^<>]*[^<>/]>')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"(?=[^<>]*(?:value-type|[^/<>]>\s*<text:p))')
_NAMES_OF_DOCUMENTS = ("word/", "ppt/", "visio/")


def check_zip(content: bytes) -> None:
    """Raise Unreadable where this is no workbook, or one that would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_names({part.filename for part in packed.infolist()}, packed)
            _check_sizes(packed)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        OSError,
        KeyError,
        UnicodeError,
        NotImplementedError,
    ) as error:
        raise Damaged from error
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise Protected from error


def check_ole(content: bytes) -> None:
    """Raise Unreadable where this container holds no .xls, or an encrypted workbook."""
    if _has(content, "EncryptedPackage") or _has(content, "EncryptionInfo"):
        raise Protected
    if _has(content, "WordDocument") or _has(content, "PowerPoint Document"):
        raise Document
    if not (_has(content, "Workbook") or _has(content, "Book")):
        raise NotASpreadsheet


def _has(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _check_names(names: set[str], packed: zipfile.ZipFile) -> None:
    if any(book in names for book in _BOOKS):
        return
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in packed.read("mimetype"):
            raise Document
        return
    if any(name.startswith(_NAMES_OF_DOCUMENTS) for name in names):
        raise Document
    raise NotASpreadsheet if "[Content_Types].xml" in names or any(".iwa" in name for name in names) else Archive


def _check_sizes(packed: zipfile.ZipFile) -> None:
    parts = [part for part in packed.infolist() if _READ.fullmatch(part.filename)]
    if len(packed.infolist()) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge
    for part in parts:
        # Reading it to its end also shows whether the directory lies about its size.
        _check_extent(_chunks(packed, part))


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the part in pieces that overlap, so that no cell is cut in each of them."""
    with packed.open(part) as unpacked:
        before = b""
        while chunk := unpacked.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _check_extent(chunks: Iterator[bytes]) -> None:
    """Raise TooLarge where cells stand so far apart that the rectangle around them would not fit into memory."""
    rows = columns = 1
    for chunk in chunks:
        for name, number in _CELL.findall(chunk):
            rows, columns = max(rows, int(number)), max(columns, _column(name))
        if rows * columns > MOST_CELLS or any(int(times) > MOST_CELLS // 100 for times in _REPEATED.findall(chunk)):
            raise TooLarge


def _column(name: bytes) -> int:
    """Return the number of a column, from 1 for A."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
