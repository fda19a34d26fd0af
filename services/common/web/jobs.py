"""Long work over HTTP: `/v1/jobs/{id}`."""

from marshmallow import Schema, fields

from services.common import access, work
from services.common.mongo import Database
from services.common.web import conditional
from services.common.web.blueprint import Blueprint
from services.common.work import Job


class JobView(Schema):
    id = fields.String()
    kind = fields.String()
    state = fields.String(metadata={"enum": ["queued", "running", "done", "failed"]})
    subject = fields.String(metadata={"description": "the id of what it works on"})
    total = fields.Integer(allow_none=True)
    done = fields.Integer()
    failed = fields.Integer()
    percent = fields.Integer(allow_none=True)
    created_at = fields.AwareDateTime()
    finished_at = fields.AwareDateTime(allow_none=True)


def make_jobs(database: Database, at: str = "") -> Blueprint:
    """Return the service's routes for its jobs."""
    jobs = Blueprint("jobs", __name__, url_prefix=f"{at}/v1/jobs")

    def owner(job_id: str) -> str | None:
        asker = access.actor()
        return asker.own if work.get(database.reader(), job_id).owner == asker.id else None

    @jobs.get("/<job_id>")
    @access.allow("officer", "admin", "institution:own", "employer:own", "partner:own", owner=owner)
    @jobs.response(200, JobView)
    def show(job_id: str) -> tuple[Job, dict[str, str]]:
        """Show how far a job is."""
        return conditional.shown(work.get(database.reader(), job_id))

    return jobs
