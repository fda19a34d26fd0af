"""Profiles as JSON."""

from typing import Any

from marshmallow import Schema, fields

from services.matching.profile.model import Profile
from services.reference import clock


class LevelView(Schema):
    skill = fields.String()
    level = fields.Integer(metadata={"description": "1 to 5, the highest that is claimed, trained or certified"})
    evidence = fields.String(metadata={"description": "today: claimed, trained or certified"})


class ProofView(Schema):
    skill = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True, metadata={"description": "the last day; null: without end"})


class ProfileView(Schema):
    """What matching knows of a person."""

    id = fields.String()
    version = fields.Integer(metadata={"description": "the worker's, as the registry counts it"})
    district = fields.String(attribute="person.district")
    village = fields.String(attribute="person.village", allow_none=True)
    education = fields.String(attribute="person.education")
    availability = fields.String(attribute="person.availability")
    available_from = fields.Date(attribute="person.available_from", allow_none=True)
    skills = fields.Method("skills_of", metadata={"type": "array", "items": {"type": "object"}})
    certificates = fields.List(fields.Nested(ProofView), attribute="person.certificates")

    def skills_of(self, profile: Profile) -> list[dict[str, Any]]:
        """Return each skill as a LevelView."""
        shown: list[dict[str, Any]] = LevelView(many=True).dump(profile.skills(clock.today()))
        return shown
