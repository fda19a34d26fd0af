"""What was found, as a table, and where the score is not ahead."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import mean, stdev
from typing import NamedTuple

from tests.evaluation.judging import PLAIN, SWAPPED, Result
from tests.evaluation.metrics import Quality
from tests.evaluation.rankers import COSINE, IDF, OVERLAP, SCORE

ROWS = (SCORE, OVERLAP, IDF, COSINE)
METRICS = {"nDCG@10": "ndcg", "MRR": "mrr"}
HALVES = (PLAIN, SWAPPED)


class Lead(NamedTuple):
    """By how much the score is ahead of the best of the others, on average over the seeds."""

    taxonomy: str
    recipe: str
    half: str
    metric: str
    by: float


def shown(results: Sequence[Result]) -> list[str]:
    """Return the table: of each ranker the mean over all worlds, and how far worlds are spread around it."""
    columns = [(half, metric) for half in HALVES for metric in METRICS]
    lines = []
    for taxonomy in dict.fromkeys(each.taxonomy for each in results):
        here = [each for each in results if each.taxonomy == taxonomy]
        used = len(frozenset().union(*(each.used for each in here)))
        worlds = len({(each.recipe, each.seed) for each in here})
        lines += ["", f"{taxonomy}: {used:,} skills in use, {worlds} worlds", _line("", (" ".join(c) for c in columns))]
        for row in ROWS:
            own = [each for each in here if each.ranker == row]
            lines.append(_line(row, (_spread(own, *column) for column in columns)))
    return lines


def leads(results: Iterable[Result]) -> list[Lead]:
    """Return of each taxonomy, kind of world, half and metric how far the score is ahead."""
    places: defaultdict[tuple[str, str, str], defaultdict[str, list[Quality]]] = defaultdict(lambda: defaultdict(list))
    for each in results:
        places[each.taxonomy, each.recipe, each.half][each.ranker].append(each.quality)
    return [
        Lead(*place, metric, _mean(found[SCORE], field) - max(_mean(found[row], field) for row in ROWS[1:]))
        for place, found in places.items()
        for metric, field in METRICS.items()
    ]


def _mean(found: Sequence[Quality], field: str) -> float:
    return mean(float(getattr(each, field)) for each in found)


def _spread(found: Sequence[Result], half: str, metric: str) -> str:
    values = [getattr(each.quality, METRICS[metric]) for each in found if each.half == half]
    return f"{mean(values):.3f} ± {stdev(values):.3f}"


def _line(head: str, cells: Iterable[str]) -> str:
    return f"  {head:<14}" + "".join(f"{cell:>22}" for cell in cells)
