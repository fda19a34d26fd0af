"""A private RabbitMQ node: Debian's package, run with own ports, own epmd, own cookie and own files."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from kombu import Connection

from deploy.local import narration
from deploy.local.obstacle import Obstacle
from deploy.local.places import LOOPBACK, Places

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one in the PATH changes user and directory
SCHEDULERS = 2
WAYS_OUT = """\
RabbitMQ is not installed and cannot be installed from here. Ways out:
  1. install it:  sudo apt-get install rabbitmq-server
  2. a RabbitMQ of yours (3.10 or newer):  AMQP_URL='amqp://user:password@host:5672//' make run
  3. containers:  docker compose -f deploy/compose.yaml up"""

CONFIGURATION = """\
listeners.tcp.1 = {address}:{port}
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 64MB
# The write-ahead log of quorum queues is kept in memory too, by default up to 512 MB of it.
raft.wal_max_size_bytes = 67108864
log.console = true
log.console.level = info
log.file = false
"""


def install_if_missing() -> None:
    """Install Debian's package, as root or by sudo.

    On a machine with systemd the package also starts a system broker on the usual
    ports; it is left alone, ours stands beside it.

    :raises Obstacle: there is no apt-get, no right to use it, or it failed.
    """
    if PROGRAM.exists():
        return
    privileged = _as_root()
    if privileged is None or not shutil.which("apt-get"):
        raise Obstacle(WAYS_OUT)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    narration.say(f"  installing RabbitMQ: {' '.join(privileged)} apt-get install rabbitmq-server")
    install = [*privileged, *quiet, "install", "--no-install-recommends", "rabbitmq-server"]
    # A machine whose package lists are missing or old needs the update first.
    if not _succeeds(install):
        _succeeds([*privileged, *quiet, "update"])
        _succeeds(install)
    if not PROGRAM.exists():
        raise Obstacle(WAYS_OUT)


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]  # never wait for a password that nobody can type


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def prepare(places: Places) -> None:
    """Write its configuration; its cookie is made once."""
    places.rabbitmq.mkdir(mode=0o700, parents=True, exist_ok=True)
    configuration = CONFIGURATION.format(address=LOOPBACK, port=places.amqp_port)
    (places.rabbitmq / "rabbitmq.conf").write_text(configuration)
    (places.rabbitmq / "enabled_plugins").write_text("[].\n")
    (places.rabbitmq / "rabbitmq-env.conf").touch()
    cookie = places.rabbitmq / ".erlang.cookie"
    if not cookie.exists() or not cookie.read_text():
        cookie.unlink(missing_ok=True)
        cookie.touch(mode=0o600)
        cookie.write_text(secrets.token_hex(16))
        cookie.chmod(0o400)  # Erlang refuses a cookie that others could read


def environment(places: Places) -> dict[str, str]:
    """Return what makes the node private; nothing of a system RabbitMQ is read or written."""
    own = places.rabbitmq
    return {
        "HOME": str(own),  # where the cookie is looked for
        "ERL_EPMD_PORT": str(places.epmd_port),
        "ERL_EPMD_ADDRESS": LOOPBACK,
        "ERL_CRASH_DUMP": str(places.logs / "rabbitmq.crash"),
        "RABBITMQ_NODENAME": "begawi@localhost",  # independent of the machine's name, which may change
        "RABBITMQ_NODE_PORT": str(places.amqp_port),
        "RABBITMQ_DIST_PORT": str(places.distribution_port),
        "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
        "RABBITMQ_MNESIA_BASE": str(own / "data"),
        "RABBITMQ_LOG_BASE": str(places.logs),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_CONFIG_FILE": str(own / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(own / "rabbitmq-env.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(own / "enabled_plugins"),
        # By default a shell stands between us and the broker, and a kill would end the shell alone. With
        # "input allowed" the script replaces itself by the broker; -noinput then says that there is none.
        "RABBITMQ_ALLOW_INPUT": "true",
        "RABBITMQ_SERVER_START_ARGS": "-noinput",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            f"+S {SCHEDULERS}:{SCHEDULERS} +sbwt none -kernel inet_dist_use_interface {{127,0,0,1}}"
        ),
    }


def epmd_command(places: Places) -> list[str]:
    return [shutil.which("epmd") or "/usr/bin/epmd", "-port", str(places.epmd_port), "-address", LOOPBACK]


def await_answer(url: str, *, timeout_s: float) -> None:
    """Wait until the broker lets us in.

    :raises Obstacle: it does not within the time.
    """
    deadline = time.monotonic() + timeout_s
    while (refusal := _refusal(url)) is not None:
        if time.monotonic() > deadline:
            raise Obstacle(f"RabbitMQ does not become ready: {refusal}")
        time.sleep(0.2)


def _refusal(url: str) -> str | None:
    with Connection(url, connect_timeout=2) as connection:
        try:
            connection.connect()
        except (OSError, *connection.connection_errors) as error:
            return str(error)
    return None
