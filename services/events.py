"""The whole conversation between the services: who tells what, and who hears it."""

from marshmallow import EXCLUDE, Schema, fields

from services.common.event import Fact, State


class Part(Schema):
    """A part of an event; fields that a reader does not know are dropped."""

    class Meta:
        unknown = EXCLUDE


class Skill(State):
    """registry: a skill of the taxonomy."""

    name = "registry.skill"
    heard_by = ("vacancies", "matching")

    label_id = fields.String(required=True)  # Indonesian
    label_en = fields.String(required=True)


class HeldSkill(Part):
    """A skill that a worker has."""

    skill = fields.String(required=True)
    level = fields.Integer(required=True)  # 1 to 5


class ShownSkill(HeldSkill):
    """A skill that a worker has, with what speaks for it."""

    kind = fields.String(load_default="claimed")  # claimed | trained; what certifies it rides beside


class HeldCertificate(HeldSkill):
    """A certificate as the others need it."""

    issued_on = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)  # the last day it holds; None: without end


class Worker(State):
    """registry: how a worker stands. No name, number, phone or address ever rides in it."""

    name = "registry.worker"
    heard_by = ("matching",)

    district = fields.String(required=True)  # Kemendagri code of the kecamatan, as 63.11.01
    village = fields.String(load_default=None, allow_none=True)  # it is shown, and never ranks
    education = fields.String(required=True)
    availability = fields.String(required=True)  # available | in_training | interning | employed | inactive
    available_from = fields.Date(required=True, allow_none=True)
    skills = fields.List(fields.Nested(ShownSkill), required=True)  # each kind of evidence on its own
    certificates = fields.List(fields.Nested(HeldCertificate), required=True)  # the revoked ones are left out


class CertificateIssued(Fact):
    """registry: a worker now holds a certificate."""

    name = "registry.certificate.issued"
    heard_by = ("gateway",)

    certificate_id = fields.String(required=True)
    worker_id = fields.String(required=True)
    skill = fields.String(required=True)


class CertificateRevoked(Fact):
    """registry: a certificate of a worker holds no more."""

    name = "registry.certificate.revoked"
    heard_by = ("gateway",)

    certificate_id = fields.String(required=True)
    worker_id = fields.String(required=True)
    skill = fields.String(required=True)


class EnrolmentMoved(Fact):
    """registry: a worker's enrolment was moved on to a state by somebody; of what spreadsheets say, nobody is told."""

    name = "registry.enrolment.moved"
    heard_by = ("gateway",)

    enrolment_id = fields.String(required=True)
    worker_id = fields.String(required=True)
    state = fields.String(required=True)  # accepted | attending | completed | failed | withdrawn


class IntakeFinished(Fact):
    """registry: a spreadsheet was taken, or cannot be read; counts its lines by what became of them."""

    name = "registry.intake.finished"
    heard_by = ("gateway",)

    intake_id = fields.String(required=True)
    institution_id = fields.String(required=True)
    state = fields.String(required=True)  # taken | unreadable
    taken = fields.Integer(required=True)
    to_decide = fields.Integer(required=True)  # by an officer
    returned = fields.Integer(required=True)  # to the institution, to be corrected


class Standing(State):
    """How somebody who holds tokens stands: those from before `valid_from` are over, and all once it ended."""

    role = fields.String(load_default="")
    own = fields.String(load_default=None, allow_none=True)  # the worker, employer or institution that it acts for
    valid_from = fields.AwareDateTime(required=True)
    ended = fields.Boolean(required=True)


class Membership(Standing):
    """gateway: whose account it is, and what it may do there."""

    name = "gateway.membership"
    heard_by = ("registry", "vacancies", "matching")

    team = fields.String(load_default=None, allow_none=True)  # manager | member | viewer, of an employer or institution


class Client(Standing):
    """gateway: a partner's program, and what it may do."""

    name = "gateway.client"
    heard_by = ("registry", "vacancies", "matching")

    party = fields.String(load_default=None, allow_none=True)  # employer | institution
    scopes = fields.List(fields.String(), load_default=list)


class EmployerVerified(Fact):
    """vacancies: an employer may publish vacancies, for the first time or again."""

    name = "vacancies.employer.verified"
    heard_by = ("gateway",)

    employer_id = fields.String(required=True)


class EmployerSuspended(Fact):
    """vacancies: an employer may publish no more vacancies."""

    name = "vacancies.employer.suspended"
    heard_by = ("gateway",)

    employer_id = fields.String(required=True)


class RequiredSkill(Part):
    """A skill that a vacancy asks for."""

    skill = fields.String(required=True)
    min_level = fields.Integer(required=True)  # 1 to 5
    weight = fields.Integer(required=True)  # 0 to 100, against the other skills of the vacancy
    must = fields.Boolean(required=True)


class Vacancy(State):
    """vacancies: how a vacancy stands; told from its first publication on."""

    name = "vacancies.vacancy"
    heard_by = ("matching",)

    employer_id = fields.String(required=True)
    employer_name = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)  # job | internship
    status = fields.String(required=True)  # published | closed
    positions = fields.Integer(required=True)
    district = fields.String(required=True)
    skills = fields.List(fields.Nested(RequiredSkill), required=True)
    certificates = fields.List(fields.String(), required=True)  # skills that a valid certificate must prove
    education = fields.String(required=True, allow_none=True)  # the least; None: any
    starts_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)  # the last day on which one may apply
