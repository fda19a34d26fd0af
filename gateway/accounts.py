"""Creates accounts from the command line, the first administrator's too: `python -m gateway.accounts create …`."""

import argparse
import sys
from collections.abc import Sequence

from marshmallow import ValidationError

from gateway.account import commands, model, store
from gateway.account.model import ADMIN, MANAGER, PARTIES, PASSWORD_AT_LEAST, ROLES, Account
from gateway.account.schemas import LOGIN
from gateway.database import database
from services.common import telemetry
from services.common.errors import Refused
from services.common.mongo import Tx, new_id
from services.reference import clock


def main(arguments: Sequence[str] | None = None) -> None:
    """Create an account whose password is the first line of stdin; one that is there stays, unless --reset is said.

    With --totp, the second line is the secret of its second factor, in base32.
    """
    asked = _parser().parse_args(arguments)
    telemetry.start_logging("gateway", "accounts")
    password, totp = (sys.stdin.readline().rstrip("\r\n") for _ in range(2))
    if len(password) < PASSWORD_AT_LEAST:
        message = f"The password, the first line of stdin, needs {PASSWORD_AT_LEAST} characters or more."
        raise SystemExit(message)
    try:
        sys.stdout.write(_create(asked, password, totp if asked.totp else None) + "\n")
    except Refused as refused:
        raise SystemExit(refused.sentence()) from refused


def _create(asked: argparse.Namespace, password: str, totp: str | None) -> str:
    """Do what was asked, and return what was done."""
    there = store.find(database.reader(), model.fold(asked.login))
    if there is None:
        database.transact(_begin, asked, password, totp)
        return f"{asked.login} is created."
    if asked.reset:
        database.transact(commands.set_password, account_id=there.id, password=password, now=clock.now())
        return f"{asked.login} has a new password; its sessions are ended."
    return f"{asked.login} is there already; nothing was changed. --reset sets its password anew."


def _begin(tx: Tx, asked: argparse.Namespace, password: str, totp: str | None) -> Account:
    said = {"login": asked.login, "password": password, "role": asked.role, "own": asked.own}
    team = MANAGER if asked.role in PARTIES else None
    account = commands.create(tx, id=new_id(), by=ADMIN, team=team, now=clock.now(), **said)
    return commands.set_totp(tx, account_id=account.id, totp=totp) if totp else account


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway.accounts", description="Creates accounts.")
    create = parser.add_subparsers(required=True).add_parser("create", description=main.__doc__)
    create.add_argument("--login", required=True, type=_login)
    create.add_argument("--role", required=True, choices=ROLES)
    create.add_argument("--own", help="the id of the worker, employer or institution whose account it is")
    create.add_argument("--reset", action="store_true", help="set the password of an account that is there anew")
    create.add_argument("--totp", action="store_true", help="take the secret of a second factor from the second line")
    return parser


def _login(said: str) -> str:
    try:
        return str(LOGIN(said))
    except ValidationError as error:
        raise argparse.ArgumentTypeError("; ".join(error.messages)) from error


if __name__ == "__main__":
    main()
