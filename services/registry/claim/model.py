"""A claim: somebody says that they are a worker of the registry, and proves it."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from services.common.errors import Refused

WRONG_AT_MOST = 5  # a day: numbers for one NIK, NIKs for one worker
KEPT = timedelta(days=2)  # of a count of tries, which is that of one day
NUMBER_AT_LEAST = 4  # letters and digits: what is shorter is too easily guessed to prove anything


class ClaimNotProven(Refused):
    """This does not prove whose record it is: look at the numbers again, or ask at the manpower office for a code."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What came of a claim. It is one whether or not it was proven: a try that failed is kept too.

    worker_id: None: it is not proven.
    guardian_needed: the worker is under 18.
    """

    worker_id: str | None
    guardian_needed: bool = False

    def proven(self) -> "Claim":
        """Return the claim itself.

        :raises ClaimNotProven: it is not, for whatever reason.
        """
        if self.worker_id is None:
            raise ClaimNotProven
        return self


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a worker can be written to; both None where nobody can."""

    worker_id: str | None = None
    email: str | None = None


def proves(said: str, held: str) -> bool:
    """Tell whether a number that was said is a certificate's, however either is written."""
    number = _signs(held)
    return len(number) >= NUMBER_AT_LEAST and _signs(said) == number


def _signs(number: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", number).upper()))
