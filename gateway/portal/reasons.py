"""Why lines were not simply taken: how often each reason came, in the registry's words."""

from collections.abc import Iterable, Sequence
from typing import Any

from gateway.portal import asking, visit

# The sentence by language and code: they change only with the registry's version, of which each line tells anew.
_known: dict[tuple[str, str], dict[str, str]] = {}


def of(intake: dict[str, Any], lines: Iterable[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return an intake's reasons, the most frequent first, each with count, outcome and sentence.

    :param lines: some lines of it, which tell what their codes mean.
    """
    _learn(lines)
    counts = sorted(intake["codes"].items(), key=lambda pair: -pair[1])
    return [{"code": code, "count": count, **_meaning(intake["id"], code)} for code, count in counts]


def _meaning(intake_id: str, code: str) -> dict[str, str]:
    if (visit.language(), code) not in _known:
        _learn(asking.read(f"/v1/intakes/{intake_id}/lines", code=code, limit=1).body)
    return _known.get((visit.language(), code), {"sentence": code, "outcome": ""})


def _learn(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        for reason in line["reasons"]:
            said = {"sentence": reason["sentence"], "outcome": reason["outcome"]}
            _known[visit.language(), reason["code"]] = said
