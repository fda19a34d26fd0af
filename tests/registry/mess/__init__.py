"""Spreadsheets that nobody has tuned anything to, with what they really say, and a score of whoever reads them.

Everybody in them is invented: NIK serials above 9000, phones with 0000 after the prefix, e-mail at example.com.
"""

from tests.registry.mess.regency import make_regency
from tests.registry.mess.truth import Line, MessyFile

__all__ = ["Line", "MessyFile", "make_regency"]
