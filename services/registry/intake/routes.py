"""Intakes over HTTP."""

import hashlib
from typing import Any

from flask import Response, request

from services.common import access, mongo
from services.common.access import allow
from services.common.errors import Refused
from services.common.web import conditional, idempotency, lists, uploads
from services.common.web.blueprint import MULTIPART, Blueprint
from services.common.web.words import say
from services.reference import clock
from services.registry.database import database
from services.registry.intake import commands, store
from services.registry.intake.model import LARGEST, FileTooLarge, Intake, NoFile, called
from services.registry.intake.schemas import ColumnsRequest, IntakeForm, IntakeQuery, IntakeView
from services.registry.line import store as lines
from services.registry.line.model import IntakeLine
from services.registry.line.schemas import LineDecisionRequest, LineQuery, LineView

intakes = Blueprint("intakes", __name__, url_prefix="/v1")
FORM = 1024 * 1024  # bytes that a form has besides its file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sender(intake_id: str) -> str:
    return store.get(database.reader(), intake_id).institution_id


@intakes.post("/intakes")
@allow("officer", "institution:own", "partner:intakes.write", owner=uploads.in_form("institution_id"))
@uploads.body_at_most(LARGEST + FORM)
@intakes.arguments(IntakeForm, location=MULTIPART)
@intakes.response(202, IntakeView)
def take(asked: dict[str, Any]) -> tuple[Intake, int, dict[str, str]]:
    """Send a spreadsheet of participants. Location is the job that takes its lines; the intake shows the counts."""
    file = asked.pop("file")
    upload, digest, size = _keep(file)
    kept = {"upload": upload, "file_name": called(file.filename or ""), "size": size}
    asked |= kept | {"as_of": asked["as_of"] or clock.today(), "owner": access.actor().id, "now": clock.now()}
    body = f"{sorted(request.form.items())}\n{digest}"
    try:
        intake, status, headers = idempotency.create(
            database, commands.take, store.get, "/v1/intakes/{}", status=202, body=body, **asked
        )
    except Refused:
        store.forget_file(database.reader(), upload)
        raise
    if intake.upload != upload:  # the request came before, with the same file
        store.forget_file(database.reader(), upload)
    return intake, status, headers | _at(intake.job)


@intakes.get("/intakes")
@allow("officer", "institution:own", "partner:intakes.read", owner=lambda **_: request.args.get("institution_id"))
@intakes.arguments(IntakeQuery, location="query")
@intakes.response(200, IntakeView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Intake], dict[str, str]]:
    """List intakes, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@intakes.get("/intakes/<intake_id>")
@allow("officer", "institution:own", "partner:intakes.read", owner=sender)
@intakes.response(200, IntakeView)
def show(intake_id: str) -> tuple[Intake, dict[str, str]]:
    """Show an intake: how many lines had which outcome and code, and what each column was taken for."""
    return conditional.shown(store.get(database.reader(), intake_id))


@intakes.get("/intakes/<intake_id>/errors.xlsx")
@allow("officer", "institution:own", "partner:intakes.read", owner=sender)
@intakes.response(200, {"type": "string", "format": "binary"}, content_type=XLSX)
def errors(intake_id: str) -> Response:
    """Return the lines that were not taken, as a workbook: the columns of the file, and one of reasons.

    Corrected, it can be sent as the next intake: what is taken then no longer waits here.
    """
    content = commands.errors(database.reader(), intake_id=intake_id, say=say)
    name = f"begawi-{intake_id}.xlsx"
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@intakes.post("/intakes/<intake_id>/undo")
@allow("officer")
@intakes.response(202, IntakeView)
def undo(intake_id: str) -> tuple[Intake, int, dict[str, str]]:
    """Undo an intake: what it changed is put back, unless somebody changed it since. Location is its job."""
    asked = {"intake_id": intake_id, "owner": access.actor().id, "now": clock.now()}
    intake, headers = idempotency.change(database, commands.undo, store.get, intake_id, **asked)
    return intake, 202, headers | _at(intake.job)


@intakes.get("/intakes/<intake_id>/lines")
@allow("officer", "institution:own", "partner:intakes.read", owner=sender)
@intakes.arguments(LineQuery, location="query")
@intakes.response(200, LineView(many=True))
def list_lines(asked: dict[str, Any], intake_id: str) -> tuple[list[IntakeLine], dict[str, str]]:
    """List the lines of an intake, with what is wrong with them; by state, outcome or code."""
    store.get(database.reader(), intake_id)
    asked["codes"] = asked.pop("code")
    return lists.page(asked, lambda **query: lines.page(database.reader(), intake=intake_id, **query))


@intakes.get("/intakes/<intake_id>/lines/<number>")
@allow("officer", "institution:own", "partner:intakes.read", owner=lambda intake_id, **_: sender(intake_id))
@intakes.response(200, LineView)
def show_line(intake_id: str, number: str) -> IntakeLine:
    """Show a line of an intake."""
    return lines.get(database.reader(), intake_id, number)


@intakes.post("/intakes/<intake_id>/lines/<number>/decision")
@allow("officer")
@intakes.arguments(LineDecisionRequest)
@intakes.response(200, LineView)
def decide(asked: dict[str, Any], intake_id: str, number: str) -> IntakeLine:
    """Settle a line that waits: accept it, with corrections, join it to a worker, or dismiss it."""
    asked |= {"intake_id": intake_id, "number": number, "now": clock.now()}
    return database.transact(commands.decide, **asked)


@intakes.get("/intake-lines")
@allow("officer")
@intakes.arguments(LineQuery, location="query")
@intakes.response(200, LineView(many=True))
def queue(asked: dict[str, Any]) -> tuple[list[IntakeLine], dict[str, str]]:
    """List the lines of all intakes, the oldest first; with `state=open`, those that wait for an officer."""
    asked["codes"] = asked.pop("code")
    return lists.page(asked, lambda **query: lines.page(database.reader(), **query))


@intakes.get("/institutions/<institution_id>/columns")
@allow("officer", "institution:own", "partner:intakes.read")
@intakes.response(200, ColumnsRequest)
def columns(institution_id: str) -> dict[str, Any]:
    """Show what the columns of an institution's files are known to hold, field by heading."""
    return {"columns": store.remembered(database.reader(), institution_id)}


@intakes.patch("/institutions/<institution_id>/columns")
@allow("officer", "institution:own", "partner:intakes.write")
@intakes.arguments(ColumnsRequest)
@intakes.response(200, ColumnsRequest)
def remember(asked: dict[str, Any], institution_id: str) -> dict[str, Any]:
    """Say what columns of an institution's files hold; from its next file on they are taken so."""
    database.transact(commands.remember, institution_id=institution_id, **asked)
    return {"columns": store.remembered(database.reader(), institution_id)}


def _keep(file: Any) -> tuple[str, str, int]:
    """Keep a file sealed; return what it is kept under, its digest and its size in bytes."""
    digest, size, upload = hashlib.sha256(), 0, mongo.new_id()
    for piece in uploads.pieces(file.stream):
        digest.update(piece)
        size += len(piece)
    if size > LARGEST:
        raise FileTooLarge
    if not size:
        raise NoFile
    file.stream.seek(0)
    store.keep_file(database.reader(), upload, uploads.pieces(file.stream), now=clock.now())
    return upload, digest.hexdigest(), size


def _at(job: str) -> dict[str, str]:
    return {"Location": f"{request.script_root}/v1/jobs/{job}"}
