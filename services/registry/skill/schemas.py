"""Skills and texts under review as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.common.web.lists import Cursor, PageQuery
from services.registry.skill.model import STATES

ID = validate.Length(min=1, max=80)
WORDS = {"description": "words of it, in any form: the best come first; ask for more by limit"}


class SearchQuery(PageQuery):
    """A page of all or, with words, the best that they find."""

    q = fields.String(load_default=None, validate=validate.Length(max=100), metadata=WORDS)

    @validates_schema
    def one_or_the_other(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("q") and said.get("cursor"):
            raise ValidationError("What words find has no further pages: ask for more by limit.", "cursor")


class SkillQuery(SearchQuery):
    group = fields.String(load_default=None, validate=validate.Length(max=80))
    broader = fields.String(load_default=None, validate=validate.Length(max=80), metadata={"description": "a skill"})


class SkillView(Schema):
    id = fields.String()
    label_id = fields.String(metadata={"description": "Indonesian"})
    label_en = fields.String(metadata={"description": "English"})
    group = fields.String()
    synonyms = fields.List(fields.String())
    broader = fields.String(allow_none=True, metadata={"description": "the id of the skill of which it is a kind"})
    narrower = fields.List(fields.String(), metadata={"description": "ids of its kinds"})
    related = fields.List(fields.String(), metadata={"description": "ids"})
    skkni = fields.List(fields.String(), metadata={"description": "codes of SKKNI units"})
    esco = fields.String(allow_none=True, metadata={"description": "the same in ESCO, see /v1/esco-skills/{id}"})
    retired = fields.Boolean(metadata={"description": "no longer in the taxonomy"})
    taxonomy = fields.String(metadata={"description": "the taxonomy's version that made it what it is"})


class CountCursor(Cursor):
    """Where a page of the most frequent ended: a count and an id."""

    def is_key(self, key: Any) -> bool:
        match key:
            case [int() as count, str() as id_]:
                return 0 <= count < 2**63 and id_.isprintable()
        return False


class ReviewQuery(PageQuery):
    cursor = CountCursor(load_default=None, metadata={"type": "string", "description": "from the Link"})
    state = fields.String(load_default="open", validate=validate.OneOf(STATES))


class DecisionRequest(Schema):
    skill = fields.String(
        required=True,
        allow_none=True,
        validate=ID,
        metadata={"description": "null: it is no skill", "example": "smaw-welding"},
    )


class HitView(Schema):
    skill = fields.String(attribute="concept")
    score = fields.Float(metadata={"description": "0 to 1"})
    term = fields.String(metadata={"description": "the label or synonym that is like the text"})


class DecisionView(Schema):
    skill = fields.String(allow_none=True)
    by = fields.String(metadata={"description": "an account"})
    at = fields.AwareDateTime()


class ReviewView(Schema):
    id = fields.String()
    text = fields.String(metadata={"description": "as it was first seen, numbers and addresses masked"})
    count = fields.Integer(metadata={"description": "how often it was seen"})
    best = fields.List(fields.Nested(HitView), metadata={"description": "up to three, the best first"})
    state = fields.String(metadata={"enum": list(STATES)})
    skill = fields.String(allow_none=True, metadata={"description": "what was decided; null: no skill, or nothing yet"})
    job = fields.String(allow_none=True, metadata={"description": "see /v1/jobs/{id} for who has got it"})
    history = fields.List(fields.Nested(DecisionView), metadata={"description": "the oldest first"})
    first_seen = fields.AwareDateTime()
    last_seen = fields.AwareDateTime()
