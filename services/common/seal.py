"""Personal data at rest: values sealed with random encryption, and keyed fingerprints beside them for equality.

The data key of a database lies in its collection `data_keys`, wrapped by the master
key of the deployment; rotating it rewraps. A deterministic ciphertext under a unique
index could not be rotated, hence the fingerprint.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from bson.binary import Binary
from bson.codec_options import CodecOptions
from pymongo import MongoClient
from pymongo.encryption import ClientEncryption

from services.common import settings

KEY_NAME = "personal"
RANDOM = "AEAD_AES_256_CBC_HMAC_SHA_512-Random"


class Seal:
    """Seals the personal values of one database."""

    def __init__(self, client: Callable[[], MongoClient[dict[str, Any]]], database: Callable[[], str]) -> None:
        self._client = client
        self._database = database

    def close(self, value: Any) -> Binary:
        """Return a text or a mapping encrypted; each time another ciphertext."""
        sealed = self._encryption.encrypt(value, RANDOM, key_alt_name=KEY_NAME)
        return Binary(sealed, sealed.subtype)

    def open(self, sealed: Binary) -> Any:
        """:raises EncryptionError: it is not what `close` returned, or another key's."""
        return self._encryption.decrypt(Binary(sealed, 6))

    def prepare(self) -> None:
        """Create the data key unless it is there; once a deployment."""
        vault = self._client()[self._database()].data_keys
        vault.create_index("keyAltNames", unique=True, partialFilterExpression={"keyAltNames": {"$exists": True}})
        if vault.find_one({"keyAltNames": KEY_NAME}) is None:
            self._encryption.create_data_key("local", key_alt_names=[KEY_NAME])

    @cached_property
    def _encryption(self) -> ClientEncryption[dict[str, Any]]:
        master = (settings.SECRETS_DIR / "master.key").read_bytes()
        vault = f"{self._database()}.data_keys"
        return ClientEncryption({"local": {"key": master}}, vault, self._client(), CodecOptions())


def fingerprint(purpose: str, value: str) -> str:
    """Return a keyed HMAC-SHA256, hex: equal values of one purpose are equal, and nobody without the key can try them.

    :param purpose: what the value is, so that equal values of two purposes differ.
    """
    return hmac.new(_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


@cache
def _key() -> bytes:
    return (settings.SECRETS_DIR / "hmac.key").read_bytes()
