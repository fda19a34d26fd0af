"""The secrets of a platform."""

import json
import re

from joserfc.jwk import KeySet

from deploy.local import keys


class TestTheFirstStart:
    def test_makes_keys_that_only_the_owner_reads(self, tmp_path):
        directory = tmp_path / "secrets"
        keys.make_missing(directory)
        assert directory.stat().st_mode & 0o777 == 0o700
        assert {each.name: each.stat().st_mode & 0o777 for each in directory.iterdir()} == dict.fromkeys(
            ("master.key", "hmac.key", "signing.json", "demo-password"), 0o600
        )
        assert len((directory / "master.key").read_bytes()) == 96
        assert len((directory / "hmac.key").read_bytes()) == 32

    def test_makes_a_private_key_that_signs_and_has_a_name(self, tmp_path):
        keys.make_missing(tmp_path)
        (key,) = KeySet.import_key_set(json.loads((tmp_path / "signing.json").read_text())).keys
        assert key.is_private
        assert key.kid
        assert key.as_dict(private=False)["crv"] == "P-256"

    def test_makes_a_password_that_can_be_read_aloud(self, tmp_path):
        keys.make_missing(tmp_path)
        assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", (tmp_path / "demo-password").read_text())


class TestALaterStart:
    def test_changes_no_key_and_makes_what_is_missing(self, tmp_path):
        keys.make_missing(tmp_path)
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        (tmp_path / "hmac.key").unlink()
        keys.make_missing(tmp_path)
        after = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        assert after.pop("hmac.key") != before.pop("hmac.key")
        assert after == before
