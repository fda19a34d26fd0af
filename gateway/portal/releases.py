"""`/rilis`: an officer moves the enrolments of batches on in one act, and may take it back."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.portal import asking, visit
from gateway.upstream import Declined
from services.common.access import PUBLIC, allow

OPEN = ("applied", "accepted", "attending")  # what can be moved
TARGETS = ("accepted", "attending", "completed", "failed", "withdrawn")
AT_ONCE = 1_600  # enrolments of a release; as many of each state are counted
RECENT = 5

releases = visit.inside("releases")


@releases.get("/rilis")
@allow(PUBLIC)
def list_all() -> str:
    """Show the batches in which somebody can be moved on, and the last releases."""
    return _choosing()


@releases.post("/rilis")
@allow(PUBLIC)
def release() -> ResponseReturnValue:
    """Move the enrolments of the chosen batches on."""
    if not request.form.getlist("batch"):
        return redirect("/rilis?done=nothing", 303)
    said = {"batch_ids": request.form.getlist("batch"), "to": request.form.get("to", "")}
    try:
        made = asking.send("POST", "/v1/releases", said)
    except Declined as refused:
        return _choosing(refused), refused.code or 422
    return redirect(f"/rilis/{made['id']}", 303)


@releases.get("/rilis/<uuid:release_id>")
@allow(PUBLIC)
def show(release_id: UUID) -> str:
    """Show how far a release is, and whom it could not move."""
    found = asking.read(f"/v1/releases/{release_id}").body
    job = asking.read(f"/v1/jobs/{asking.part(found['undo_job'] or found['job'])}").body
    left = Counter(each["reason"] for each in found["left"])
    return render_template("release.html", release=found, job=job, left=left.most_common())


@releases.get("/rilis/<uuid:release_id>/batalkan")
@allow(PUBLIC)
def ask_to_undo(release_id: UUID) -> str:
    """Ask whether a release is really to be taken back."""
    return render_template("undo-release.html", release=asking.read(f"/v1/releases/{release_id}").body)


@releases.post("/rilis/<uuid:release_id>/batalkan")
@allow(PUBLIC)
def undo(release_id: UUID) -> ResponseReturnValue:
    """Take a release back."""
    asking.send("POST", f"/v1/releases/{release_id}/undo", {})
    return redirect(f"/rilis/{release_id}", 303)


def _choosing(refused: Declined | None = None) -> str:
    recent = asking.read("/v1/releases", limit=RECENT).body
    chosen = request.args.get("institution") or None
    institutions = {each["id"]: each["name"] for each in asking.each("/v1/institutions")}
    programmes = {each["id"]: each["name"] for each in asking.each("/v1/programmes")}
    counts = _open(chosen)
    batches = [each for each in asking.each("/v1/batches", institution_id=chosen) if each["id"] in counts]
    batches.sort(key=lambda each: (institutions.get(each["institution_id"], ""), each["starts_on"] or ""))
    return render_template(
        "releases.html",
        institutions=institutions,
        programmes=programmes,
        batches=batches,
        counts=counts,
        chosen=chosen,
        picked=set(counts) if request.args.get("pick") == "all" else set(request.form.getlist("batch")),
        to=request.form.get("to"),
        targets=TARGETS,
        recent=recent,
        refused=refused,
    )


def _open(institution_id: str | None) -> Mapping[str, Counter[str]]:
    """Return by batch how many enrolments are in which state, of those that can be moved."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for state in OPEN:
        for each in asking.each("/v1/enrolments", AT_ONCE, state=state, institution_id=institution_id):
            counts[each["batch_id"]][state] += 1
    return counts
