"""A MongoDB of a test's own, which may be killed, frozen and started again."""

import contextlib
import signal
import socket
import subprocess
from contextlib import closing
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local import mongodb
from tests.waiting import until

ANSWERS_WITHIN_S = 40
TRANSACTION_S = 2  # a killed process leaves its transaction open for so long


class Mongod:
    """A replica set of one."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"
        self._folder = folder
        self._process = None
        self.start()

    @property
    def url(self):
        return f"mongodb://{self._address}/?replicaSet=rs0"

    def start(self):
        """Start it, and wait until it takes writes."""
        _, _, port = self._address.partition(":")
        with (self._folder / "mongod.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *[mongodb.program(), "--replSet", "rs0", "--dbpath", self._folder, "--bind_ip", "127.0.0.1"],
                    *["--port", port, "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25"],
                    *["--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_S}"],
                    *["--setParameter", "diagnosticDataCollectionEnabled=false"],
                ],
                stdout=log,
            )
        self._await_primary()

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def freeze(self):
        self._process.send_signal(signal.SIGSTOP)
        stat = Path(f"/proc/{self._process.pid}/stat")
        until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T", 10)  # a busy machine takes its time

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

    def mend(self):
        """Undo what was done to it, whatever it was."""
        self.thaw()
        if self._process.poll() is None:
            self.step_up()
        else:
            self.start()

    def step_down(self):
        """Be no primary, until it is told to be one again."""
        self._say("replSetStepDown", 60, secondaryCatchUpPeriodSecs=0, force=True)

    def step_up(self):
        with contextlib.suppress(OperationFailure):  # it is one
            self._say("replSetFreeze", 0)
        self._await_primary()

    def _say(self, *command, **more):
        with closing(self._direct()) as client:
            client.admin.command(*command, **more)

    def _direct(self):
        return MongoClient(self._address, directConnection=True, serverSelectionTimeoutMS=500)

    def _await_primary(self):
        with closing(self._direct()) as client:
            until(lambda: self._is_primary(client), ANSWERS_WITHIN_S)

    def _end(self, number):
        self._process.send_signal(number)
        self._process.wait(ANSWERS_WITHIN_S)

    def _is_primary(self, client):
        try:
            found = client.admin.command("hello")
            if "setName" not in found:
                client.admin.command("replSetInitiate", {"_id": "rs0", "members": [{"_id": 0, "host": self._address}]})
        except PyMongoError:
            return False
        return found["isWritablePrimary"]
