"""A notice: what the platform lets a party know, read by each of its accounts for itself; and which go by e-mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Protocol

from services.common.errors import Missing
from services.reference import clock

CERTIFICATES, TRAININGS, INTAKES, EMPLOYER = "certificates", "trainings", "intakes", "employer"
VACANCIES = "vacancies"
# What is e-mailed alike, with the subject of such a letter: it says nothing that others at the screen should not see.
GROUPS: Mapping[str, str] = {
    CERTIFICATES: "Begawi: your certificates",
    TRAININGS: "Begawi: your trainings",
    INTAKES: "Begawi: your spreadsheets",
    EMPLOYER: "Begawi: your company",
    VACANCIES: "Begawi: vacancies that fit you",
}
SEVERAL = "Begawi: what is new"
WHERE = "More about it is at {address}, where you sign in as {login}."
WHY = (
    "This e-mail was written by a program; nobody reads an answer. There you also choose what is sent to you. To get no"
    " e-mail of this kind any more: {stop}"
)
AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"
WAYS = (AT_ONCE, DAILY, NEVER)
DIGEST_AT = time(6, tzinfo=clock.WITA)
DAY = timedelta(days=1)


class NoticeUnknown(Missing):
    """You have no notice with this id."""


class StopUnknown(Missing):
    """This address stops no e-mail: take the one from the last letter, or sign in and choose what is sent to you."""


class Say(Protocol):
    def __call__(self, sentence: str, /, to: str | None = None) -> str:
        """Return an English sentence in a language; None: of whoever asks."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What notices of a kind say, and where the thing is that they are about; both filled in from their params."""

    group: str
    sentence: str
    link: str


def _certificate(sentence: str) -> Kind:
    return Kind(group=CERTIFICATES, sentence=sentence, link="/api/registry/v1/certificates/{certificate_id}")


def _enrolment(sentence: str) -> Kind:
    return Kind(group=TRAININGS, sentence=sentence, link="/api/registry/v1/enrolments/{enrolment_id}")


def _intake(sentence: str) -> Kind:
    return Kind(group=INTAKES, sentence=sentence, link="/api/registry/v1/intakes/{intake_id}")


def _employer(sentence: str) -> Kind:
    return Kind(group=EMPLOYER, sentence=sentence, link="/api/vacancies/v1/employers/{employer_id}")


KINDS: Mapping[str, Kind] = {
    "certificate-issued": _certificate("You were issued a certificate; it now counts in your profile."),
    "certificate-revoked": _certificate("A certificate of yours was revoked; it no longer counts in your profile."),
    "enrolment-accepted": _enrolment("You are accepted into a training."),
    "enrolment-attending": _enrolment("Your training has begun."),
    "enrolment-completed": _enrolment("You completed a training; it now counts in your profile."),
    "enrolment-failed": _enrolment("You did not pass a training."),
    "enrolment-withdrawn": _enrolment("You are no longer enrolled in a training."),
    "vacancy-recommended": Kind(
        group=VACANCIES,
        sentence="A vacancy fits you: {title} at {employer_name}.",
        link="/api/vacancies/v1/vacancies/{vacancy_id}",
    ),
    "intake-taken": _intake(
        "Your spreadsheet was read: {taken} lines were taken, {to_decide} wait for a decision of the office, and"
        " {returned} come back to you to be corrected."
    ),
    "intake-unreadable": _intake("Your spreadsheet cannot be read; see why, and send it again."),
    "employer-verified": _employer("Your company is verified: it may publish vacancies now."),
    "employer-suspended": _employer("Your company is suspended: it may publish no more vacancies for now."),
}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """own: the worker, employer or institution that it is for. read_at: when the account that looks at it read it.

    params: what it is about, as ids, codes and counts; never a personal datum.
    """

    id: str
    own: str
    kind: str
    params: Mapping[str, str]
    created_at: datetime
    read_at: datetime | None = None

    @property
    def group(self) -> str:
        return KINDS[self.kind].group

    @property
    def link(self) -> str:
        return KINDS[self.kind].link.format(**self.params)

    def sentence(self, say: Say, to: str | None = None) -> str:
        """Return what a person reads, in a language; None: of whoever asks."""
        return say(KINDS[self.kind].sentence, to).format(**self.params)


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """How an account gets its notices by e-mail, by group; it always finds all of them in its inbox.

    stop: the secret by which whoever reads its mail ends all of it. waiting: ids for the next digest.
    """

    id: str  # the account's
    version: int
    email: Mapping[str, str]
    stop: str = field(repr=False)
    waiting: tuple[str, ...] = ()

    def way(self, group: str) -> str:
        return self.email[group]

    @property
    def is_stopped(self) -> bool:
        return all(self.way(group) == NEVER for group in GROUPS)


def next_digest(now: datetime) -> datetime:
    """Return the moment after `now` at which digests are written."""
    at = datetime.combine(now.astimezone(clock.WITA), DIGEST_AT)
    return at if at > now else at + DAY
