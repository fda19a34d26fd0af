"""What can be done with clients."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway.account.model import digest
from gateway.client import model, store
from gateway.client.model import SECRETS_AT_MOST, Client, ClientEnded, Secret, SecretLast, SecretsFull, SecretUnknown
from services import events
from services.common import outbox, standing
from services.common.mongo import Tx


def register(
    tx: Tx,
    *,
    id: str,
    name: str,
    party: str,
    own: str,
    scopes: list[str],
    secret: str,
    secret_id: str,
    by: str,
    role: str,
    now: datetime,
) -> Client:
    """Register a partner's program, with its first secret.

    :param secret: what is shown once to whoever registers it; its digest is kept.
    :param by: who registers it, an account of the role `role`.
    :raises OnlyForOwnParty: it is of another kind than whoever registers it.
    :raises ScopeUnfit: a scope is not for its party.
    """
    model.check(party, scopes, by=role)
    said: dict[str, Any] = {"name": name, "party": party, "own": own, "scopes": tuple(sorted(set(scopes)))}
    secrets = (Secret(id=secret_id, digest=digest(secret), made_at=now),)
    said |= {"made_by": by, "created_at": now, "valid_from": now}
    client = Client(id=model.named(id), version=1, secrets=secrets, **said)
    store.insert(tx, client)
    outbox.changed(tx, events.Client, {client.id: client.version})
    return client


def change(
    tx: Tx,
    *,
    client_id: str,
    expected: int | None,
    role: str,
    now: datetime,
    name: str | None = None,
    scopes: list[str] | None = None,
) -> Client:
    """Change a client's name or its scopes; where it loses a scope, its tokens are over.

    :raises ClientUnknown: there is no such client.
    :raises ClientEnded: it has ended.
    :raises ScopeUnfit: a scope is not for its party.
    """
    before = _living(tx, client_id, expected=expected)
    client = replace(before, name=name or before.name)
    if scopes is not None:
        model.check(before.party, scopes, by=role)
        client = replace(client, scopes=tuple(sorted(set(scopes))))
    if not set(before.scopes) <= set(client.scopes):
        client = replace(client, valid_from=now)
        standing.renew(tx, client.id, now)
    return _changed(tx, client)


def add_secret(tx: Tx, *, client_id: str, secret: str, secret_id: str, now: datetime) -> Client:
    """Give a client a second secret; the one that it has stays good until it is dropped.

    :raises ClientUnknown: there is no such client.
    :raises ClientEnded: it has ended.
    :raises SecretsFull: it has two.
    """
    client = _living(tx, client_id)
    if len(client.secrets) >= SECRETS_AT_MOST:
        raise SecretsFull(client_id)
    made = Secret(id=secret_id, digest=digest(secret), made_at=now)
    return _changed(tx, replace(client, secrets=(*client.secrets, made)))


def drop_secret(tx: Tx, *, client_id: str, secret_id: str, now: datetime) -> Client:
    """Let a secret, and the tokens that were asked for with it, hold no more; those of the other one hold on.

    :raises ClientUnknown: there is no such client.
    :raises SecretUnknown: it has no such secret.
    :raises SecretLast: it has no other.
    """
    client = _living(tx, client_id)
    left = tuple(each for each in client.secrets if each.id != secret_id)
    if len(left) == len(client.secrets):
        raise SecretUnknown(secret_id)
    if not left:
        raise SecretLast(client_id)
    standing.end(tx, secret_id, now)
    # The secret is the session of its tokens. It has no root: the services hear of it as one that is gone.
    outbox.changed(tx, events.Client, {secret_id: 1})
    return _changed(tx, replace(client, secrets=left))


def end(tx: Tx, *, client_id: str, now: datetime) -> Client:
    """Let a client and all its tokens hold no more, for good.

    :raises ClientUnknown: there is no such client.
    :raises ClientEnded: it has ended.
    """
    client = replace(_living(tx, client_id), secrets=(), ended_at=now, valid_from=now)
    standing.end(tx, client.id, now)
    return _changed(tx, client)


def _living(tx: Tx, client_id: str, *, expected: int | None = None) -> Client:
    client = store.claim(tx, client_id, expected=expected)
    if client.ended:
        raise ClientEnded(client_id)
    return client


def _changed(tx: Tx, client: Client) -> Client:
    store.replace(tx, client)
    outbox.changed(tx, events.Client, {client.id: client.version})
    return client
