"""An occupation of KBJI 2014, as the registry shows it."""

from dataclasses import dataclass

from services.common.errors import Missing
from services.reference import occupations
from services.reference.occupations import Occupation


class OccupationUnknown(Missing):
    """KBJI 2014 has no occupation with this code."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An occupation with the groups that it stands in, the major one first."""

    code: str
    title: str
    groups: tuple[Occupation, ...]


def get(code: str) -> Placed:
    """:raises OccupationUnknown: there is no such code."""
    try:
        return _placed(occupations.occupation(code))
    except occupations.OccupationUnknown:
        raise OccupationUnknown(code) from None


def search(*, q: str, limit: int) -> list[Placed]:
    """Return the occupations that words name, the best first."""
    return [_placed(found) for found in occupations.search(q, limit)]


def _placed(found: Occupation) -> Placed:
    return Placed(code=found.code, title=found.title, groups=tuple(occupations.parents(found.code)))
