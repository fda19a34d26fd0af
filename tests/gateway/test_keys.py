"""The gateway's keys while it runs: rotated, and forgotten when no token of theirs lives."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from gateway import keys
from services.common import settings

OLD, NEW = (ECKey.generate_key("P-256", {"kid": kid}) for kid in ("old", "new"))


@pytest.fixture
def written(monkeypatch, tmp_path):
    """Write the file of keys as a rotation would; the gateway looks at once."""
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    monkeypatch.setattr(keys, "LOOK_S", -1.0)
    monkeypatch.setattr(keys, "_FILE", keys._File())  # noqa: SLF001 (one of its own)

    def write(*them, **retired):
        at = {kid: (datetime.now(UTC) - since).isoformat() for kid, since in retired.items()}
        said = {"keys": [key.as_dict(private=True) for key in them], "retired_at": at}
        (tmp_path / "new").write_text(json.dumps(said))
        (tmp_path / "new").replace(tmp_path / "signing.json")

    return write


def published():
    return [key["kid"] for key in keys.published()["keys"]]


def signs():
    return jws.extract_compact(keys.sign({"sub": "a"}).encode()).headers()["kid"]


class TestARotation:
    def test_is_noticed_while_the_gateway_runs(self, written):
        written(OLD)
        assert (signs(), published()) == ("old", ["old"])

        written(OLD, NEW)
        assert (signs(), published()) == ("old", ["old", "new"])

        written(NEW, OLD, old=timedelta(minutes=1))
        assert (signs(), published()) == ("new", ["new", "old"])

    def test_leaves_the_old_key_published_for_an_hour(self, written):
        written(NEW, OLD, old=timedelta(minutes=59))
        assert published() == ["new", "old"]

        written(NEW, OLD, old=timedelta(minutes=61))
        assert published() == ["new"]

    def test_forgets_it_then_although_nobody_writes_the_file_again(self, written, monkeypatch):
        written(NEW, OLD, old=timedelta(minutes=1))
        assert published() == ["new", "old"]

        monkeypatch.setattr(keys, "PUBLISHED_ON", timedelta(seconds=1))
        assert published() == ["new"]
