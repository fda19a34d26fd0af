"""The registry's HTTP process: `python -m services.registry.web`."""

from pathlib import Path

from flask import Flask

from services.common.web import app, serve
from services.registry.batch.routes import batches
from services.registry.certificate.routes import certificates
from services.registry.claim.routes import claims
from services.registry.database import database
from services.registry.disclosure.routes import disclosures, looks
from services.registry.enrolment.routes import enrolments
from services.registry.esco.routes import esco_skills
from services.registry.institution.routes import institutions
from services.registry.intake.routes import intakes
from services.registry.occupation.routes import occupations
from services.registry.programme.routes import programmes
from services.registry.release.routes import releases
from services.registry.skill.routes import skills
from services.registry.worker.routes import registrations, workers


def create_app() -> Flask:
    blueprints = (
        skills,
        esco_skills,
        occupations,
        workers,
        registrations,
        claims,
        looks,
        disclosures,
        certificates,
        institutions,
        programmes,
        batches,
        enrolments,
        releases,
        intakes,
    )
    return app.make_app("registry", database, *blueprints, folder=Path(__file__).parent)


if __name__ == "__main__":
    serve.serve("registry", create_app)
