"""What can be done with lines of intakes: taken many at once, decided, taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.common import mongo
from services.common.mongo import Tx
from services.common.seal import fingerprint
from services.registry.admission import commands as admissions
from services.registry.admission import store as acquaintances
from services.registry.admission.model import Entry
from services.registry.batch import commands as batches
from services.registry.certificate import store as certificates
from services.registry.certificate.model import Certificate, CertificateNumberTaken
from services.registry.line import model, store
from services.registry.line.model import IntakeLine, LineSettled, Source
from services.registry.programme import store as programmes
from services.registry.reading import reads
from services.registry.reading.duplicates import Crowd, Trace, Verdict, judge
from services.registry.reading.reads import Read, Understanding
from services.registry.reading.sheets import RawLine
from services.registry.skill import store as skills
from services.registry.skill.model import text_key
from services.registry.worker import store as workers
from services.registry.worker.model import NikTaken

UNDONE_AT_ONCE = 100
KEPT = store.KEPT  # so long it is known what a line changed


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A line, what it says, and what the others make of it."""

    line: IntakeLine
    read: Read
    trace: Trace
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class _Others:
    """What lines are compared with.

    held: certificates by issuer and number. named: ids of lines that wait, and to which a corrected form refers.
    before: lines of the same institution that came in or were settled, by all that they say.
    """

    crowd: Crowd
    held: Mapping[tuple[str | None, str], Certificate]
    named: frozenset[str]
    before: Mapping[str, IntakeLine]

    def referred(self, read: Read) -> set[str]:
        """Return the id of the line of which this is the corrected form, if it says so."""
        return {read.values.reference or ""} & self.named


def take(tx: Tx, source: Source, raw: Sequence[RawLine], *, first: int) -> Counter[str]:
    """Take lines of a spreadsheet; return how many had which outcome, code and effect, by dotted name.

    :param first: the number of the first of them.
    """
    read = _read(tx, source, raw)
    traces = [_trace(each, source) for each in read]
    others = _others(tx, source, read, traces)
    numbered = zip(range(first, first + len(read)), read, traces, strict=True)
    judged = _unless_said(tx, source, [_judge(source, *each, others=others) for each in numbered])
    former = {id_: each.line.id for each in judged for id_ in {*each.verdict.replaces, *others.referred(each.read)}}
    replaced = {id_: {"state": "replaced", "replaced_by": newer} for id_, newer in former.items()}
    store.settle(tx, replaced, now=source.now)
    changed = _admit(tx, source, [each for each in judged if each.line.state == "taken"])
    lines = [changed.get(each.line.id, each.line) for each in judged]
    store.insert_many(tx, lines, {each.line.id: each.trace for each in judged}, now=source.now)
    skills.note_unsure(tx, [reading for each in read for reading in each.skills])
    return model.counted(lines)


def decide(
    tx: Tx, source: Source, *, number: str, act: str, worker_id: str | None, corrections: Mapping[str, Any]
) -> IntakeLine:
    """Settle a line that waits: accept it as it is or with corrections, join it to a worker, or dismiss it.

    :param worker_id: whom it joins; None: whoever its NIK names, or somebody new.
    :raises LineUnknown: there is no such line.
    :raises LineSettled: it waits for no decision.
    :raises LineIncomplete: something is missing without which nobody can be taken.
    :raises WorkerUnknown: there is nobody to join it to.
    :raises NikTaken, CertificateNumberTaken: its NIK or its certificate is somebody else's.
    """
    line = store.get(tx, source.intake_id, number)
    if line.state not in {"open", "returned"}:
        raise LineSettled(line.id)
    if act == "dismiss":
        dismissed = replace(line, state="dismissed")
        store.decide(tx, dismissed, now=source.now)
        return dismissed
    judged = _judged_again(tx, source, line, corrections)
    certain = judged.verdict.worker_id
    joined = worker_id if act == "join" else certain
    _check(tx, judged, joined)
    verdict = replace(judged.verdict, worker_id=joined, corrects=judged.verdict.corrects and joined == certain)
    decided = replace(judged.line, state="decided", worker_id=joined or mongo.new_id())
    decided = _admit(tx, source, [replace(judged, line=decided, verdict=verdict)], confirms_nik=act == "join")[line.id]
    store.decide(tx, decided, now=source.now)
    return decided


def waiting(tx: Tx, intake_id: str) -> Iterator[IntakeLine]:
    """Yield the lines of an intake that wait for a decision or were given back, in their order."""
    page = store.waiting(tx, intake_id, after="", limit=UNDONE_AT_ONCE)
    while page:
        yield from page
        page = store.waiting(tx, intake_id, after=page[-1].id, limit=UNDONE_AT_ONCE)


def take_back(tx: Tx, intake_id: str, *, today: date, now: datetime) -> tuple[int, Counter[str]]:
    """Undo what the last lines of an intake did; return how many lines that were, and what became of people."""
    lines = store.last(tx, intake_id, UNDONE_AT_ONCE)
    done = [line.effect for line in lines if line.effect]
    others = {line.id: line for line in store.telling_of(tx, {each.worker_id for each in done}, but=intake_id)}
    told = {id_: line.effect for id_, line in others.items() if line.effect}
    counts, heirs = admissions.take_back(tx, done, told, since=intake_id, today=today)
    store.rewrite(tx, [replace(others[id_], effect=effect) for id_, effect in heirs.items()])
    store.settle(tx, {line.id: {"state": "undone"} for line in lines}, now=now)
    store.reopen(tx, lines, now=now)
    return len(lines), Counter({f"people.{kind}": count for kind, count in counts.items()})


def _read(tx: Tx, source: Source, raw: Sequence[RawLine]) -> list[Read]:
    understanding = Understanding(
        today=source.as_of,
        month_first=source.month_first,
        programme=programmes.naming(tx).find,
        skills=skills.naming(tx),
    )
    found = [understanding.read(each) for each in raw]
    dismissed = skills.dismissed(tx, [text_key(text) for each in found for text in each.unsure])
    return [each.without(lambda text: text_key(text) in dismissed) for each in found]


def _trace(read: Read, source: Source) -> Trace:
    programme = read.values.programme
    course = model.wanted_batch(read, source.institution_id, programme).key if programme else None
    return reads.trace(read, institution=source.institution_id, course=course, fingerprint=fingerprint)


def _others(tx: Tx, source: Source, read: Sequence[Read], traces: Sequence[Trace]) -> _Others:
    named = {each.values.reference for each in read if each.values.reference}
    earlier = store.sharing(tx, source.intake_id, {mark for trace in traces for mark in trace.marks})
    return _Others(
        crowd=Crowd([*earlier, *acquaintances.acquainted(tx, traces)]),
        held=_certified(tx, read),
        named=frozenset(store.replaceable(tx, source.institution_id, named)),
        before=store.said_before(tx, source.institution_id, traces, but=source.intake_id),
    )


def _certified(tx: Tx, read: Iterable[Read]) -> dict[tuple[str | None, str], Certificate]:
    """Return by issuer and number those certificates that somebody has."""
    return certificates.with_numbers(
        tx, {(each.values.issuer, each.values.cert_no) for each in read if each.values.cert_no}
    )


def _judge(source: Source, number: int, read: Read, trace: Trace, *, others: _Others) -> _Judged:
    """Judge a line; from then on it is one of the crowd."""
    verdict = judge(trace, [other for other in others.crowd.near(trace) if other.line not in others.referred(read)])
    holder = others.held.get((read.values.issuer, read.values.cert_no or ""))
    if holder is not None and holder.worker_id != verdict.worker_id and not verdict.is_repeated:
        verdict = replace(verdict, codes=(*verdict.codes, "certificate_conflict"))
    line = model.line(source, number, read, verdict, new_id=mongo.new_id())
    before = None if verdict.is_repeated or line.state == "taken" else others.before.get(trace.whole or "")
    if before is not None and before.state in model.SETTLED:
        line = line.settled_like(before)
    elif before is not None:  # whoever came in by it is in, whatever others make doubtful since
        verdict = Verdict(worker_id=before.worker_id)
        line = model.line(source, number, read, verdict, new_id=mongo.new_id())
    others.crowd.add(replace(trace, line=line.id, worker_id=line.worker_id))
    return _Judged(line=line, read=read, trace=trace, verdict=verdict)


def _unless_said(tx: Tx, source: Source, judged: Sequence[_Judged]) -> list[_Judged]:
    """Return lines of which those correct nothing that only say again what their institution said last: somebody else
    may have changed it since.
    """
    known = {each.line.worker_id or "" for each in judged if each.verdict.corrects}
    said = store.said_last(tx, source.institution_id, known, but=source.intake_id) if known else {}

    def is_said(each: _Judged) -> bool:
        keys = ((each.line.worker_id or "", course.key) for course in each.trace.courses)
        return any(each.trace.whole in said.get(key, ()) for key in keys)

    return [replace(each, verdict=replace(each.verdict, corrects=False)) if is_said(each) else each for each in judged]


def _judged_again(tx: Tx, source: Source, line: IntakeLine, corrections: Mapping[str, Any]) -> _Judged:
    (read,) = _read(tx, source, [line.corrected(corrections)])
    trace = _trace(read, source)
    crowd = _others(tx, source, [read], [trace]).crowd
    verdict = judge(trace, [other for other in crowd.near(trace) if other.line != line.id])
    again = model.line(source, line.number, read, verdict, new_id=mongo.new_id())
    again = replace(again, outcome=line.outcome, candidates=line.candidates)
    return _Judged(line=again, read=read, trace=trace, verdict=verdict)


def _check(tx: Tx, judged: _Judged, joined: str | None) -> None:
    model.check(judged.read.values)
    if joined is not None:
        workers.get(tx, joined)
    nik = judged.read.values.nik
    holder = workers.with_nik(tx, nik) if nik else None
    if holder is not None and holder != joined:
        raise NikTaken(holder)
    for certificate in _certified(tx, [judged.read]).values():
        if certificate.worker_id != joined:
            raise CertificateNumberTaken(certificate.id)


def _admit(tx: Tx, source: Source, judged: Sequence[_Judged], *, confirms_nik: bool = False) -> dict[str, IntakeLine]:
    """Let people in; return their lines by id, with what that changed."""
    ids = [each.read.values.programme or "" for each in judged]
    taught = programmes.of_ids(tx, set(ids))
    wanted = [model.wanted_batch(each.read, source.institution_id, id_) for each, id_ in zip(judged, ids, strict=True)]
    made = batches.ensure_many(tx, wanted)
    entries = []
    for each, batch in zip(judged, made, strict=True):
        worker_id = each.line.worker_id or ""
        unread = [text_key(text) for text in each.read.unsure]
        entries.append(
            Entry(
                worker=model.worker(each.read, worker_id, unread, source.now),
                joins=each.verdict.worker_id is not None,
                corrects=each.verdict.corrects,
                enrolment=model.enrolment(each.read, batch, source, id=mongo.new_id(), worker_id=worker_id),
                certificate=model.certificate(
                    each.read, taught[batch.programme_id], id=mongo.new_id(), worker_id=worker_id
                ),
            )
        )
    done = admissions.admit(tx, entries, today=source.as_of, confirms_nik=confirms_nik)
    return {each.line.id: replace(each.line, effect=effect) for each, effect in zip(judged, done, strict=True)}
