"""The secrets of a platform."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import KeySet

from deploy.local import keys

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LATER = NOW + timedelta(minutes=61)


@pytest.fixture
def directory(tmp_path):
    keys.make_missing(tmp_path)
    return tmp_path


def kids(directory):
    """Return the names of the signing keys; the first one signs."""
    return [key.kid for key in KeySet.import_key_set(json.loads((directory / "signing.json").read_text())).keys]


def rotate(directory, now):
    keys.begin_rotation(directory)
    keys.finish_rotation(directory, now)


class TestTheFirstStart:
    def test_makes_keys_that_only_the_owner_reads(self, tmp_path):
        directory = tmp_path / "secrets"
        keys.make_missing(directory)
        assert directory.stat().st_mode & 0o777 == 0o700
        assert {each.name: each.stat().st_mode & 0o777 for each in directory.iterdir()} == dict.fromkeys(
            ("master.key", "hmac.key", "signing.json", "demo-password", "demo-totp"), 0o600
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


class TestARotationOfSigningKeys:
    def test_publishes_a_new_key_before_it_signs(self, directory):
        (old,) = kids(directory)
        keys.begin_rotation(directory)
        assert kids(directory)[0] == old
        new = kids(directory)[1]
        keys.finish_rotation(directory, NOW)
        assert kids(directory) == [new, old]

    def test_keeps_the_old_key_published_as_long_as_tokens_live_and_no_longer(self, directory):
        (first,) = kids(directory)
        rotate(directory, NOW)
        second = kids(directory)[0]
        rotate(directory, NOW + timedelta(minutes=30))
        assert set(kids(directory)[1:]) == {first, second}
        rotate(directory, LATER)
        assert first not in kids(directory)
        assert second in kids(directory)

    def test_goes_on_where_it_was_interrupted(self, directory):
        (old,) = kids(directory)
        keys.begin_rotation(directory)
        new = kids(directory)[1]
        rotate(directory, NOW)
        assert kids(directory) == [new, old]

    def test_that_was_finished_twice_is_finished(self, directory):
        rotate(directory, NOW)
        before = (directory / "signing.json").read_bytes()
        keys.finish_rotation(directory, NOW)
        assert (directory / "signing.json").read_bytes() == before

    def test_leaves_files_that_only_the_owner_reads(self, directory):
        rotate(directory, NOW)
        keys.begin_master_rotation(directory)
        assert {each.stat().st_mode & 0o777 for each in directory.iterdir()} == {0o600}
        assert {each.name for each in directory.iterdir()} == {
            "master.key", "hmac.key", "signing.json", "demo-password", "demo-totp"
        }  # fmt: skip


class TestARotationOfTheMasterKey:
    def test_keeps_both_until_it_is_finished(self, directory):
        old = (directory / "master.key").read_bytes()
        keys.begin_master_rotation(directory)
        both = (directory / "master.key").read_bytes()
        assert (both[:96], len(both)) == (old, 192)
        keys.finish_master_rotation(directory, is_unused=True)
        assert (directory / "master.key").read_bytes() == both[96:]

    def test_lays_the_older_one_aside_where_nobody_knows_whether_it_is_used(self, directory):
        old = (directory / "master.key").read_bytes()
        keys.begin_master_rotation(directory)
        keys.finish_master_rotation(directory, is_unused=False)
        keys.finish_master_rotation(directory, is_unused=False)
        assert (directory / "master.key.older").read_bytes() == old
        assert old not in (directory / "master.key").read_bytes()

    def test_goes_on_with_the_same_new_key_where_it_was_interrupted(self, directory):
        keys.begin_master_rotation(directory)
        both = (directory / "master.key").read_bytes()
        keys.begin_master_rotation(directory)
        assert (directory / "master.key").read_bytes() == both

    def test_forgets_no_master_key_while_something_may_be_wrapped_by_it(self, directory, repository):
        home = directory.parent / "home"
        secrets = home / "secrets"
        keys.make_missing(secrets)
        old = (secrets / "master.key").read_bytes()
        told = {"BEGAWI_HOME": str(home), "MONGO_URL": "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100"}
        command = [sys.executable, "-m", "deploy.local", "rotate-data-keys"]
        done = subprocess.run(
            command, env=os.environ | told, cwd=repository, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "run it again" in done.stderr
        assert (secrets / "master.key").read_bytes()[:96] == old

    @pytest.mark.parametrize(("command", "file"), [("rotate-keys", "signing.json"), ("rotate-data-keys", "master.key")])
    def test_goes_in_steps_where_processes_must_be_started_again_between_them(
        self, directory, repository, command, file
    ):
        home = directory.parent / "in-steps"
        keys.make_missing(home / "secrets")
        told = os.environ | {"BEGAWI_HOME": str(home)}
        sizes = []
        for step in ("begin", "begin", "finish"):
            done = [sys.executable, "-m", "deploy.local", command, step]
            subprocess.run(done, env=told, cwd=repository, check=True)
            sizes.append((home / "secrets" / file).stat().st_size)
        assert sizes[0] == sizes[1]
        assert (sizes[2] < sizes[1]) is (file == "master.key")
