"""Personal data at rest: sealed values, and fingerprints beside them."""

import importlib.util
import secrets

import pytest
from bson.binary import Binary
from pymongo.errors import EncryptionError

from services.common import seal as seals
from services.common import settings
from services.common.seal import Masters, Seal, fingerprint

NIK = "6311014107959001"


@pytest.fixture
def seal(database, db):
    db.data_keys.delete_many({})
    found = Seal(lambda: database.client, lambda: database.name)
    found.prepare()
    return found


@pytest.fixture
def other_secrets(tmp_path, monkeypatch):
    """Stand on another deployment's secrets."""
    (tmp_path / "master.key").write_bytes(secrets.token_bytes(96))
    (tmp_path / "hmac.key").write_bytes(secrets.token_bytes(32))
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    seals._key.cache_clear()
    yield
    seals._key.cache_clear()


class TestASealedValue:
    @pytest.mark.parametrize("value", [NIK, "", "Jl. Contoh № 1", "x" * 10_000])
    def test_opens_as_it_was(self, seal, value):
        assert seal.open(seal.close(value)) == value

    def test_is_another_each_time(self, seal):
        assert seal.close(NIK) != seal.close(NIK)

    def test_shows_nothing_of_the_value(self, seal):
        assert NIK.encode() not in bytes(seal.close(NIK))

    def test_can_be_stored_and_opened_by_another_process(self, seal, database, db):
        db.things.insert_one({"_id": "a", "nik": seal.close(NIK)})

        others = Seal(lambda: database.client, lambda: database.name)
        assert others.open(db.things.find_one()["nik"]) == NIK

    @pytest.mark.parametrize("at", [-1, 20, 40])
    def test_that_was_tampered_with_does_not_open(self, seal, at):
        sealed = bytearray(seal.close(NIK))
        sealed[at] ^= 1

        with pytest.raises(EncryptionError):
            seal.open(Binary(bytes(sealed), 6))

    def test_does_not_open_under_another_master_key(self, seal, database, request):
        sealed = seal.close(NIK)
        request.getfixturevalue("other_secrets")

        with pytest.raises(EncryptionError):
            Seal(lambda: database.client, lambda: database.name).open(sealed)

    def test_needs_no_cloud_library(self, seal):
        assert importlib.util.find_spec("pymongo_auth_aws") is None
        assert seal.open(seal.close(NIK)) == NIK


class TestTheDataKey:
    def test_is_made_once(self, seal, db):
        sealed = seal.close(NIK)

        seal.prepare()

        assert db.data_keys.count_documents({}) == 1
        assert seal.open(sealed) == NIK

    def test_lies_wrapped_in_the_database(self, seal, db):
        row = db.data_keys.find_one()

        assert row["masterKey"] == {"provider": Masters.read().newest}
        assert (settings.SECRETS_DIR / "master.key").read_bytes()[:32] not in bytes(row["keyMaterial"])


class TestAFingerprint:
    def test_is_equal_for_equal_values_of_one_purpose(self):
        assert fingerprint("nik", NIK) == fingerprint("nik", NIK)

    @pytest.mark.parametrize(("purpose", "value"), [("phone", NIK), ("nik", NIK[:-1]), ("nik" + NIK[0], NIK[1:])])
    def test_differs_for_another_value_or_purpose(self, purpose, value):
        assert fingerprint(purpose, value) != fingerprint("nik", NIK)

    def test_cannot_be_made_without_the_key(self, request):
        ours = fingerprint("nik", NIK)
        request.getfixturevalue("other_secrets")

        assert fingerprint("nik", NIK) != ours
