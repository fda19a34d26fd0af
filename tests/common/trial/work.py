"""A work process on trial: `python -m tests.common.trial.work <service> <file that lets it past the middle>`."""

import sys
from pathlib import Path

from services.common import work
from services.common.mongo import Database
from services.common.work import Chunk, Periodic
from tests.waiting import until

ROWS, A_CHUNK, MIDDLE = 50, 5, 20
LINGERS_AT_MOST_S = 60


def count_off_until(release):
    def count_off(tx, job):
        """Write the next numbers, each under itself: once more would be a fault."""
        numbers = range(job.position, min(job.position + A_CHUNK, ROWS))
        if numbers:
            tx.db.counted.insert_many([{"_id": n} for n in numbers], session=tx.session)
        if job.position == MIDDLE:
            until(release.exists, LINGERS_AT_MOST_S)
        return Chunk(done=len(numbers), end=job.position + A_CHUNK >= ROWS)

    return count_off


def sweep(tx):
    return tx.db.notes.delete_many({"over": True}, session=tx.session).deleted_count


if __name__ == "__main__":
    jobs = {"counting": count_off_until(Path(sys.argv[2]))}
    work.run(Database(sys.argv[1]), jobs=jobs, periodic={"sweeping": Periodic(every_s=3600, sweep=sweep)})
