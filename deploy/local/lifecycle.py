"""A platform from its first start to its end: what starts when, and what is awaited before it is called ready."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.local import keys, leftovers, mongodb, narration, processes, programs, rabbitmq, readiness, supervision
from deploy.local.obstacle import Obstacle
from deploy.local.places import LOOPBACK, REPOSITORY, Places, check_free, listens

SHUTDOWN_S = 90


@dataclass(frozen=True)
class Platform:
    """Two servers and sixteen processes under one root; a MongoDB or RabbitMQ given by URL takes the place of ours."""

    root: Path
    port: int
    mongo_url: str = ""
    amqp_url: str = ""

    @classmethod
    def of_environment(cls, told: Mapping[str, str] = os.environ) -> Self:
        """Read BEGAWI_HOME, BEGAWI_PORT, MONGO_URL and AMQP_URL."""
        port = told.get("BEGAWI_PORT") or "8080"
        if not port.isdecimal():
            raise Obstacle(f"BEGAWI_PORT is {port!r}; it must be a number.")
        home = Path(told.get("BEGAWI_HOME") or REPOSITORY / ".local")
        return cls(home, int(port), told.get("MONGO_URL", ""), told.get("AMQP_URL", ""))

    @property
    def places(self) -> Places:
        return Places(self.root.resolve(), self.port)

    @property
    def processes(self) -> list[processes.Process]:
        return processes.sixteen(self.port)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what every process is told, and what a script needs to speak to the platform."""
        webs = {each.deployable: each.port for each in self.processes if each.kind == "web"}
        return {
            "MONGO_URL": self.mongo_url or f"mongodb://{LOOPBACK}:{self.places.mongodb_port}/?replicaSet=rs0",
            "AMQP_URL": self.amqp_url or f"amqp://guest:guest@{LOOPBACK}:{self.places.amqp_port}//",
            "SECRETS_DIR": str(self.places.secrets),
            "BEGAWI_URL": self.url,
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or self.url,
            "SPOOL_DIR": os.environ.get("SPOOL_DIR") or str(self.places.root / "spool"),
            "JWKS_URL": f"{self.url}/.well-known/jwks.json",
            **{f"{name.upper()}_URL": f"http://{LOOPBACK}:{webs[name]}" for name in processes.SERVICES},
        }

    def pid(self, name: str) -> int:
        """Return the process id of `mongod`, `rabbitmq`, `epmd`, `registry.web`, … or 0 while it has none."""
        return int(supervision.programs(self.places)[name]["pid"])

    def is_ready(self) -> bool:
        return supervision.is_up(self.places) and all(readiness.is_ready(each) for each in self.processes)

    def servers_up(self) -> None:
        """Start and await MongoDB and RabbitMQ alone; what runs already is left as it is.

        :raises Obstacle: they cannot run here, or a port is taken.
        """
        with self.places.reserved():
            self._start_servers()
            self._await_servers()

    def up(self, *, seeded: bool = True) -> bool:
        """Bring everything up and return once all of it is ready; False if it was already.

        :raises Obstacle: something cannot run, or does not become ready.
        """
        with self.places.reserved():
            if self.is_ready():
                return False
            self._start_servers()
            self._await_servers()
            self._migrate()
            supervision.start_group(self.places, supervision.PROCESSES)
            readiness.await_all(self.places, self.processes)
            if seeded:
                self._seed()
            return True

    def down(self) -> bool:
        """Stop everything, orphans of a killed supervisor too; False if nothing ran.

        :raises Obstacle: a process of ours cannot be ended.
        """
        with self.places.reserved():
            if not leftovers.of(self.places.root):
                return False
            self._stop()
            return True

    def show(self) -> None:
        """Print what the demo has to show, if there is a demo."""
        if _has_demo():
            self._demo("show")

    def _start_servers(self) -> None:
        keys.make_missing(self.places.secrets)
        if not supervision.is_up(self.places):
            self._clear_the_way()
            known = programs.of(self.places, own_mongodb=not self.mongo_url, own_rabbitmq=not self.amqp_url)
            supervision.start(self.places, known, self.environment())
        if not self.amqp_url:
            supervision.start_program(self.places, supervision.SERVERS, "epmd")
            readiness.await_true(lambda: listens(self.places.epmd_port), "epmd does not listen; see epmd.log")
        if not (self.mongo_url and self.amqp_url):
            supervision.start_group(self.places, supervision.SERVERS)

    def _clear_the_way(self) -> None:
        if leftovers.of(self.places.root):
            with narration.step("ending what a killed supervisor left behind"):
                self._stop()
        check_free(programs.ports(self.places, own_mongodb=not self.mongo_url, own_rabbitmq=not self.amqp_url))

    def _await_servers(self) -> None:
        with narration.step("MongoDB"):
            if self.mongo_url:
                mongodb.await_foreign(self.mongo_url)
            else:
                mongodb.await_primary(self.places)
        with narration.step("RabbitMQ"):
            rabbitmq.await_answer(self.environment()["AMQP_URL"], timeout_s=10 if self.amqp_url else 60)

    def _migrate(self) -> None:
        # Each has a database and queues of its own: they need not wait for each other.
        with narration.step("migrations"):
            running = {each: self._begin_migrations(each) for each in processes.DEPLOYABLES}
            for deployable, migrations in running.items():
                if migrations.wait():
                    log = self._migrations_log(deployable)
                    raise Obstacle(f"Migrations of {deployable} failed. The end of {log}:\n{readiness.log_end(log)}")

    def _begin_migrations(self, deployable: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"{processes.package(deployable)}.migrations"]
        with self._migrations_log(deployable).open("wb") as out:
            return subprocess.Popen(command, env=self._told(), cwd=REPOSITORY, stdout=out, stderr=out)

    def _migrations_log(self, deployable: str) -> Path:
        return self.places.logs / f"{deployable}.migrations.log"

    def _seed(self) -> None:
        if _has_demo() and self._demo():
            raise Obstacle("The platform runs, but the demo's data could not be brought in.")

    def _demo(self, *words: str) -> int:
        command = [sys.executable, "-m", "deploy.demo", *words]
        return subprocess.run(command, env=self._told(), cwd=REPOSITORY, check=False).returncode

    def _told(self) -> dict[str, str]:
        return {**os.environ, **self.environment()}

    def _stop(self) -> None:
        if supervision.is_up(self.places):
            supervision.shut_down(self.places)
            leftovers.await_gone(self.places.root, timeout_s=SHUTDOWN_S)
        remaining = leftovers.end(self.places.root, patience_s=20)
        if remaining:
            lines = [f"  {pid}  {leftovers.command_line(pid)[:100]}" for pid in sorted(remaining)]
            raise Obstacle("\n".join(["These processes cannot be ended:", *lines]))
        shutil.rmtree(self.places.socket_directory(), ignore_errors=True)


def _has_demo() -> bool:
    return importlib.util.find_spec("deploy.demo") is not None
