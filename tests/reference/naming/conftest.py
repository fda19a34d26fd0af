"""The project's own taxonomy as terms, and an index over it."""

import csv
from pathlib import Path

import pytest

from services.reference.naming import Index, Term

TAXONOMY = Path(__file__).parents[3] / "services" / "registry" / "skill" / "taxonomy.csv"


@pytest.fixture(scope="session")
def taxonomy():
    """Return each skill's terms by its id, the Indonesian label first."""
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: [row["label_id"], row["label_en"], *filter(None, row["synonyms"].split(";"))] for row in rows}


@pytest.fixture(scope="session")
def index(taxonomy):
    return Index(Term(skill, text) for skill, texts in taxonomy.items() for text in texts)


@pytest.fixture(scope="session")
def small():
    """Return an index of a few skills, in which a test sees all that there is."""
    terms = {
        "welding": ["Pengelasan", "Welding", "las"],
        "smaw": ["las listrik", "SMAW", "SMAW 3G"],
        "sewing": ["Menjahit pakaian", "jahit"],
        "baking": ["Pembuatan roti dan kue", "roti dan kue"],
        "motorcycles": ["servis motor", "mekanik motor"],
        "cars": ["servis mobil"],
        "computing": ["operator komputer", "Microsoft Office"],
        "photoshop": ["Photoshop"],
        "safety": ["K3", "ahli K3", "Keselamatan kerja (K3)"],
        "ui": ["UI UX"],
    }
    return Index(Term(skill, text) for skill, texts in terms.items() for text in texts)
