"""Taxonomies as JSON."""

from marshmallow import Schema, fields

from services.common.web.words import say
from services.registry.taxonomy.model import Taxonomy


def _attribution(taxonomy: Taxonomy) -> str:
    return say(taxonomy.attribution)


class TaxonomyView(Schema):
    id = fields.String()
    version = fields.String(metadata={"description": "a hash of its content"})
    since = fields.AwareDateTime()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    attribution = fields.Function(_attribution, metadata={"type": "string", "description": "to be shown"})
