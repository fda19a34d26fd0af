"""One account per role, all with the password that the first start made."""

import os
import subprocess
import sys
from pathlib import Path

LOGINS = {
    "officer": "petugas",
    "admin": "admin",
    "executive": "pimpinan",
    "employer": "vista",
    "institution": "lembaga",
    "worker": "pekerja",
}


def password() -> str:
    return (Path(os.environ.get("SECRETS_DIR", ".local/secrets")) / "demo-password").read_text().strip()


def create(role: str, own: str | None = None) -> None:
    """Create the role's account unless it is there."""
    command = [sys.executable, "-m", "gateway.accounts", "create", "--login", LOGINS[role], "--role", role]
    whole = [*command, "--own", own] if own else command
    subprocess.run(whole, input=password(), text=True, check=True, stdout=subprocess.DEVNULL)
