"""The platform's own sixteen processes: four deployables, four kinds each."""

from dataclasses import dataclass
from typing import Final

SERVICES: Final = ("registry", "vacancies", "matching")
DEPLOYABLES: Final = ("gateway", *SERVICES)
GATEWAY_THREADS: Final = "28"  # a third of them may wait for one service, and the others stay reachable
KINDS: Final = ("web", "relay", "consumer", "work")


@dataclass(frozen=True)
class Process:
    """One process: its module, and the port on which it answers /readyz."""

    deployable: str
    kind: str
    port: int

    @property
    def name(self) -> str:
        return f"{self.deployable}.{self.kind}"

    @property
    def module(self) -> str:
        return f"{package(self.deployable)}.{self.kind}"

    @property
    def listening(self) -> dict[str, str]:
        said = {"PORT" if self.kind == "web" else "HEALTH_PORT": str(self.port)}
        return said | ({"WEB_THREADS": GATEWAY_THREADS} if self.name == "gateway.web" else {})


def sixteen(base: int) -> list[Process]:
    """List them; web processes listen at base to base + 3, the others show their health at base + 11 to base + 22."""
    webs = [Process(name, "web", base + at) for at, name in enumerate(DEPLOYABLES)]
    hidden = [(name, kind) for name in DEPLOYABLES for kind in KINDS if kind != "web"]
    return webs + [Process(name, kind, base + 11 + at) for at, (name, kind) in enumerate(hidden)]


def package(deployable: str) -> str:
    return f"services.{deployable}" if deployable in SERVICES else deployable
