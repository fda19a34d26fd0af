"""From bytes to lines of text, in whatever encodings they were saved."""

import codecs
import io
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096  # bytes that show whether every second one is zero
_OFTEN, _SELDOM = 0.3, 0.05
_STRAY = {0: None, 0xFEFF: None, 0x1A: None}  # NUL, a byte order mark in the middle, the end of a file as DOS wrote it
_ANY_STRAY = re.compile("[\0\ufeff\x1a]")
# UTF-8 that was once taken for cp1252 and saved again.
_SCRAMBLED = re.compile(
    "[\u00c2-\u00ef][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}"
)
_CP1252 = "begawi.cp1252"


def lines(content: bytes) -> Iterator[str]:
    """Yield the physical lines without their ends.

    UTF-16 and UTF-32 by their marks or their zeros; anything else is UTF-8, and cp1252 where a byte is none.
    """
    wide = _wide(content)
    if wide:
        with io.TextIOWrapper(io.BytesIO(content), encoding=wide, errors="replace") as text:
            for line in text:
                yield _ANY_STRAY.sub("", line.removesuffix("\n"))
    else:
        for raw in _cut(content.removeprefix(codecs.BOM_UTF8)):
            yield _decoded(raw)


def _wide(content: bytes) -> str | None:
    """Return the encoding whose characters have several bytes each, if it is one."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE]
    even, odd = (sample[side::2].count(0) / max(1, len(sample) / 2) for side in (0, 1))
    if max(even, odd) > _OFTEN and min(even, odd) < _SELDOM:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _cut(content: bytes) -> Iterator[bytes]:
    """Yield the lines of a content that ends them with LF, CR LF, or CR alone."""
    end = b"\n" if content.count(b"\n") * 2 >= content.count(b"\r") else b"\r"
    start = 0
    while (at := content.find(end, start)) >= 0:
        yield content[start:at].strip(b"\r\n")
        start = at + 1
    if start < len(content):
        yield content[start:].strip(b"\r\n")


def _decoded(raw: bytes) -> str:
    text = raw.decode("utf-8", _CP1252)
    if raw.isascii() and b"\0" not in raw and b"\x1a" not in raw:
        return text
    return _SCRAMBLED.sub(_unscrambled, text).translate(_STRAY)


def _unscrambled(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _of_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as cp1252, and the five that it does not have as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    try:
        return bad.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return bad.decode("latin-1"), error.end


codecs.register_error(_CP1252, _of_cp1252)
