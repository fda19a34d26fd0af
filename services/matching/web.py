"""Matching's HTTP process: `python -m services.matching.web`."""

from pathlib import Path

from flask import Flask

from services.common.web import app, serve
from services.matching.database import database
from services.matching.demand.routes import demands
from services.matching.match.routes import matches
from services.matching.profile.routes import profiles


def create_app() -> Flask:
    return app.make_app("matching", database, demands, profiles, matches, folder=Path(__file__).parent)


if __name__ == "__main__":
    serve.serve("matching", create_app)
