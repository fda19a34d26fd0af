"""Load by wrk, which costs little itself; rounds of all peers in turn, so that the machine's moods hit all alike."""

import re
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5
SECONDS = 3
SCRIPT = """
wrk.method = "{method}"
wrk.body = [[{body}]]
local n, run = 0, "{run}"
{headers}
request = function()
  n = n + 1
  wrk.headers["Idempotency-Key"] = run .. n
  return wrk.format()
end
"""


@dataclass(frozen=True)
class Target:
    """What is asked, again and again."""

    url: str
    token: str
    method: str = "GET"
    body: str = ""


@dataclass(frozen=True)
class Found:
    """Medians over the rounds: requests a second, and the median answer's time in ms."""

    rate: float
    median_ms: float


def compare(folder: Path, targets: dict[str, Target], *, clients: int) -> dict[str, Found]:
    """Ask each target in turn, ROUNDS times, with so many clients at once."""
    rounds: dict[str, list[Found]] = {name: [] for name in targets}
    for turn in range(ROUNDS):
        for name, target in targets.items():
            rounds[name].append(_ask(folder, f"{name}-{clients}-{turn}-", target, clients))
    return {
        name: Found(statistics.median(f.rate for f in found), statistics.median(f.median_ms for f in found))
        for name, found in rounds.items()
    }


def _ask(folder: Path, run: str, target: Target, clients: int) -> Found:
    said = {"Authorization": f"Bearer {target.token}", "Content-Type": "application/json"}
    headers = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in said.items())
    script = folder / "load.lua"
    script.write_text(SCRIPT.format(method=target.method, body=target.body, run=run, headers=headers))
    command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "--latency", "-s", str(script), target.url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(f"{target.url}: {told}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    median = re.search(r"50%\s+([\d.]+)(us|ms|s)", told)
    assert rate
    assert median
    return Found(float(rate[1]), float(median[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[median[2]])
