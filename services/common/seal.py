"""Personal data at rest: values sealed with random encryption, and keyed fingerprints beside them for equality.

Values are sealed with a data key, which lies in the database's collection `data_keys`, wrapped by a master key of the
deployment. `python -m services.common.seal registry gateway` turns both, while all processes work: what is written
from then on has a new data key, and all data keys are wrapped by the newest master key. Each process reads the file
of master keys again when it changed, so that the two may stand there side by side until the older one wraps nothing.
A copy of a database opens with the master key of its day: keep that one as long as the copy.

The key of fingerprints cannot be turned so: whoever changes it has to open every value and mark it anew, in one go
with whatever looks for it. A deterministic ciphertext under a unique index could not be rotated at all.
"""

import hashlib
import hmac
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from bson.binary import Binary
from bson.codec_options import CodecOptions
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.encryption import ClientEncryption
from pymongo.errors import EncryptionError, PyMongoError

from services.common import settings

T = TypeVar("T")
Encryption: TypeAlias = ClientEncryption[dict[str, Any]]
KEY_NAME, NEXT_NAME = "personal", "personal-next"  # of the data key that seals, and of the one that will
RANDOM = "AEAD_AES_256_CBC_HMAC_SHA_512-Random"
MASTER_BYTES = 96


@dataclass(frozen=True)
class Masters:
    """The master keys in SECRETS_DIR/master.key, the newest last, each under a name made of its digest."""

    by_name: dict[str, bytes]
    newest: str

    @classmethod
    def read(cls) -> "Masters":
        """:raises ValueError: the file holds no whole number of keys."""
        content = Path(_master_file()).read_bytes()
        if not content or len(content) % MASTER_BYTES:
            raise ValueError("master.key must hold 96 bytes, or 96 for each of several keys")
        keys = [content[at : at + MASTER_BYTES] for at in range(0, len(content), MASTER_BYTES)]
        named = {f"local:{hashlib.sha256(key).hexdigest()[:16]}": key for key in keys}
        # Data keys of earlier versions name none; they were wrapped by the only one there was.
        return cls({"local": keys[0]} | named, list(named)[-1])


class Seal:
    """Seals the personal values of one database."""

    def __init__(self, client: Callable[[], MongoClient[dict[str, Any]]], database: Callable[[], str]) -> None:
        self._client = client
        self._database = database
        self._made: tuple[object, Encryption] | None = None

    def close(self, value: Any) -> Binary:
        """Return a text or a mapping encrypted; each time another ciphertext."""
        sealed = self._use(lambda encryption: encryption.encrypt(value, RANDOM, key_alt_name=KEY_NAME))
        return Binary(sealed, sealed.subtype)

    def open(self, sealed: Binary) -> Any:
        """:raises EncryptionError: it is not what `close` returned, or another key's."""
        return self._use(lambda encryption: encryption.decrypt(Binary(sealed, 6)))

    def prepare(self) -> None:
        """Create the data key unless it is there; once a deployment."""
        self._vault.create_index("keyAltNames", unique=True, partialFilterExpression={"keyAltNames": {"$exists": True}})
        if self._vault.find_one({"keyAltNames": KEY_NAME}) is None:
            self._create(KEY_NAME)

    def turn(self) -> int:
        """Seal with a new data key from now on, and have all of them wrapped by the newest master key.

        Return how many there are. Whatever interrupts it, it may be repeated.
        """
        newest = Masters.read().newest
        if self._vault.find_one({"keyAltNames": KEY_NAME, "masterKey.provider": newest}) is None:
            self._renew()
        self._use(lambda it: it.rewrap_many_data_key({"masterKey.provider": {"$ne": newest}}, provider=newest))
        return self._vault.count_documents({"masterKey.provider": newest})

    def _renew(self) -> None:
        if self._vault.find_one({"keyAltNames": NEXT_NAME}) is None:
            self._create(NEXT_NAME)

        def rename(session: ClientSession) -> None:
            vault = self._vault
            vault.update_one({"keyAltNames": KEY_NAME}, {"$unset": {"keyAltNames": ""}}, session=session)
            vault.update_one({"keyAltNames": NEXT_NAME}, {"$set": {"keyAltNames": [KEY_NAME]}}, session=session)

        with self._client().start_session() as session:  # at no moment is there none of the name
            session.with_transaction(rename)

    def _create(self, name: str) -> None:
        newest = Masters.read().newest
        self._use(lambda encryption: encryption.create_data_key(newest, key_alt_names=[name]))

    @property
    def _vault(self) -> Collection[dict[str, Any]]:
        return self._client()[self._database()].data_keys

    def _use(self, act: Callable[[Encryption], T]) -> T:
        """Do it with the master keys as they are; a data key may be wrapped by one that came a moment ago."""
        while True:
            encryption = self._encryption()
            try:
                return act(encryption)
            except EncryptionError:
                if self._encryption() is encryption:
                    raise

    def _encryption(self) -> Encryption:
        found = os.stat(_master_file())  # noqa: PTH116 (at each value; Path's takes five times as long)
        stamp = found.st_mtime_ns, found.st_ino, found.st_size
        made = self._made
        if made is None or made[0] != stamp:  # two threads may both make one: either will do
            keys: dict[str, Any] = {name: {"key": key} for name, key in Masters.read().by_name.items()}
            vault = f"{self._database()}.data_keys"
            made = self._made = stamp, ClientEncryption(keys, vault, self._client(), CodecOptions())
        return made[1]


def fingerprint(purpose: str, value: str) -> str:
    """Return a keyed HMAC-SHA256, hex: equal values of one purpose are equal, and nobody without the key can try them.

    :param purpose: what the value is, so that equal values of two purposes differ.
    """
    return hmac.new(_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def main(services: Sequence[str]) -> None:
    """Turn the keys of these services' databases, and say how many each has."""
    try:
        with MongoClient[dict[str, Any]](settings.MONGO_URL, w="majority", serverSelectionTimeoutMS=10_000) as client:
            turned = [_turned(client, name) for name in services]
    except PyMongoError as error:
        raise SystemExit(f"The keys were not all turned ({type(error).__name__}): run it again.") from error
    if not any(turned):  # or the master key of data that lies elsewhere would be thought to be of no use
        raise SystemExit("In none of these databases is anything sealed: is MONGO_URL the right one?")


def _turned(client: MongoClient[dict[str, Any]], service: str) -> int:
    name = settings.DATABASE_PREFIX + service
    if "data_keys" not in client[name].list_collection_names():
        return 0
    count = Seal(lambda: client, lambda: name).turn()
    print(f"{service}: {count} data keys under the newest master key")  # noqa: T201 (it speaks to a person)
    return count


def _master_file() -> str:
    return f"{settings.SECRETS_DIR}/master.key"


@cache
def _key() -> bytes:
    return (settings.SECRETS_DIR / "hmac.key").read_bytes()


if __name__ == "__main__":
    main(sys.argv[1:])
