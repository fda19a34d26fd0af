"""What can be done with intakes."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from services import events
from services.common import mongo, outbox, work
from services.common.mongo import Tx
from services.common.work import Chunk, Job
from services.registry.institution import store as institutions
from services.registry.intake import model, store
from services.registry.intake.model import CHUNK, Intake, IntakeForgotten, IntakeUndone, IntakeUnfinished
from services.registry.line import commands as lines
from services.registry.line.model import IntakeLine, Source
from services.registry.reading.answer import REASONS, REFERENCE, Returned, workbook
from services.registry.reading.codes import CODES
from services.registry.reading.fields import personal
from services.registry.reading.reader import Reader
from services.registry.reading.sheets import Unreadable, normalise

JOB, UNDOING = "intake.taken", "intake.undone"
# What we call the columns that a workbook of lines that go back has besides the file's own.
OURS: dict[str, str | None] = {normalise(REASONS): None, normalise(REFERENCE): "reference"}
OUTCOMES = ("accept", "warn", "review", "reject")  # of a line
OPEN_AT_ONCE = 2
# The files that this process is taking, the last one last: opened once, not for each chunk.
_reading: dict[str, Reader] = {}


def take(
    tx: Tx,
    *,
    id: str,
    institution_id: str,
    upload: str,
    file_name: str,
    size: int,
    columns: Mapping[str, str | None],
    as_of: date,
    owner: str,
    now: datetime,
) -> Intake:
    """Accept a spreadsheet; its lines are taken by a job, chunk by chunk.

    :param upload: what the file is kept under.
    :param columns: field by heading, where the institution knows better; it is remembered.
    :param as_of: the day of which the file tells.
    :raises InstitutionUnknown: there is no such institution.
    :raises FieldsUnknown: there is no such field.
    """
    remember(tx, institution_id=institution_id, columns=columns)
    job = work.start(tx, "registry", JOB, id=mongo.new_id(), subject=id, owner=owner, total=None)
    intake = Intake(
        id=id,
        version=1,
        institution_id=institution_id,
        upload=upload,
        file_name=file_name,
        size=size,
        state="reading",
        problem=None,
        job=job.id,
        as_of=as_of,
        known=tuple(store.remembered(tx, institution_id).items()),
        owner=owner,
        created_at=now,
    )
    store.insert(tx, intake)
    return intake


def remember(tx: Tx, *, institution_id: str, columns: Mapping[str, str | None]) -> None:
    """Remember which field the columns of an institution's files hold; None: nothing that is kept.

    :raises InstitutionUnknown: there is no such institution.
    :raises FieldsUnknown: there is no such field.
    """
    institutions.get(tx, institution_id)
    model.check_fields(columns)
    if columns:
        known = {normalise(personal.without(heading)): said for heading, said in columns.items()}
        store.remember(tx, institution_id, known)


def open_file(tx: Tx, job: Job) -> None:
    """Open the job's file and look it through: for a large one that takes longer than a transaction may."""
    with suppress(Unreadable):  # the step says so, in its transaction
        _opened(tx, store.get(tx, job.subject)).look(job.position)


@work.preceded_by(open_file)
def take_chunk(tx: Tx, job: Job) -> Chunk:
    """Take the next lines of the job's intake."""
    intake = store.get(tx, job.subject)
    try:
        reader = _opened(tx, intake)
    except Unreadable as error:
        # Its file may also have been forgotten meanwhile: what was taken until then stays, and can be undone.
        store.change(tx, intake.id, {"state": "unreadable", "problem": error.code})
        _tell_its_end(tx, intake.id)
        return Chunk(done=0, end=True, total=job.position)
    if intake.total is None:
        _begin(tx, intake, reader)
    raw = reader.lines(job.position, CHUNK)
    counts = lines.take(tx, _source(intake, month_first=reader.month_first), raw, first=job.position + 1)
    is_end = len(raw) < CHUNK
    store.change(tx, intake.id, {"state": "taken"} if is_end else None, counts)
    if is_end:
        _reading.pop(intake.id, None)
        _tell_its_end(tx, intake.id)
    taken = counts["outcomes.accept"] + counts["outcomes.warn"]
    return Chunk(done=taken, failed=len(raw) - taken, end=is_end, total=reader.total)


def errors(tx: Tx, *, intake_id: str, say: Callable[[str], str]) -> bytes:
    """Return a workbook of the lines that wait or were given back, each with its reasons.

    :param say: puts a sentence into the language of whoever asks.
    :raises IntakeUnknown: there is no such intake.
    """
    intake = store.get(tx, intake_id)
    returned = (
        Returned(
            reference=line.id,
            number=line.number,
            cells=line.cells,
            fields=line.fields,
            reasons=[say(CODES[code].sentence) for code in line.codes],
        )
        for line in lines.waiting(tx, intake_id)
    )
    return workbook(intake.layouts, returned)


def undo(tx: Tx, *, intake_id: str, owner: str, now: datetime) -> Intake:
    """Ask for an intake to be undone: what it changed is put back, unless somebody changed it since.

    Batches that it made stay, without anybody in them.

    :raises IntakeUnknown: there is no such intake.
    :raises IntakeUnfinished: it is still being taken.
    :raises IntakeUndone: it is undone already, or about to be.
    :raises IntakeForgotten: it is so long ago that nobody knows any more what it changed.
    """
    intake = store.get(tx, intake_id)
    if intake.state == "reading":
        raise IntakeUnfinished(intake_id)
    if intake.state in {"undoing", "undone"}:
        raise IntakeUndone(intake_id)
    if now - intake.created_at > lines.KEPT:
        raise IntakeForgotten(intake_id)
    job = work.start(tx, "registry", UNDOING, id=mongo.new_id(), subject=intake_id, owner=owner, total=intake.total)
    store.change(tx, intake_id, {"state": "undoing", "job": job.id})
    return store.get(tx, intake_id)


def undo_chunk(tx: Tx, job: Job) -> Chunk:
    """Undo the last lines of the job's intake that are not undone yet."""
    intake = store.get(tx, job.subject)
    count, people = lines.take_back(tx, intake.id, today=intake.as_of, now=job.created_at)
    is_end = count < lines.UNDONE_AT_ONCE
    store.change(tx, intake.id, {"state": "undone"} if is_end else None, people)
    return Chunk(done=count, end=is_end)


def decide(tx: Tx, /, *, intake_id: str, now: datetime, **said: Any) -> IntakeLine:
    """Settle a line that waits, as `line.commands.decide` does.

    :raises IntakeUnknown: there is no such intake.
    :raises IntakeUndone: it is undone, or about to be.
    """
    intake = store.get(tx, intake_id)
    if intake.state in {"undoing", "undone"}:
        raise IntakeUndone(intake_id)
    line = lines.decide(tx, _source(intake, month_first=intake.month_first, now=now), **said)
    store.change(tx, intake_id, counted={f"decisions.{line.state}": 1})
    return line


def _begin(tx: Tx, intake: Intake, reader: Reader) -> None:
    """Keep what a file looks like, and remember which field was found in the columns whose headings did not tell."""
    seen = {"total": reader.total, "month_first": reader.month_first}
    layouts = [layout.impersonal() for layout in reader.layouts]
    store.change(tx, intake.id, seen | {"layouts": [asdict(layout) for layout in layouts]})
    guessed = {normalise(heading): said for layout in layouts for heading, said in layout.guessed}
    if guessed:
        store.remember(tx, intake.institution_id, guessed | store.remembered(tx, intake.institution_id))


def _tell_its_end(tx: Tx, intake_id: str) -> None:
    intake = store.get(tx, intake_id)
    told = {"intake_id": intake.id, "institution_id": intake.institution_id, "state": intake.state}
    accepted, warned, to_decide, returned = (intake.outcomes.get(name, 0) for name in OUTCOMES)
    counts = {"taken": accepted + warned, "to_decide": to_decide, "returned": returned}
    outbox.tell(tx, events.IntakeFinished, **told, **counts)


def _source(intake: Intake, *, month_first: bool, now: datetime | None = None) -> Source:
    return Source(
        intake_id=intake.id,
        institution_id=intake.institution_id,
        as_of=intake.as_of,
        month_first=month_first,
        now=now or intake.created_at,
    )


def _opened(tx: Tx, intake: Intake) -> Reader:
    reader = _reading.pop(intake.id, None)
    if reader is None:
        reader = Reader(store.file_of(tx, intake.upload), intake.file_name, OURS | dict(intake.known))
    _reading[intake.id] = reader
    while len(_reading) > OPEN_AT_ONCE:
        del _reading[next(iter(_reading))]
    return reader
