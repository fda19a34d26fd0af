"""Why a file is not read at all. Each sentence tells its sender what to do."""

from typing import ClassVar

from services.common.errors import Refused


class Unreadable(Refused):
    """This file cannot be read as a spreadsheet: save it as .xlsx or .csv and send that."""

    code: ClassVar[str] = "unreadable"

    @classmethod
    def named(cls, code: str) -> type["Unreadable"]:
        """Return the kind that has a code."""
        return next(kind for kind in (cls, *cls.__subclasses__()) if kind.code == code)


class Empty(Unreadable):
    """The file is empty: choose the right one and send it again."""

    code = "empty"


class NotASpreadsheet(Unreadable):
    """This is no spreadsheet: save the list of participants as .xlsx or .csv and send that."""

    code = "not_a_spreadsheet"


class Picture(Unreadable):
    """This is a picture or a scan: type the list of participants into a spreadsheet and send that."""

    code = "picture"


class Document(Unreadable):
    """This is a document, not a spreadsheet: copy its table into a spreadsheet and send that."""

    code = "document"


class Archive(Unreadable):
    """This is an archive: unpack it and send the spreadsheets in it one by one."""

    code = "archive"


class Protected(Unreadable):
    """The file is protected by a password: save it without one and send it again."""

    code = "protected"


class Damaged(Unreadable):
    """The file is damaged: open it in a spreadsheet program, save it anew as .xlsx and send that."""

    code = "damaged"


class TooLarge(Unreadable):
    """The file is too large once it is unpacked: split it by batch, or save it as .csv, and send that."""

    code = "too_large"


class NoParticipants(Unreadable):
    """No list of participants was found: it needs a line of headings, such as Nama and NIK, above the participants."""

    code = "no_participants"
