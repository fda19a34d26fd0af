"""What a start costs before the first answer, but for the people: `python -m tests.benchmarks.matching.start`."""

import statistics
import subprocess
import sys
import time

TIMES = 3


def seconds() -> float:
    """Return the seconds of a process that gets the engine ready, its kernels compiled before; the median of some."""
    return statistics.median(_start() for _ in range(TIMES))


def _start() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", __name__], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    from tests.benchmarks.adapters.begawi import Adapter

    Adapter("")
