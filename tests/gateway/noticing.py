"""Facts that the gateway hears, and the people whom they are about."""

from gateway.account import commands as accounts
from gateway.database import database
from gateway.handlers import FACTS, STATES
from gateway.letter import commands as letters
from services.common import inbox
from services.common.mongo import new_id
from services.reference import clock

GROUPS = ("certificates", "trainings", "intakes", "employer", "vacancies")
AT = "/api/identity/v1/notices"
FACT = {
    "matching.vacancy.recommended": {
        "worker_id": "w-1", "vacancy_id": "v-1", "title": "Juru las", "employer_name": "PT Contoh",
    },
    "registry.certificate.issued": {"certificate_id": "c-1", "worker_id": "w-1", "skill": "smaw-welding"},
    "registry.certificate.revoked": {"certificate_id": "c-1", "worker_id": "w-1", "skill": "smaw-welding"},
    "registry.enrolment.moved": {"enrolment_id": "e-1", "worker_id": "w-1", "state": "completed"},
    "registry.intake.finished": {
        "intake_id": "i-1", "institution_id": "lpk-1", "state": "taken", "taken": 90, "to_decide": 7, "returned": 3,
    },
    "vacancies.employer.verified": {"employer_id": "pt-1"},
    "vacancies.employer.suspended": {"employer_id": "pt-1"},
}  # fmt: skip


def hear(event_id, name="registry.certificate.issued", **said):
    """Hear a fact as the consumer does."""
    handle = inbox.listen(database, states=STATES, facts=FACTS)[name]
    handle(event_id=event_id, payload=FACT[name] | said)


def member(login="siti", role="worker", *, own="w-1", email=None, confirmed=True, **said):
    """Make an account, whose address is confirmed, and return its id."""
    id_, now = new_id(), clock.now()
    fixed = {"by": "admin", "now": now, "team": None if role == "worker" else "member"}
    database.transact(accounts.create, id=id_, login=login, role=role, own=own, **fixed | said)
    if email:
        database.transact(accounts.set_email, account_id=id_, email=email, confirmed=confirmed, now=now)
    return id_


def send_all(now=None):
    """Send what is due at a moment, as the work process does."""
    while letters.send_next(database.reader(), now=now or clock.now()):
        pass


def prefer(http, **email):
    """Choose by group; what is not said comes at once."""
    wanted = {"email": dict.fromkeys(GROUPS, "at_once") | email}
    return http.put(f"{AT}/preferences", json=wanted, headers={"If-Match": "*"})
