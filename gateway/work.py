"""The gateway's long and periodic work, as a process: `python -m gateway.work`."""

from collections.abc import Mapping

from gateway.claim import commands as claims
from gateway.database import database
from gateway.language import say
from gateway.letter import commands as letters
from gateway.notice import commands as notices
from gateway.recovery import commands as recoveries
from gateway.registration import commands as registrations
from services.common import work
from services.common.mongo import Tx
from services.common.work import Periodic, Step
from services.reference import clock


def send_next(tx: Tx) -> int:
    return letters.send_next(tx, now=clock.now())


def write_digest(tx: Tx) -> int:
    return notices.write_digest(tx, now=clock.now(), say=say)


def write_wished(tx: Tx) -> int:
    return claims.write_next(tx, now=clock.now())


def resume_registration(tx: Tx) -> int:
    return registrations.resume_next(tx, now=clock.now())


JOBS: Mapping[str, Step] = {recoveries.ASKED: recoveries.answer}
PERIODIC: Mapping[str, Periodic] = {
    letters.SENDING: Periodic(every_s=15, sweep=send_next, in_transaction=False),
    claims.WRITING: Periodic(every_s=30, sweep=write_wished, in_transaction=False),
    "registrations": Periodic(every_s=30, sweep=resume_registration, in_transaction=False),
    notices.DIGESTS: Periodic(every_s=60, sweep=write_digest),
}

if __name__ == "__main__":
    work.run(database, jobs=JOBS, periodic=PERIODIC)
