"""`/antrean`: the lines of all intakes that wait for an officer, one after the other, the oldest first."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.portal import asking, cells, visit
from gateway.upstream import Declined
from services.common.access import PUBLIC, allow

TAKEN = "nik-taken"

queue = visit.inside("queue")


@queue.get("/antrean")
@allow(PUBLIC)
def show_next() -> str:
    """Show the next line that waits."""
    cursor = request.args.get("cursor")
    page = asking.read("/v1/intake-lines", state="open", limit=1, cursor=cursor)
    if not page.body:
        return render_template("queue-empty.html", cursor=cursor)
    return _line(page.body[0], origin={"from": "queue", "cursor": cursor}, further=page.cursor)


@queue.get("/antrean/<uuid:intake_id>/<int:number>")
@allow(PUBLIC)
def show(intake_id: UUID, number: int) -> str:
    """Show one line."""
    return _line(asking.read(_path(intake_id, number)).body, origin=_origin(request.args))


@queue.post("/antrean/<uuid:intake_id>/<int:number>")
@allow(PUBLIC)
def decide(intake_id: UUID, number: int) -> ResponseReturnValue:
    """Do with a line as the officer says; the next one stands there then."""
    line = asking.read(_path(intake_id, number)).body
    act, _, worker_id = request.form.get("act", "").partition(":")
    corrected = cells.corrections(line["fields"], request.form)
    said = {"act": act, "worker_id": worker_id or None, "corrections": corrected}
    origin = _origin(request.form)
    try:
        asking.send("POST", f"{_path(intake_id, number)}/decision", said)
    except Declined as refused:
        return _line(line, origin=origin, said=corrected, refused=refused), refused.code or 422
    asked = urlencode({name: value for name, value in (("cursor", origin["cursor"]), ("done", act)) if value})
    return redirect(f"/unggah/{intake_id}?{asked}" if origin["from"] == "intake" else f"/antrean?{asked}", 303)


def _line(
    line: dict[str, Any],
    *,
    origin: Mapping[str, str | None],
    further: str | None = None,
    said: Mapping[str, str | None] | None = None,
    refused: Declined | None = None,
) -> str:
    """Return the page of a line.

    :param origin: where the officer came from, and goes on.
    :param further: the cursor of the lines after it.
    :param said: the corrections that were refused.
    """
    intake = asking.read(f"/v1/intakes/{asking.part(line['intake'])}").body
    institution = asking.read(f"/v1/institutions/{asking.part(intake['institution_id'])}").body
    compared = request.args.get("compare")
    wrong = cells.wrong(line, refused)
    return render_template(
        "line.html",
        line=line,
        intake=intake,
        institution=institution,
        origin=origin,
        further=further,
        refused=refused,
        candidates=_candidates(line, refused),
        compared=asking.read(f"/v1/workers/{asking.part(compared)}").body if compared else None,
        wrong=wrong,
        other=cells.other(line, wrong),
        values={**line["fields"], **(said or {})},
        offered=cells.offered(wrong),
    )


def _origin(said: Mapping[str, str]) -> dict[str, str | None]:
    return {"from": said.get("from", "intake"), "cursor": said.get("cursor")}


def _candidates(line: dict[str, Any], refused: Declined | None) -> list[dict[str, Any]]:
    """Return whom a line may name, and who has its NIK, if it was refused for that."""
    found: list[dict[str, Any]] = list(line["candidates"])
    if refused is not None and refused.kind == TAKEN and refused.subject:
        found = [each for each in found if each["worker_id"] != refused.subject]
        found.insert(0, {"worker_id": refused.subject, "line": None, "score": None})
    return found


def _path(intake_id: UUID, number: int) -> str:
    return f"/v1/intakes/{intake_id}/lines/{number}"
