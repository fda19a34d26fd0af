"""A client: a partner's program, which asks for tokens with a secret of its own (RFC 6749, section 4.4)."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gateway.account.model import digest, secret
from services.common.errors import Conflict, Forbidden, Missing, Refused
from services.reference import scopes as reference
from services.reference.scopes import PARTIES

SECRETS_AT_MOST = 2  # the old one and the new one


class ClientUnknown(Missing):
    """No program has this id."""


class ClientEnded(Conflict):
    """This program has ended: register a new one."""


class SecretUnknown(Missing):
    """The program has no secret of this id."""


class SecretsFull(Conflict):
    """A program has two secrets at most: drop the old one first."""


class SecretLast(Conflict):
    """A program keeps its last secret: make a new one first, or end the program."""


class ScopeUnfit(Refused):
    """A program has at least one scope, and only such as are for its party."""


class OnlyForManagers(Forbidden):
    """Only a manager of the team may do this."""


class OnlyForOwnParty(Forbidden):
    """A team registers programs of its own party alone."""


@dataclass(frozen=True, kw_only=True)
class Secret:
    """One of a client's secrets, of which a digest is kept."""

    id: str
    digest: str = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Client:
    """Whose program it is (own, of a party), and what it may do.

    Tokens that were given before `valid_from` are over; one that ended has no secret any more.
    """

    id: str
    version: int
    name: str
    party: str
    own: str
    scopes: tuple[str, ...]
    secrets: tuple[Secret, ...]
    made_by: str
    created_at: datetime
    valid_from: datetime
    ended_at: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    def matching(self, secret: str) -> Secret | None:
        """Return which of its secrets this is; as much is done for one that is none."""
        said = digest(secret)
        found = [each for each in self.secrets if hmac.compare_digest(each.digest, said)]
        return found[0] if found else None


def named(id_: str) -> str:
    """Return the id of a client, as its partner knows it: it says what it is where it is found astray."""
    return f"begawi-{id_}"


def check(party: str, scopes: Collection[str], *, by: str) -> None:
    """Refuse scopes that are not for the party, and a party that is not of whoever has the role `by`.

    :raises OnlyForOwnParty: an employer or an institution names the other party.
    :raises ScopeUnfit: with the scopes that fit.
    """
    if by in PARTIES and by != party:
        raise OnlyForOwnParty
    fitting = reference.of_party(party)
    if not scopes or not set(scopes) <= set(fitting):
        raise ScopeUnfit(fields={"/scopes": f"For this party there are: {', '.join(fitting)}."})


LONG_AGO = datetime.fromtimestamp(0, UTC)
# It stands in for a client that there is not, so that as much is done for it.
NOBODYS = Client(
    id="nobody",
    version=1,
    name="",
    party="",
    own="",
    scopes=(),
    secrets=(Secret(id="none", digest=digest(secret()), made_at=LONG_AGO),),
    made_by="",
    created_at=LONG_AGO,
    valid_from=LONG_AGO,
    ended_at=LONG_AGO,
)
