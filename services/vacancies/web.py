"""The vacancies' HTTP process: `python -m services.vacancies.web`."""

from pathlib import Path

from flask import Flask

from services.common.web import app, serve
from services.vacancies.database import database
from services.vacancies.employer.routes import employers
from services.vacancies.vacancy.routes import vacancies


def create_app() -> Flask:
    return app.make_app("vacancies", database, employers, vacancies, folder=Path(__file__).parent)


if __name__ == "__main__":
    serve.serve("vacancies", create_app)
