"""Certificates in MongoDB: the only code that knows how they are laid down."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from pymongo import IndexModel

from services.common.mongo import Indexes, Row, Tx
from services.registry.certificate.model import Certificate, CertificateUnknown

DATES = ("issued_on", "valid_until", "revoked_on")
INDEXES: Indexes = {
    "certificates": [
        IndexModel([("worker_id", 1), ("issued_on", -1)], name="worker"),
        IndexModel([("issuer", 1), ("number", 1)], name="number", unique=True),
    ]
}


def insert(tx: Tx, certificate: Certificate) -> None:
    tx.db.certificates.insert_one(_row(certificate), session=tx.session)


def replace(tx: Tx, certificate: Certificate) -> None:
    tx.db.certificates.replace_one({"_id": certificate.id}, _row(certificate), session=tx.session)


def get(tx: Tx, certificate_id: str) -> Certificate:
    """:raises CertificateUnknown: there is no such certificate."""
    row = tx.db.certificates.find_one({"_id": {"$eq": certificate_id}}, session=tx.session)
    if row is None:
        raise CertificateUnknown(certificate_id)
    return _certificate(row)


def with_number(tx: Tx, *, issuer: str, number: str) -> str | None:
    """Return the id of an issuer's certificate of this number."""
    wanted = {"issuer": {"$eq": issuer}, "number": {"$eq": number}}
    row = tx.db.certificates.find_one(wanted, {"_id": 1}, session=tx.session)
    return row["_id"] if row else None


def of_worker(tx: Tx, worker_id: str) -> list[Certificate]:
    """Return the worker's certificates, the newest first."""
    return of_workers(tx, [worker_id]).get(worker_id, [])


def of_workers(tx: Tx, ids: list[str]) -> dict[str, list[Certificate]]:
    """Return the certificates by worker, each list the newest first."""
    found = defaultdict(list)
    for row in tx.db.certificates.find({"worker_id": {"$in": ids}}, session=tx.session).sort("issued_on", -1):
        found[row["worker_id"]].append(_certificate(row))
    return dict(found)


def _row(certificate: Certificate) -> Row:
    row = asdict(certificate)
    row["_id"] = row.pop("id")
    return row | {name: row[name].isoformat() for name in DATES if row[name] is not None}


def _certificate(row: Row) -> Certificate:
    dates: dict[str, Any] = {name: date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    names = ("version", "worker_id", "skill", "level", "number", "scheme", "issuer")
    return Certificate(id=row["_id"], **{name: row[name] for name in names}, **dates)
