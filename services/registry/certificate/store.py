"""Certificates in MongoDB: the only code that knows how they are laid down."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from pymongo import IndexModel, ReplaceOne

from services.common.mongo import Indexes, Row, Tx
from services.registry.certificate.model import Certificate, CertificateUnknown

PLAIN = ("version", "worker_id", "skill", "level", "number", "scheme", "issuer")
DATES = ("issued_on", "valid_until", "revoked_on")
INDEXES: Indexes = {
    "certificates": [
        IndexModel([("worker_id", 1), ("issued_on", -1)], name="worker"),
        IndexModel([("number", 1)], name="by_number"),
        # Where the issuer is not known, a number says too little to be nobody else's.
        IndexModel(
            [("issuer", 1), ("number", 1)],
            name="issuer_number",
            unique=True,
            partialFilterExpression={"issuer": {"$type": "string"}},
        ),
    ]
}


def drop_index(tx: Tx, name: str) -> None:
    """Drop an index of an earlier version, if it is there."""
    if name in tx.db.certificates.index_information():
        tx.db.certificates.drop_index(name)


def insert(tx: Tx, certificate: Certificate) -> None:
    tx.db.certificates.insert_one(_row(certificate), session=tx.session)


def insert_many(tx: Tx, certificates: Sequence[Certificate]) -> None:
    if certificates:
        tx.db.certificates.insert_many([_row(each) for each in certificates], ordered=False, session=tx.session)


def replace_many(tx: Tx, certificates: Iterable[Certificate]) -> None:
    """Write certificates whose workers were claimed."""
    writes = [ReplaceOne({"_id": each.id}, _row(each)) for each in certificates]
    if writes:
        tx.db.certificates.bulk_write(writes, ordered=False, session=tx.session)


def remove_many(tx: Tx, ids: Collection[str]) -> None:
    tx.db.certificates.delete_many({"_id": {"$in": list(ids)}}, session=tx.session)


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


def with_numbers(tx: Tx, asked: Collection[tuple[str | None, str]]) -> dict[tuple[str | None, str], Certificate]:
    """Return certificates by issuer and number."""
    numbers = {"number": {"$in": [number for _, number in asked]}}
    found = (_certificate(row) for row in tx.db.certificates.find(numbers, session=tx.session))
    wanted = set(asked)
    return {key: each for each in found if (key := (each.issuer, each.number)) in wanted}


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
    row: Row = {"_id": certificate.id} | {name: getattr(certificate, name) for name in PLAIN}
    return row | {name: day.isoformat() if (day := getattr(certificate, name)) else None for name in DATES}


def _certificate(row: Row) -> Certificate:
    dates: dict[str, Any] = {name: date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    return Certificate(id=row["_id"], **{name: row[name] for name in PLAIN}, **dates)
