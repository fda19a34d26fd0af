"""The commands of the local platform: `python -m deploy.local up`."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Final

from deploy.local import keys, leftovers, narration, processes, status, supervision
from deploy.local.lifecycle import Platform
from deploy.local.obstacle import Obstacle
from deploy.local.places import REPOSITORY

WATCH_S = 2.0
SETTLE_S = 6.0  # until everyone who keeps the published keys for a while has asked for them again
INTERRUPTED = 130
BEGIN, FINISH = "begin", "finish"


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return COMMANDS[asked.command](Platform.of_environment(), asked.words)
    except Obstacle as obstacle:
        narration.say(f"\n{obstacle}")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def up(platform: Platform, words: list[str]) -> int:
    started = time.monotonic()
    if platform.up(seeded="bare" not in words):
        narration.say(f"Ready after {time.monotonic() - started:.0f} s at {platform.url}")
    else:
        narration.say(f"Already running at {platform.url}")
    return 0


def down(platform: Platform, _words: list[str]) -> int:
    if not leftovers.of(platform.places.root):
        narration.say("Nothing was running.")
        return 0
    with narration.step("stopping"):
        platform.down()
    return 0


def run(platform: Platform, _words: list[str]) -> int:
    """Bring it up, show what it can do, stay until Ctrl-C, and take it down."""
    try:
        up(platform, [])
        platform.show()
        narration.say("\nCtrl-C stops it. Elsewhere: make status")
        while supervision.is_up(platform.places):
            time.sleep(WATCH_S)
        narration.say("The platform was stopped from elsewhere.")
    except KeyboardInterrupt:
        narration.say("")
    finally:
        _be_deaf()
        down(platform, [])
    return 0


def servers(platform: Platform, words: list[str]) -> int:
    """Start MongoDB and RabbitMQ; with a command, run it beside them and stop them after it."""
    told = {name: platform.environment()[name] for name in ("MONGO_URL", "AMQP_URL")}
    if not words:
        platform.servers_up()
        narration.say("\n".join(f"export {name}='{value}'" for name, value in told.items()))
        return 0
    if supervision.is_up(platform.places) or (platform.mongo_url and platform.amqp_url):
        return _run(words, told)  # they are somebody else's to stop
    try:
        platform.servers_up()
        return _run(words, told)
    finally:
        _be_deaf()
        platform.down()  # without a word: what the command printed last stays last


def execute(platform: Platform, words: list[str]) -> int:
    return _run(words, platform.environment())


def secrets(platform: Platform, _words: list[str]) -> int:
    keys.make_missing(platform.places.secrets)
    return 0


def rotate_keys(platform: Platform, words: list[str]) -> int:
    """Have another key sign the tokens; those that are signed stay good."""
    steps = _steps(words)
    with platform.places.reserved():
        keys.make_missing(platform.places.secrets)
        if BEGIN in steps:
            keys.begin_rotation(platform.places.secrets)
        if steps == [BEGIN, FINISH]:
            with narration.step("publishing a new signing key"):
                time.sleep(SETTLE_S)
        if FINISH in steps:
            keys.finish_rotation(platform.places.secrets)
    return 0


def rotate_data_keys(platform: Platform, words: list[str]) -> int:
    """Have personal data sealed with new data keys, and all data keys wrapped by a new master key."""
    steps = _steps(words)
    with platform.places.reserved():
        keys.make_missing(platform.places.secrets)
        if BEGIN in steps:
            keys.begin_master_rotation(platform.places.secrets)
        if steps == [BEGIN, FINISH]:
            command = [sys.executable, "-m", "services.common.seal", *processes.DEPLOYABLES]
            if code := _run(command, platform.environment()):
                return code  # the older master key stays beside the new one
        if FINISH in steps:
            keys.finish_master_rotation(platform.places.secrets, is_unused=BEGIN in steps)
    return 0


COMMANDS: Final[dict[str, Callable[[Platform, list[str]], int]]] = {
    "up": up,
    "down": down,
    "run": run,
    "status": lambda platform, _words: status.show(platform),
    "servers": servers,
    "exec": execute,
    "secrets": secrets,
    "rotate-keys": rotate_keys,
    "rotate-data-keys": rotate_data_keys,
}
HELP = """\
up [bare]            bring the whole platform up, with the demo's people unless bare
down                 stop all of it
run                  up, show the demo, stay until Ctrl-C, down
status               processes, queues, outboxes; exit code 1 if something is wrong
servers [COMMAND]    MongoDB and RabbitMQ alone; with a command only while it runs
exec COMMAND         run a command in the environment of the platform's processes
secrets              make the secrets that are missing, as compose.yaml needs them
rotate-keys          let a new key sign tokens, while the platform works
rotate-data-keys     seal personal data with new keys, and wrap all of them by a new master key, likewise
                     (begin or finish alone, as compose.yaml says; finish then lays the older master key aside)

BEGAWI_HOME (.local) says where its files lie, BEGAWI_PORT (8080) where it listens;
MONGO_URL and AMQP_URL put servers of yours in the place of the embedded ones."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m deploy.local", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("words", nargs=argparse.REMAINDER)
    return parser


def _steps(words: list[str]) -> list[str]:
    """Return which of the two steps are asked for; without a word, both."""
    if unknown := set(words) - {BEGIN, FINISH}:
        raise Obstacle(f"{', '.join(sorted(unknown))}: only {BEGIN} or {FINISH} can be said.")
    return [step for step in (BEGIN, FINISH) if step in words] or [BEGIN, FINISH]


def _run(words: list[str], told: Mapping[str, str]) -> int:
    code = subprocess.run(words, env={**os.environ, **told}, cwd=REPOSITORY, check=False).returncode
    return code if code >= 0 else 128 - code  # ended by a signal: as a shell says it


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _be_deaf() -> None:
    # A second Ctrl-C must not leave half of it behind.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
