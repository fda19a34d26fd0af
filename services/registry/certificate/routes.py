"""Certificates over HTTP."""

from typing import Any

from services.common.access import allow
from services.common.web import conditional, idempotency
from services.common.web.blueprint import Blueprint
from services.reference import clock
from services.registry.certificate import commands, store
from services.registry.certificate.model import Certificate
from services.registry.certificate.schemas import CertificateRequest, CertificateView
from services.registry.database import database

certificates = Blueprint("certificates", __name__, url_prefix="/v1")


def holder(certificate_id: str) -> str:
    return store.get(database.reader(), certificate_id).worker_id


@certificates.post("/workers/<worker_id>/certificates")
@allow("officer")
@certificates.arguments(CertificateRequest)
@certificates.response(201, CertificateView)
def issue(asked: dict[str, Any], worker_id: str) -> tuple[Certificate, int, dict[str, str]]:
    """Issue a certificate to a worker."""
    asked["worker_id"] = worker_id
    return idempotency.create(database, commands.issue, store.get, "/v1/certificates/{}", **asked)


@certificates.get("/workers/<worker_id>/certificates")
@allow("officer", "worker:self")
@certificates.response(200, CertificateView(many=True))
def list_all(worker_id: str) -> list[Certificate]:
    """List a worker's certificates, the newest first."""
    return store.of_worker(database.reader(), worker_id)


@certificates.get("/certificates/<certificate_id>")
@allow("officer", "worker:self", owner=holder)
@certificates.response(200, CertificateView)
def show(certificate_id: str) -> tuple[Certificate, dict[str, str]]:
    """Show a certificate."""
    return conditional.shown(store.get(database.reader(), certificate_id))


@certificates.post("/certificates/<certificate_id>/revocation")
@allow("officer")
@certificates.response(200, CertificateView)
def revoke(certificate_id: str) -> tuple[Certificate, dict[str, str]]:
    """Revoke a certificate."""
    asked = {"certificate_id": certificate_id, "today": clock.today()}
    return idempotency.change(database, commands.revoke, store.get, certificate_id, **asked)
