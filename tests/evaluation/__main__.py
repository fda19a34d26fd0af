"""`python -m tests.evaluation [choose]`: does the score rank best; or: would other constants rank better."""

import os
import sys
from collections.abc import Sequence
from multiprocessing import get_context

from tests.evaluation import choosing, table
from tests.evaluation.judging import HELD_OUT, HELD_OUT_SEEDS, Result, judge, settings


def main(asked: Sequence[str]) -> int:
    if asked == ["choose"]:
        choosing.choose()
        return 0
    with get_context("fork").Pool(os.cpu_count()) as pool:
        found = pool.map(judge, settings(HELD_OUT, HELD_OUT_SEEDS), chunksize=1)
    return _tell([result for results in found for result in results])


def _tell(results: Sequence[Result]) -> int:
    print("\n".join(table.shown(results)))
    leads = sorted(table.leads(results), key=lambda lead: lead.by)
    print("\nleast ahead of the best of the others, on average over the seeds:")
    for lead in leads[:5]:
        print(f"  {lead.by:+.3f} {lead.metric}, {lead.taxonomy}, {lead.recipe}, {lead.half}")
    behind = [lead for lead in leads if lead.by <= 0]
    print(f"\nThe score is {'not ' if behind else ''}ahead everywhere.")
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
