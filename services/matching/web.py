"""Matching's HTTP process: `python -m services.matching.web`."""

from pathlib import Path

from flask import Flask

from services.common.web import app, serve
from services.matching.database import database
from services.matching.demand.routes import demands
from services.matching.match.routes import matches
from services.matching.pool.store import PEOPLE
from services.matching.profile.routes import profiles
from services.matching.search.routes import searches


def create_app() -> Flask:
    routes = demands, profiles, matches, searches
    return app.make_app("matching", database, *routes, folder=Path(__file__).parent, checks={"pool": PEOPLE.check})


if __name__ == "__main__":
    serve.serve("matching", create_app)
