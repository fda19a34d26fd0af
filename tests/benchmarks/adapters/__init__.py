"""What is measured side by side: a file each, with a class `Adapter`.

`Data` and `Vac` are tests.benchmarks.matching's. Whoever brings others with the same names may use an adapter too.
"""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tests.benchmarks.matching.data import Data
    from tests.benchmarks.matching.vacancies import Vac

Answer: TypeAlias = tuple[Any, Any]  # ids and scores, the best first


class Absent(Exception):
    """What a contender needs is not on this machine."""


class Base:
    """A contender: builds once, answers many times."""

    parallel = "fork"  # how two at once are measured: two processes, or two threads
    batch_only = False

    def __init__(self, workdir: str | Path) -> None:
        """Get ready what is no work on people, such as compiled code: it is not measured.

        :param workdir: an empty folder of its own.
        """
        self.workdir = workdir

    def build(self, d: "Data") -> None:
        """Take the people in.

        :raises Absent: a server that it needs is not there.
        """
        raise NotImplementedError

    def know(self, v: "Vac") -> None:
        """Get ready what may be known of a vacancy before it is asked, beyond what it says itself; not measured."""

    def query(self, v: "Vac", k: int = 100) -> Answer:
        """Return ids and scores of the best k, the best first, of equals the smaller ids first."""
        raise NotImplementedError

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        """Replace a person's skills; the next query sees it."""
        raise NotImplementedError

    def in_child(self) -> "Base":
        """Return what answers in a forked process, or in another thread."""
        return self

    def pids(self) -> list[int]:
        """Return the processes whose memory counts, besides its own."""
        return []

    def disk(self) -> int:
        """Return the bytes on disk."""
        return 0

    def close(self) -> None:
        """Stop what was started."""


def load(name: str, workdir: str | Path) -> Base:
    """Return a contender by the name of its file.

    :raises Absent: a package that it needs is not there.
    """
    try:
        adapter: Base = importlib.import_module(f"{__name__}.{name}").Adapter(workdir)
    except ModuleNotFoundError as error:
        raise Absent(f"there is no module {error.name}") from error
    return adapter
