"""`python -m tests.registry.mess [seed …] [--show N]`: how well the pure layers read what they have not seen."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.registry.mess import answers, layers, make_regency
from tests.registry.mess.score import Result, Score, score
from tests.registry.mess.truth import ACROSS_LINES, Line

# The layers do see which skill is none; all else of these needs another line.
_IGNORING = ACROSS_LINES - {"skill_unknown"}


def main(asked: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.registry.mess", description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--show", type=int, default=0, help="examples of each kind of finding")
    parser.add_argument("--sample", type=Path, help="a folder with files/ and answers.json, instead of seeds")
    given = parser.parse_args(asked)
    if given.sample:
        files = [(path.name, path.read_bytes()) for path in sorted((given.sample / "files").iterdir())]
        _show("sample", _judge(files, answers.load(given.sample / "answers.json")), given.show)
        return 0
    for seed in given.seeds:
        regency = make_regency(seed, people=given.people)
        found = _judge(
            [(file.name, file.content) for file in regency], [line for file in regency for line in file.lines]
        )
        _show(f"seed {seed}", found, given.show)
    return 0


def _judge(files: Iterable[tuple[str, bytes]], truth: list[Line]) -> Score:
    results: list[Result] = []
    for name, content in files:
        try:
            results += layers.read(content, name)
        except Exception as reason:  # noqa: BLE001  a crash is a finding, and the other files are judged too
            print(f"{name}: {reason!r}")
    return score(results, truth, ignoring=_IGNORING, skill_of=layers.skill_of)


def _show(title: str, found: Score, examples: int) -> None:
    print(f"\n== {title}\n{found.report()}")
    by_file = Counter(
        text.partition(" [")[0] for kind in ("lost", "invented", "doubled") for text in found.examples[kind]
    )
    for name, count in by_file.most_common(8):
        print(f"  {count} lines lost, invented or doubled in {name}")
    for kind, texts in sorted(found.examples.items()) if examples else ():
        print(f"-- {kind} ({len(texts)})")
        for text in texts[:examples]:
            print(f"   {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
