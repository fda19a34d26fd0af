"""`/unggah`: an institution's spreadsheet is sent, followed, corrected and, by an officer, undone."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.account.model import INSTITUTION, OFFICER
from gateway.portal import asking, reasons, visit
from gateway.upstream import Declined
from services.common.access import PUBLIC, allow
from services.common.web import uploads
from services.reference import clock

INTAKES, LINES = 10, 10  # a page
LARGEST = 52 * 1024 * 1024  # bytes of a form, a little more than the registry takes: it says best what it does not
RUNNING = {"reading", "undoing"}
FILTERS = ("state", "outcome", "code")

intakes = visit.inside("intakes")


@intakes.get("/unggah")
@allow(PUBLIC)
def list_all() -> str:
    """Ask for a spreadsheet, and list those that were sent, the newest first."""
    return _sending()


@intakes.post("/unggah")
@allow(PUBLIC)
@uploads.body_at_most(LARGEST)
def send() -> ResponseReturnValue:
    """Send a spreadsheet."""
    try:
        intake = asking.pass_form_on("/v1/intakes")
    except Declined as refused:
        return _sending(refused), refused.code or 422
    return redirect(f"/unggah/{intake['id']}", 303)


@intakes.get("/unggah/<uuid:intake_id>")
@allow(PUBLIC)
def show(intake_id: UUID) -> str:
    """Show how far an intake is, and what became of its lines."""
    intake = asking.read(f"/v1/intakes/{intake_id}").body
    said: dict[str, Any] = {"intake": intake, "institution": _name(intake["institution_id"])}
    if intake["state"] in RUNNING:
        return render_template("intake.html", **said, job=_job(intake["job"]), counts=_counts(intake), lists=[])
    lists = _lists(f"/v1/intakes/{intake_id}/lines")
    lines = [line for each in lists for line in each["lines"]]
    return render_template("intake.html", **said, counts=_counts(intake), lists=lists, why=reasons.of(intake, lines))


@intakes.get("/unggah/<uuid:intake_id>/berkas-perbaikan")
@allow(PUBLIC)
def errors(intake_id: UUID) -> Response:
    """Send the workbook of the lines that were not taken."""
    return asking.pass_file_back(f"/v1/intakes/{intake_id}/errors.xlsx")


@intakes.get("/unggah/<uuid:intake_id>/batalkan")
@allow(PUBLIC)
def ask_to_undo(intake_id: UUID) -> str:
    """Ask whether an intake is really to be undone."""
    return render_template("undo-intake.html", intake=asking.read(f"/v1/intakes/{intake_id}").body)


@intakes.post("/unggah/<uuid:intake_id>/batalkan")
@allow(PUBLIC)
def undo(intake_id: UUID) -> ResponseReturnValue:
    """Undo an intake."""
    asking.send("POST", f"/v1/intakes/{intake_id}/undo", {})
    return redirect(f"/unggah/{intake_id}", 303)


@intakes.get("/unggah/<uuid:intake_id>/kolom")
@allow(PUBLIC)
def columns(intake_id: UUID) -> str:
    """Show what each column was taken for, and ask where that is wrong."""
    intake = asking.read(f"/v1/intakes/{intake_id}").body
    known = asking.read(_columns(intake)).body["columns"]
    return render_template("columns.html", intake=intake, known=known)


@intakes.post("/unggah/<uuid:intake_id>/kolom")
@allow(PUBLIC)
def remember(intake_id: UUID) -> ResponseReturnValue:
    """Remember what a column holds."""
    intake = asking.read(f"/v1/intakes/{intake_id}").body
    said = {request.form.get("heading", ""): request.form.get("field") or None}
    asking.send("PATCH", _columns(intake), {"columns": said})
    return redirect(f"/unggah/{intake_id}/kolom?done=columns", 303)


def _sending(refused: Declined | None = None) -> str:
    visitor = visit.visitor()
    own = visitor.own if visitor.role == INSTITUTION else None
    asked = {"limit": INTAKES, "institution_id": own, "cursor": request.args.get("cursor")}
    sent = asking.read("/v1/intakes", **asked)
    there = asking.each("/v1/institutions") if visitor.role == OFFICER else []
    names = {each["id"]: each["name"] for each in there}
    said = {"sent": sent.body, "cursor": sent.cursor, "names": names, "own": own, "today": clock.today().isoformat()}
    return render_template("intakes.html", **said, refused=refused)


def _lists(path: str) -> list[dict[str, Any]]:
    """Return the lines that were asked for; those that wait and those that were given back, if none were."""
    asked = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    wanted = [asked] if asked else [{"state": "returned"}, {"state": "open"}]
    found = []
    for each in wanted:
        page = asking.read(path, limit=LINES, cursor=request.args.get("cursor") if asked else None, **each)
        found.append({"asked": each, "lines": page.body, "cursor": page.cursor})
    return found


def _counts(intake: dict[str, Any]) -> dict[str, Any]:
    """Return how many lines are read, of how many, and as percent, as far as that is known."""
    read, total = sum(intake["outcomes"].values()), intake["total"]
    return {"read": read, "total": total, "percent": None if total is None else 100 * read // max(total, 1)}


def _job(job_id: str) -> dict[str, Any] | None:
    """Return how far a job is; None where it is not the visitor's to see."""
    try:
        found: dict[str, Any] = asking.read(f"/v1/jobs/{job_id}").body
    except Declined:
        return None
    return found


def _name(institution_id: str) -> str:
    found: str = asking.read(f"/v1/institutions/{asking.part(institution_id)}").body["name"]
    return found


def _columns(intake: dict[str, Any]) -> str:
    return f"/v1/institutions/{asking.part(intake['institution_id'])}/columns"
