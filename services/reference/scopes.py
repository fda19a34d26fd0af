"""What a partner's program may be let do (RFC 6749, section 3.3): each scope, for whom it is and where it is needed."""

from collections.abc import Iterable
from dataclasses import dataclass

EMPLOYER, INSTITUTION = "employer", "institution"
PARTIES = (EMPLOYER, INSTITUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """parties: whose programs may have it; services: who must take a token that has it; sentence: what it opens."""

    parties: frozenset[str]
    services: frozenset[str]
    sentence: str


def _scope(party: str, service: str, sentence: str) -> Scope:
    return Scope(parties=frozenset({party}), services=frozenset({service}), sentence=sentence)


SCOPES = {
    "vacancies.read": _scope(EMPLOYER, "vacancies", "Read the employer's vacancies."),
    "vacancies.write": _scope(EMPLOYER, "vacancies", "Write, publish and close the employer's vacancies."),
    "employer.read": _scope(EMPLOYER, "vacancies", "Read what is registered of the employer."),
    "candidates.read": _scope(EMPLOYER, "matching", "Read the candidates of the employer's vacancies, without names."),
    "intakes.read": _scope(INSTITUTION, "registry", "Read how the institution's spreadsheets were taken in."),
    "intakes.write": _scope(INSTITUTION, "registry", "Send spreadsheets of participants of the institution."),
    "batches.read": _scope(INSTITUTION, "registry", "Read the institution's batches."),
    "batches.write": _scope(INSTITUTION, "registry", "Open and change the institution's batches."),
    "enrolments.read": _scope(INSTITUTION, "registry", "Read who takes part in the institution's batches."),
    "enrolments.write": _scope(INSTITUTION, "registry", "Enrol workers in the institution's batches, and move them."),
}


def of_party(party: str) -> list[str]:
    """Return the names of the scopes that a party's programs may have."""
    return [name for name, scope in SCOPES.items() if party in scope.parties]


def services(names: Iterable[str]) -> list[str]:
    """Return the services that must take a token that has these scopes."""
    return sorted({service for name in names for service in SCOPES[name].services})
