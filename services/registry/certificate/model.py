"""A certificate: proof that a worker has a skill, at a level, for a time."""

from dataclasses import dataclass
from datetime import date

from services.common.errors import Conflict, Missing, Refused
from services.reference import evidence


class CertificateUnknown(Missing):
    """No certificate has this id."""


class CertificateAddsNothing(Conflict):
    """The worker holds a certificate of this skill that is at least as high and holds at least as long."""

    path = "/v1/certificates/{}"


class CertificateNumberTaken(Conflict):
    """This issuer's certificate of this number is in the registry already, at the address in Location."""

    path = "/v1/certificates/{}"


class CertificateEndsBeforeItBegins(Refused):
    """A certificate's last day cannot be before the day of its issue."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    id: str
    version: int
    worker_id: str
    skill: str
    level: int  # 1 to 5
    number: str
    scheme: str | None
    issuer: str | None  # None: whoever sent the certificate did not say
    issued_on: date | None  # None: likewise; it then proves nothing on its own
    valid_until: date | None  # the last day it holds; None: without end
    revoked_on: date | None = None

    def is_valid(self, on: date) -> bool:
        known = self.issued_on is not None and evidence.holds(self.issued_on, self.valid_until, on)
        return self.revoked_on is None and known

    @property
    def proves(self) -> bool:
        """Whether it is to be told to others: not revoked, and of a known day."""
        return self.revoked_on is None and self.issued_on is not None

    def covers(self, other: "Certificate") -> bool:
        """Tell whether the other one adds nothing to this."""
        ends, others = self.valid_until or date.max, other.valid_until or date.max
        return self.revoked_on is None and self.skill == other.skill and self.level >= other.level and ends >= others
