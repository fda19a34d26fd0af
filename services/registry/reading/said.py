"""The cells of one line by their fields, healed once."""

from collections.abc import Mapping

from services.registry.reading.cells import Cell
from services.registry.reading.fields import personal, texts
from services.registry.reading.fields.texts import NO_TEXT

# In these a plus or a minus at the start belongs to what is said, or says nothing.
_SIGNED = frozenset(
    "no nik phone birth ttl issued expires validity period start end policy_from policy_until batch".split()  # noqa: SIM905
)
_NOT_KEPT = frozenset(("no",))  # a running number may well be a formula


class Said:
    """What a line says. A field that its file has no column for says nothing, and `has` tells."""

    def __init__(self, fields: Mapping[str, Cell]) -> None:
        self._cells = fields
        self._texts = {
            field: texts.read(cell, signed=field in _SIGNED)
            for field, cell in fields.items()
            if cell is not None and cell != "" and field not in _NOT_KEPT
        }

    def has(self, field: str) -> bool:
        """Tell whether the file has a column for it."""
        return field in self._cells

    def whole(self, field: str) -> str:
        """Return the text as it stands, also where it says that there is nothing: -, belum ada."""
        return self._texts.get(field, NO_TEXT).text

    def text(self, field: str) -> str:
        """Return the text with its lines, or an empty one where nothing is meant."""
        text = self.whole(field)
        return "" if texts.is_nothing(text) else text

    def line(self, field: str) -> str | None:
        """Return the text as it is kept, in one line."""
        return texts.line(self.whole(field))

    def clear(self, field: str) -> str | None:
        """Return the line without what leads to a person: it is kept unsealed."""
        line = self.line(field)
        return (personal.without(line) or None) if line else None

    def cell(self, field: str) -> Cell:
        """Return a number or a date as it is, anything else as `text`."""
        cell = self._cells.get(field)
        return self.text(field) if cell is None or isinstance(cell, str) else cell

    def is_number(self, field: str) -> bool:
        """Tell whether the spreadsheet holds a number there."""
        return isinstance(self._cells.get(field), int | float)

    def warnings(self) -> list[str]:
        """Return what is to be said of the texts themselves."""
        found = self._texts.values()
        unsafe, long = any(text.unsafe for text in found), any(text.long for text in found)
        return ["unsafe_text"] * unsafe + ["text_too_long"] * long
