"""Clients in MongoDB."""

from dataclasses import asdict

from pymongo import IndexModel

from gateway.client.model import Client, ClientUnknown, Secret, named
from services.common import mongo
from services.common.mongo import Indexes, Row, Tx
from services.common.tokens import PARTNER

INDEXES: Indexes = {"clients": [IndexModel([("own", 1), ("_id", 1)], name="own")]}


def claim(tx: Tx, client_id: str, *, expected: int | None = None) -> Client:
    """Keep others from changing the client until the end, and return it at its new version.

    :raises ClientUnknown: there is no such client.
    :raises Outdated: whoever asks expected another version.
    """
    if mongo.claim(tx, "clients", client_id, expected=expected) is None:
        raise ClientUnknown(client_id)
    return get(tx, client_id)


def insert(tx: Tx, client: Client) -> None:
    tx.db.clients.insert_one(_row(client), session=tx.session)


def replace(tx: Tx, client: Client) -> None:
    tx.db.clients.replace_one({"_id": client.id}, _row(client), session=tx.session)


def find(tx: Tx, client_id: str) -> Client | None:
    row = tx.db.clients.find_one({"_id": {"$eq": client_id}}, session=tx.session)
    return _client(row) if row else None


def get(tx: Tx, client_id: str) -> Client:
    """:raises ClientUnknown: there is no such client."""
    found = find(tx, client_id)
    if found is None:
        raise ClientUnknown(client_id)
    return found


def registered(tx: Tx, id_: str) -> Client:
    """Return the client that was registered under an id."""
    return get(tx, named(id_))


def page(tx: Tx, *, after: str | None, limit: int, party: str | None, own: str | None) -> list[Client]:
    """Return clients, the oldest first, of a kind of party and of one of them."""
    wanted: Row = {"_id": {"$gt": after or ""}}
    wanted |= {name: {"$eq": said} for name, said in {"party": party, "own": own}.items() if said}
    return [_client(row) for row in tx.db.clients.find(wanted, session=tx.session).sort("_id").limit(limit)]


def standing(tx: Tx, ids: list[str]) -> list[Row]:
    """Return how clients stand, as `gateway.client` tells it."""
    rows = tx.db.clients.find({"_id": {"$in": ids}}, session=tx.session)
    told = ("id", "version", "party", "own", "scopes", "ended", "valid_from")
    return [{name: getattr(client, name) for name in told} | {"role": PARTNER} for client in map(_client, rows)]


def _row(client: Client) -> Row:
    row = asdict(client)
    row["_id"] = row.pop("id")
    return row


def _client(row: Row) -> Client:
    said = {name: row[name] for name in Client.__dataclass_fields__ if name not in {"id", "scopes", "secrets"}}
    secrets = tuple(Secret(**each) for each in row["secrets"])
    return Client(id=row["_id"], scopes=tuple(row["scopes"]), secrets=secrets, **said)
