"""Names: from what people write or type to the concept that they mean.

It knows nothing of skills or occupations: it is given terms, in Indonesian and English, and is pure.
"""

from services.reference.naming.index import Index
from services.reference.naming.terms import Hit, Reading, Term

__all__ = ["Hit", "Index", "Reading", "Term"]
