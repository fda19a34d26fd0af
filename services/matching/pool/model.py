"""The pool: all people as the engine holds them in memory, by their ids."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from services.matching.engine import packing, score
from services.matching.engine.asking import query
from services.matching.engine.conditions import Condition
from services.matching.engine.conditions import of as conditions_of
from services.matching.engine.core.engine import Engine
from services.matching.engine.links import Taxonomy
from services.matching.engine.parties import FREE, Person, Requirement
from services.matching.engine.score import Scale
from services.matching.engine.weights import Rarity

SPARE = 1024  # skills that may come before all is loaded anew
GROWN = 2048, 100  # from so many changes on, and one of so many people, searches become slower


class Ranked(NamedTuple):
    """Somebody's place in a list: units of the score, then a tie; the higher the better."""

    units: int
    tie: int
    id: str


class Counted(NamedTuple):
    """How many meet every hard condition: in all, by district, by rank of education.

    without: how many more would, if one condition were dropped.
    """

    total: int
    districts: Mapping[str, int]
    ranks: Sequence[int]
    without: Mapping[Condition, int]


class Pool:
    """People by id; any number of threads may ask while one changes them."""

    def __init__(self, ids: Sequence[str], rows: Sequence[bytes], numbers: Mapping[str, int]) -> None:
        """:param ids: ascending, of the packed rows. numbers: of skills, at least of those in the rows."""
        self.latest: str | None = None  # who changed last
        self._ids = np.array([id_.encode() for id_ in ids], dtype=np.bytes_)
        self._added: dict[str, int] = {}
        self._late: list[str] = []
        people, districts = packing.unpack_all(rows)
        skills = max(numbers.values(), default=0) + SPARE
        self.engine = Engine(people, districts, skills=skills, places=len(packing.places()))
        self.learn(numbers)

    @property
    def is_grown(self) -> bool:
        """Whether so many changed that an index should be built of all."""
        least, share = GROWN
        return self.engine.changed > max(least, len(self.engine) // share)

    def learn(self, numbers: Mapping[str, int]) -> None:
        """Take the numbers of skills over as they are now."""
        self._numbers, self._known = numbers, frozenset(numbers.values())

    def knows(self, packed: bytes) -> bool:
        """Tell whether all skills of a packed row are known."""
        return self._known.issuperset((packing.unpack(packed).held >> 8).tolist())

    @classmethod
    def warm(cls) -> None:
        """Have all kernels compiled, or read from the cache, before the first who asks has to wait for it."""
        someone = Person(
            id="",
            district=packing.place_codes()[0],
            education="none",
            availability=FREE,
            available_from=None,
            skills={},
            certificates=(),
        )
        packed = packing.pack(someone, {})
        pool = cls([someone.id], [packed], {})
        asked = Requirement(skills=(), certificates=(), education=None, district=someone.district, starts_on=date.min)
        for _ in range(2):
            pool.top(Scale(asked, Taxonomy(), Rarity()), 1)
            pool.count(Scale(asked, Taxonomy(), Rarity()))
            pool.put(someone.id, packed)
        pool.engine.merge()

    def put(self, id_: str, packed: bytes | None) -> None:
        """Have somebody be as a packed row says, from now on; None: they are gone.

        :raises TooMany: there are more skills than there was room for; the pool has to be made anew.
        """
        number = self._number(id_)
        if number is not None or packed is not None:
            row = packing.unpack(packed) if packed else packing.nobody()
            self.engine.change(len(self._ids) + len(self._late) if number is None else number, row)
            if number is None:
                self._added[id_] = len(self._ids) + len(self._late)
                self._late.append(id_)
        self.latest = id_

    def top(self, scale: Scale, limit: int) -> list[Ranked]:
        """Return the best, the best first."""
        numbers, units = self.engine.top(query(scale, self._numbers), limit)
        ids = [self._id(number) for number in numbers.tolist()]
        places = (score.place(each, id_, scale.requirement.salt) for each, id_ in zip(units.tolist(), ids, strict=True))
        return [Ranked(*place, id_) for place, id_ in zip(places, ids, strict=True)]

    def count(self, scale: Scale) -> Counted:
        """Count who meets every hard condition."""
        census = self.engine.count(query(scale, self._numbers))
        counts = census.districts.tolist()
        return Counted(
            total=int(census.total[0]),
            districts={code: count for code, count in zip(packing.place_codes(), counts, strict=True) if count},
            ranks=census.ranks.tolist(),
            without=dict(zip(conditions_of(scale.requirement), census.without.tolist(), strict=True)),
        )

    def _id(self, number: int) -> str:
        loaded = len(self._ids)
        return bytes(self._ids[number]).decode() if number < loaded else self._late[number - loaded]

    def _number(self, id_: str) -> int | None:
        if id_ in self._added:
            return self._added[id_]
        at = int(np.searchsorted(self._ids, id_.encode()))
        return at if at < len(self._ids) and self._ids[at] == id_.encode() else None
