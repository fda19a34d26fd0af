"""A long job whose process is killed in the middle: each line is taken once, and the counts are right."""

import csv
import io
from datetime import date, timedelta
from random import Random

import pytest

from tests.chaos import aftermath, kills
from tests.chaos.http import Http
from tests.waiting import until

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400)]
LINES = 1_000
NAMELESS = {17, 500, 983}  # line numbers, from 1: given back
WITHOUT_NIK = {1, 250, 1_000}  # put before an officer
ENDS_WITHIN_S = 120
HEADINGS = ("Nama", "NIK", "Tanggal Lahir", "L/P", "Desa", "Kecamatan", "Pelatihan", "Angkatan", "Periode", "Hasil")
SYLLABLES = ("ra", "mi", "su", "ta", "do", "le", "ka", "ni", "bo", "fe")


def spreadsheet():
    rng, file = Random("job"), io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADINGS)
    for number in range(1, LINES + 1):
        birth = date(1980, 1, 1) + timedelta(days=number * 9)
        nik = "" if number in WITHOUT_NIK else f"631106{birth:%d%m%y}9{number % 1000:03d}"
        name = "" if number in NAMELESS else name_of(number)
        days = "01-03-2025 s/d 30-03-2025"
        writer.writerow(
            [
                name,
                nik,
                f"{birth:%d-%m-%Y}",
                "L",
                "Lampihong Kanan",
                "Lampihong",
                rng.choice(("Barista", "Tata Boga")),
                "I/2025",
                days,
                "Lulus",
            ]
        )
    return file.getvalue().encode()


def name_of(number):
    """Spell a number as a name that no other number's is like."""
    return "Kiriman " + "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}").capitalize()


def taken(platform):
    with aftermath.databases(platform) as db:
        return sorted(row["name"] for row in db["registry"].workers.find({"name": {"$regex": "^Kiriman"}}))


def test_a_job_survives_two_kills_of_its_process(platform, ledger):
    with Http(platform, "registry", directly=True) as registry:
        place = {"name": "LPK kiriman", "kind": "LPK", "village": "63.11.06.1023"}
        institution = registry.post("/v1/institutions", place, key="kiriman-place")["id"]
        intake = registry.upload("/v1/intakes", spreadsheet(), {"institution_id": institution}, key="kiriman-intake")
        job = f"/v1/jobs/{intake['job']}"
        for reached in (200, 600):
            until(lambda reached=reached: registry.get(job)["done"] >= reached, ENDS_WITHIN_S)
            kills.comes_back(platform, "registry.work", kills.kill(platform, "registry.work"))
            assert registry.get(job)["state"] == "running"
        until(lambda: registry.get(job)["state"] == "done", ENDS_WITHIN_S)
        counts = registry.get(job)
        waiting = registry.get(f"/v1/intakes/{intake['id']}/lines?limit=200&state=open")
        returned = registry.get(f"/v1/intakes/{intake['id']}/lines?limit=200&state=returned")

    refused = NAMELESS | WITHOUT_NIK
    assert taken(platform) == sorted(name_of(number) for number in range(1, LINES + 1) if number not in refused)
    assert (counts["total"], counts["done"], counts["failed"]) == (LINES, LINES - 6, 6)
    assert {line["number"] for line in waiting} == WITHOUT_NIK
    assert {line["number"] for line in returned} == NAMELESS
    aftermath.is_quiet(platform, ledger)
