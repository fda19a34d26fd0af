"""Intakes as JSON."""

from marshmallow import Schema, fields, validate

from services.registry.certificate.schemas import CertificateRequest
from services.registry.worker.schemas import WorkerRequest

LINES_AT_MOST = 2_000


class Line(WorkerRequest):
    """A person with what proves their skills."""

    certificates = fields.List(fields.Nested(CertificateRequest), load_default=list, validate=validate.Length(max=20))


class IntakeRequest(Schema):
    institution_id = fields.String(required=True, validate=validate.Length(max=40))
    lines = fields.List(
        fields.Dict(),
        required=True,
        validate=validate.Length(min=1, max=LINES_AT_MOST),
        metadata={"description": "each as a worker is registered, and `certificates`; a wrong one stops no other"},
    )


class LineErrorView(Schema):
    line = fields.Integer(metadata={"description": "from 1"})
    code = fields.String()
    fields_ = fields.List(fields.String(), attribute="fields", data_key="fields")


class IntakeView(Schema):
    id = fields.String()
    institution_id = fields.String()
    job = fields.String(metadata={"description": "see /v1/jobs/{id} for how far it is"})
    total = fields.Integer()
    errors = fields.List(fields.Nested(LineErrorView))
    created_at = fields.AwareDateTime()
