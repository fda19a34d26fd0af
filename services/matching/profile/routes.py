"""Profiles over HTTP."""

from services.common.access import allow
from services.common.web import conditional
from services.common.web.blueprint import Blueprint
from services.matching.database import database
from services.matching.profile import store
from services.matching.profile.model import Profile
from services.matching.profile.schemas import ProfileView

profiles = Blueprint("profiles", __name__, url_prefix="/v1/profiles")


@profiles.get("/<worker_id>")
@allow("officer", "worker:self")
@profiles.response(200, ProfileView)
def show(worker_id: str) -> tuple[Profile, dict[str, str]]:
    """Show what matching knows of a person; its version tells whether a change has arrived."""
    return conditional.shown(store.get(database.reader(), worker_id))
