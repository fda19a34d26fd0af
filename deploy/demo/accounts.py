"""One account per role, all with the password that the first start made; officer and admin with one second factor."""

import os
import subprocess
import sys
from pathlib import Path

import pyotp

LOGINS = {
    "officer": "petugas",
    "admin": "admin",
    "executive": "pimpinan",
    "employer": "vista",
    "institution": "lembaga",
    "worker": "pekerja",
}
GUARDED = ("officer", "admin")
# A code is good once: the seed and the show sign in as officers of their own, and take none away from a person.
SEEDER, GUIDE = "penyemai", "pemandu"


def password() -> str:
    return _secret("demo-password")


def code() -> str:
    """Return the one-time code that an authenticator app would show now for the officer and the admin."""
    return pyotp.TOTP(_secret("demo-totp")).now()


def create(role: str, own: str | None = None, *, login: str = "") -> None:
    """Create the role's account unless it is there."""
    command = [sys.executable, "-m", "gateway.accounts", "create", "--login", login or LOGINS[role], "--role", role]
    command += ["--own", own] if own else []
    command += ["--totp"] if role in GUARDED else []
    said = f"{password()}\n{_secret('demo-totp')}\n"
    subprocess.run(command, input=said, text=True, check=True, stdout=subprocess.DEVNULL)


def _secret(name: str) -> str:
    return (Path(os.environ.get("SECRETS_DIR", ".local/secrets")) / name).read_text().strip()
