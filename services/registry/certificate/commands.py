"""What can be done with certificates."""

from dataclasses import replace
from datetime import date
from typing import Any

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.registry.certificate import store
from services.registry.certificate.model import (
    Certificate,
    CertificateAddsNothing,
    CertificateEndsBeforeItBegins,
    CertificateNumberTaken,
)
from services.registry.skill import store as skills
from services.registry.worker import store as workers


def issue(tx: Tx, *, id: str, worker_id: str, issuer: str, issued_on: date, **said: Any) -> Certificate:
    """Issue a certificate to a worker, and let the other services know.

    :param said: the other fields of a certificate.
    :raises WorkerUnknown: there is no such worker.
    :raises CertificateNumberTaken: the issuer's number is in the registry.
    :raises CertificateAddsNothing: the worker holds one that is as good.
    :raises SkillsUnknown: with suggestions.
    """
    version = workers.claim(tx, worker_id)
    certificate = Certificate(id=id, version=1, worker_id=worker_id, issuer=issuer, issued_on=issued_on, **said)
    _check(tx, certificate, issuer=issuer, issued_on=issued_on)
    store.insert(tx, certificate)
    outbox.changed(tx, events.Worker, {worker_id: version})
    told = {"certificate_id": id, "worker_id": worker_id, "skill": certificate.skill}
    outbox.tell(tx, events.CertificateIssued, **told)
    return certificate


def revoke(tx: Tx, *, certificate_id: str, today: date) -> Certificate:
    """Revoke a certificate, and let the other services know; one that is revoked stays so.

    :raises CertificateUnknown: there is no such certificate.
    """
    worker_id = store.get(tx, certificate_id).worker_id
    version = workers.claim(tx, worker_id)
    certificate = store.get(tx, certificate_id)
    if certificate.revoked_on is None:
        certificate = replace(certificate, revoked_on=today, version=certificate.version + 1)
        store.replace(tx, certificate)
        told = {"certificate_id": certificate.id, "worker_id": worker_id, "skill": certificate.skill}
        outbox.tell(tx, events.CertificateRevoked, **told)
    outbox.changed(tx, events.Worker, {worker_id: version})
    return certificate


def _check(tx: Tx, certificate: Certificate, *, issuer: str, issued_on: date) -> None:
    skills.check(tx, {"/skill": certificate.skill})
    if certificate.valid_until is not None and certificate.valid_until < issued_on:
        raise CertificateEndsBeforeItBegins(
            fields={"/valid_until": "A certificate's last day cannot be before the day of its issue."}
        )
    taken = store.with_number(tx, issuer=issuer, number=certificate.number)
    if taken is not None:
        raise CertificateNumberTaken(taken)
    for held in store.of_worker(tx, certificate.worker_id):
        if held.covers(certificate):
            raise CertificateAddsNothing(held.id)
