"""What the tests of vacancies say, and how they ask."""

from datetime import date

TODAY = date(2027, 3, 1)
ENGLISH = {"Accept-Language": "en"}
KEY = {"Idempotency-Key": "one"}

SKILLS = {
    "smaw-welding": ("Pengelasan SMAW", "Shielded metal arc welding"),
    "technical-drawing": ("Membaca gambar teknik", "Reading technical drawings"),
    "first-aid": ("Pertolongan pertama", "First aid"),
}
COMPANY = {"name": "PT Vista Utama", "nib": "9999000000011", "sector": "09900", "village": "63.11.07.2006"}
WELDING = {"skill": "smaw-welding", "min_level": 3, "weight": 60, "must": True}
DRAWING = {"skill": "technical-drawing", "min_level": 2, "weight": 40, "must": False}
WELDER = {
    "title": "Juru Las SMAW 3G",
    "kind": "job",
    "description": "Mengelas rangka dan dudukan peralatan bengkel tambang.",
    "positions": 6,
    "village": "63.11.06.1023",
    "skills": [WELDING, DRAWING],
    "starts_on": "2027-04-01",
    "closes_on": "2027-03-20",
}


def a_skill(id_, version=1):
    label_id, label_en = SKILLS[id_]
    return {"id": id_, "version": version, "label_id": label_id, "label_en": label_en}


def seen(answer):
    """The header that says which version was seen."""
    return {"If-Match": answer.headers["ETag"]}


def ids(answer):
    return [each["id"] for each in answer.json]
