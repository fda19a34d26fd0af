"""What the gateway hears, and what it does then: it lets those know whom it is about."""

from gateway.language import say
from gateway.notice import commands as notices
from services import events
from services.common.event import Fact, State
from services.common.inbox import Keep, React
from services.common.mongo import Row, Tx, new_id
from services.reference import clock


def certificate_issued(tx: Tx, heard: Row) -> None:
    _tell(tx, heard["worker_id"], "certificate-issued", heard, "certificate_id", "skill")


def certificate_revoked(tx: Tx, heard: Row) -> None:
    _tell(tx, heard["worker_id"], "certificate-revoked", heard, "certificate_id", "skill")


def enrolment_moved(tx: Tx, heard: Row) -> None:
    _tell(tx, heard["worker_id"], f"enrolment-{heard['state']}", heard, "enrolment_id")


def vacancy_recommended(tx: Tx, heard: Row) -> None:
    # Matching may be built again from nothing, and then does not know whom it had told.
    params = {name: heard[name] for name in ("vacancy_id", "title", "employer_name")}
    own, kind = heard["worker_id"], "vacancy-recommended"
    notices.give_once(tx, id=new_id(), own=own, kind=kind, params=params, now=clock.now(), say=say)


def intake_finished(tx: Tx, heard: Row) -> None:
    params = ("intake_id", "taken", "to_decide", "returned")
    _tell(tx, heard["institution_id"], f"intake-{heard['state']}", heard, *params)


def employer_verified(tx: Tx, heard: Row) -> None:
    _tell(tx, heard["employer_id"], "employer-verified", heard, "employer_id")


def employer_suspended(tx: Tx, heard: Row) -> None:
    _tell(tx, heard["employer_id"], "employer-suspended", heard, "employer_id")


def _tell(tx: Tx, own: str, kind: str, heard: Row, *names: str) -> None:
    params = {name: str(heard[name]) for name in names}
    notices.give(tx, id=new_id(), own=own, kind=kind, params=params, now=clock.now(), say=say)


STATES: dict[type[State], Keep] = {}
FACTS: dict[type[Fact], React] = {
    events.CertificateIssued: certificate_issued,
    events.CertificateRevoked: certificate_revoked,
    events.EnrolmentMoved: enrolment_moved,
    events.IntakeFinished: intake_finished,
    events.VacancyRecommended: vacancy_recommended,
    events.EmployerVerified: employer_verified,
    events.EmployerSuspended: employer_suspended,
}
