"""A taxonomy of skills: ours or another's, at a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.common.errors import Missing


class TaxonomyUnknown(Missing):
    """This taxonomy has not been imported."""


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    id: str
    version: str  # a hash of the file that it came from
    since: datetime
    counts: Mapping[str, int]
    attribution: str
