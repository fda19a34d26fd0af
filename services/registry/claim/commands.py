"""What can be done with claims. What is refused takes the steps that what is proven takes, so that nobody learns from
the time whether somebody is in the registry; and it is counted, so it must not end its transaction.
"""

from datetime import date, datetime

from services.common.mongo import Tx
from services.registry.certificate import store as certificates
from services.registry.claim import model, store
from services.registry.claim.model import WRONG_AT_MOST, Address, Claim
from services.registry.disclosure import commands as disclosures
from services.registry.disclosure.model import CLAIM_CHECK, CLAIM_CODE, CLAIM_LETTER
from services.registry.worker import store as workers
from services.registry.worker.model import needs_guardian


def check_certificate(
    tx: Tx, *, nik: str, certificate_number: str, by: str, role: str, today: date, now: datetime
) -> Claim:
    """Check the claim of somebody who knows the number of a certificate that is not revoked.

    After too many wrong numbers for a NIK none is taken until tomorrow: one-time codes still are.
    """
    found = workers.with_nik(tx, nik)
    held = certificates.of_worker(tx, found or "")
    is_right = any(each.revoked_on is None and model.proves(certificate_number, each.number) for each in held)
    is_proven = _counted(tx, f"number {nik}", is_right=is_right, today=today, now=now)
    disclosures.record(tx, worker_id=found, by=by, role=role, why=CLAIM_CHECK, now=now)
    return _claim(tx, found if is_proven else None, today)


def check_code(tx: Tx, *, nik: str, worker_id: str, by: str, role: str, today: date, now: datetime) -> Claim:
    """Check the claim of somebody whose one-time code is the worker's; "" where it is nobody's.

    Whoever found a code must not find out the NIK by trying: they are counted for the worker.
    """
    found = workers.with_nik(tx, nik)
    is_right = found is not None and found == worker_id
    is_proven = _counted(tx, f"code {worker_id or nik}", is_right=is_right, today=today, now=now)
    disclosures.record(tx, worker_id=worker_id or None, by=by, role=role, why=CLAIM_CODE, now=now)
    return _claim(tx, found if is_proven else None, today)


def find_address(tx: Tx, *, nik: str, by: str, role: str, now: datetime) -> Address:
    """Find the e-mail of the worker who stands under a NIK."""
    found = workers.with_nik(tx, nik)
    disclosures.record(tx, worker_id=found, by=by, role=role, why=CLAIM_LETTER, now=now)
    worker = workers.of_ids(tx, [found or ""]).get(found or "")
    return Address(worker_id=worker.id, email=worker.email) if worker and worker.email else Address()


def _counted(tx: Tx, tried: str, *, is_right: bool, today: date, now: datetime) -> bool:
    """Count a try if it is wrong; return whether it is right, and not one too many."""
    wrong = store.wrong(tx, tried, today)
    store.count(tx, tried, wrong if is_right else wrong + 1, today=today, now=now)
    return is_right and wrong < WRONG_AT_MOST


def _claim(tx: Tx, worker_id: str | None, today: date) -> Claim:
    if worker_id is None:
        return Claim(worker_id=None)
    born = workers.get(tx, worker_id).birth_date
    return Claim(worker_id=worker_id, guardian_needed=needs_guardian(born, today))
