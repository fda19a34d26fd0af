"""Where a slice's routes stand: flask-smorest's Blueprint, stricter in what it reads."""

import json
from typing import Any, ClassVar

import flask_smorest
from flask import Request
from marshmallow import RAISE, Schema
from webargs.core import missing
from webargs.flaskparser import FlaskParser, abort
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import UnsupportedMediaType

MULTIPART = "multipart"  # a location of arguments besides webargs' own: a form with files
SURROGATE = b"\\ud"


class Parser(FlaskParser):
    """Reads bodies and queries."""

    # A filter that is misspelt must not be passed over: the list would look right and be wrong.
    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": RAISE, MULTIPART: RAISE}
    __location_map__ = FlaskParser.__location_map__ | {MULTIPART: "load_multipart"}

    def load_multipart(self, req: Request, schema: Schema) -> Any:
        """Return the fields and the files of a form."""
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body, or `missing` where there is none; refuse one that is not sent as JSON.

        Half of a surrogate pair is JSON and no text, nesting without end is no form, and a number of thousands of
        digits (ValueError, which UnicodeEncodeError is too) is none of ours: all are unreadable.
        """
        if req.get_data(cache=True) and not req.is_json:
            raise UnsupportedMediaType
        try:
            said = super().load_json(req, schema)
            if said is not missing and SURROGATE in req.get_data(cache=True).lower():
                json.dumps(said, ensure_ascii=False).encode()
        except (RecursionError, ValueError) as error:
            abort(400, exc=error, messages={"json": ["Invalid JSON body."]})
        return said


class Blueprint(flask_smorest.Blueprint):
    """Routes of one noun."""

    ARGUMENTS_PARSER = Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: ClassVar = {
        **flask_smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        MULTIPART: "multipart/form-data",
    }
