"""What the platform acknowledged: it has to stand there afterwards, whatever was killed meanwhile."""

from dataclasses import dataclass, field


@dataclass
class Known:
    """A worker as its client knows it from answers alone."""

    id: str
    key: str  # the Idempotency-Key of its registration, and its name
    version: int
    skills: dict[str, int]
    certificates: dict[str, tuple[str, int]] = field(default_factory=dict)  # skill and level by number


@dataclass
class Ledger:
    """All that was acknowledged since the platform began."""

    workers: list[Known] = field(default_factory=list)

    @property
    def certificates(self):
        return [number for known in self.workers for number in known.certificates]
