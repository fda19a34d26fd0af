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
    group = fields.String(load_default="")
    synonyms = fields.List(fields.String(), load_default=list)  # what officers said that texts mean stays at home
    broader = fields.String(load_default=None, allow_none=True)  # the id of a skill, as the next
    related = fields.List(fields.String(), load_default=list)
    retired = fields.Boolean(load_default=False)  # whoever holds it keeps it, and nobody finds it


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


class Wishes(Part):
    """What work somebody wishes for; what they do not name may be anything."""

    kinds = fields.List(fields.String(), load_default=list)  # job | internship
    min_wage_idr = fields.Integer(load_default=None, allow_none=True)  # a month
    districts = fields.List(fields.String(), load_default=list)


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
    visibility = fields.String(load_default="pseudonymous")  # hidden | pseudonymous | open
    hidden_from = fields.List(fields.String(), load_default=list)  # ids of employers
    wishes = fields.Nested(Wishes, load_default=None, allow_none=True)


class Programme(State):
    """registry: a kind of training, and what it teaches."""

    name = "registry.programme"
    heard_by = ("matching",)

    programme_name = fields.String(required=True)
    skills = fields.List(fields.Nested(HeldSkill), required=True)  # as whoever passes has them


class Batch(State):
    """registry: a programme as an institution gives it once."""

    name = "registry.batch"
    heard_by = ("matching",)

    programme_id = fields.String(required=True)
    institution_name = fields.String(required=True)
    district = fields.String(required=True, allow_none=True)  # where the institution is
    starts_on = fields.Date(required=True, allow_none=True)  # the first day and the last; None: not known
    ends_on = fields.Date(required=True, allow_none=True)
    open = fields.Boolean(required=True)  # there is a place left; what its days allow is for the reader to say
    places_left = fields.Integer(load_default=None, allow_none=True)  # None: as many as come


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
    weight = fields.Integer(required=True, allow_none=True)  # 0 to 100, against the others; None: as much as it is rare
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
    wage_min_idr = fields.Integer(load_default=None, allow_none=True)  # a month; both ends, or neither
    wage_max_idr = fields.Integer(load_default=None, allow_none=True)
    village = fields.String(load_default=None, allow_none=True)  # it is shown, and never ranks


class VacancyRecommended(Fact):
    """matching: a vacancy fits a worker, who may want to know of it; of each pair it is told once."""

    name = "matching.vacancy.recommended"
    heard_by = ("gateway",)

    worker_id = fields.String(required=True)
    vacancy_id = fields.String(required=True)
    title = fields.String(required=True)
    employer_name = fields.String(required=True)
