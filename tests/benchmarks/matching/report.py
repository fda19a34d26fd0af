"""What was measured, as a table."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

import numpy as np

from tests.benchmarks.matching.contender import Measured
from tests.benchmarks.matching.vacancies import KINDS, Vac

MB = 2**20
PAIR = 16  # characters of a column with two numbers


def table(found: Mapping[str, Measured], vacancies: Sequence[Vac]) -> list[str]:
    """Return a line of headings and one a contender, the fastest first.

    ms are "p50 / p95", of all vacancies and of each kind (what everybody needs: nothing, skills, certificates, both),
    and of all as multiples of ours; `n`: how many there was time for; `change`: the median; `seen`: by the next query.
    """
    kinds = [(kind, {at for at, vacancy in enumerate(vacancies) if vacancy.kind == kind}) for kind in KINDS]
    heads = "".join(f"{head:>{PAIR}}" for head in ("all ms", "x begawi", *(f"{kind} ms" for kind in KINDS)))
    lines = [f"  {'contender':16}{'build s':>8}{'MB':>7}{'n':>6}{heads}{'change ms':>10}{'seen':>7}"]
    for name, each in sorted(found.items(), key=lambda item: p50(item[1].times.values())):
        cells = [_pair(p50(each.times.values()), p95(each.times.values()))]
        cells += [_pair(*ratios(each.times, found["begawi"].times)) if "begawi" in found else ""]
        for _, of in kinds:
            times = [ms for at, ms in each.times.items() if at in of]
            cells.append(_pair(p50(times), p95(times)))
        sizes = f"{each.build_s:8.1f}{(each.own + each.servers) / MB:7.0f}{len(each.times):6}"
        seen = f"{each.seen}/{len(each.changes)}"
        numbers = "".join(f"{cell:>{PAIR}}" for cell in cells)
        lines.append(f"  {name:16}{sizes}{numbers}{median(each.changes):10.3f}{seen:>7}")
    return lines


def ratios(slow: Mapping[int, float], fast: Mapping[int, float]) -> tuple[float, float]:
    """Return the ratios of p50 and of p95, of the vacancies that both answered."""
    both = slow.keys() & fast.keys()
    slower, faster = [slow[at] for at in both], [fast[at] for at in both]
    return p50(slower) / p50(faster), p95(slower) / p95(faster)


def shown(number: float) -> str:
    """Return three digits that count, and all before the point."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def _pair(one: float, other: float) -> str:
    return f"{shown(one)} / {shown(other)}"


def p50(times: Iterable[float]) -> float:
    return _percentile(times, 50)


def p95(times: Iterable[float]) -> float:
    return _percentile(times, 95)


def _percentile(times: Iterable[float], percent: float) -> float:
    """Return a percentile; of nothing: nan."""
    found = list(times)
    return float(np.percentile(found, percent)) if found else float("nan")
