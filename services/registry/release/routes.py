"""Releases over HTTP."""

from typing import Any

from flask import request

from services.common import access
from services.common.access import allow
from services.common.web import conditional, idempotency, lists
from services.common.web.blueprint import Blueprint
from services.common.web.lists import PageQuery
from services.reference import clock
from services.registry.database import database
from services.registry.release import commands, store
from services.registry.release.model import Release
from services.registry.release.schemas import ReleaseRequest, ReleaseShortView, ReleaseView

releases = Blueprint("releases", __name__, url_prefix="/v1/releases")


@releases.post("")
@allow("officer")
@releases.arguments(ReleaseRequest)
@releases.response(202, ReleaseView)
def release(asked: dict[str, Any]) -> tuple[Release, int, dict[str, str]]:
    """Move many enrolments on in one act. Location is the job that does it; the release tells which did not move."""
    asked |= {"owner": access.actor().id, "now": clock.now()}
    made, status, headers = idempotency.create(
        database, commands.release, store.get, "/v1/releases/{}", status=202, **asked
    )
    return made, status, headers | _at(made.job)


@releases.get("")
@allow("officer")
@releases.arguments(PageQuery, location="query")
@releases.response(200, ReleaseShortView(many=True))
def list_all(asked: dict[str, Any]) -> tuple[list[Release], dict[str, str]]:
    """List releases, the newest first."""
    return lists.page(asked, lambda **query: store.page(database.reader(), **query))


@releases.get("/<release_id>")
@allow("officer")
@releases.response(200, ReleaseView)
def show(release_id: str) -> tuple[Release, dict[str, str]]:
    """Show a release, with the enrolments that it could not move."""
    return conditional.shown(store.get(database.reader(), release_id))


@releases.post("/<release_id>/undo")
@allow("officer")
@releases.response(202, ReleaseView)
def undo(release_id: str) -> tuple[Release, int, dict[str, str]]:
    """Put back what a release moved, but for what changed since. Location is the job that does it."""
    asked = {"release_id": release_id, "owner": access.actor().id}
    found, headers = idempotency.change(database, commands.undo, store.get, release_id, **asked)
    return found, 202, headers | _at(found.undo_job)


def _at(job: str | None) -> dict[str, str]:
    return {"Location": f"{request.script_root}/v1/jobs/{job}"}
