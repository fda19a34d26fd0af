"""A spreadsheet as an institution would send it, as large as one likes; everybody in it is invented."""

import csv
import io
from datetime import date, timedelta
from itertools import product
from random import Random

from services.reference import regions

HEADINGS = (
    "No", "Nama Lengkap", "NIK", "Tempat Lahir", "Tanggal Lahir", "L/P", "Alamat", "Desa", "Kecamatan", "No HP/WA",
    "Pendidikan", "Pelatihan", "Angkatan", "Periode", "Hasil", "No. Sertifikat", "LSP", "Tgl Terbit", "Berlaku s/d",
    "Asuransi", "No Polis", "Mulai Polis", "Polis s/d", "Keterampilan",
)  # fmt: skip
PROGRAMMES = ("Las SMAW 3G", "Barista", "Operator Komputer", "Menjahit Pakaian", "Instalasi Listrik Bangunan")
SKILLS = (
    "las listrik",
    "MS Excel",
    "jahit baju",
    "barista",
    "pasang listrik",
    "bahasa inggris",
    "sopir",
    "P3K",
    "rajin",
)
FIRST = ("Ahmad", "Siti", "Rudi", "Nurul", "Hendra", "Dewi", "Yusuf", "Maya", "Bayu", "Rina", "Fikri", "Lestari")
MIDDLE = ("Akbar", "Rahma", "Saputra", "Wati", "Hidayat", "Anjani", "Maulana", "Kartika", "Pratama", "Salsabila")
LAST = ("Noor", "Syahrani", "Arsyad", "Fauzi", "Barkati", "Mukhlis", "Alamsyah", "Hafizah", "Rahman", "Yanti")
NAMES = [" ".join(words) for words in product(FIRST, MIDDLE, LAST)]
DAY = "%d-%m-%Y"


def lines(count):
    """Yield the headings and so many rows of cells."""
    rng = Random("lembar")
    places = [village for place in regions.districts_of() for village in regions.villages_of(place.code)]
    yield HEADINGS
    for number in range(count):
        birth, sex = date(1975, 1, 1) + timedelta(days=rng.randrange(11_000)), rng.choice("LP")
        nik = f"6311{rng.randint(1, 8):02d}{birth.day + 40 * (sex == 'P'):02d}{birth:%m%y}{9001 + number % 999}"
        village = rng.choice(places)
        start = date(2024, 1, 1) + timedelta(days=rng.randrange(20) * 30)
        end, issued = start + timedelta(days=25), start + timedelta(days=40)
        yield (
            number + 1, NAMES[number % len(NAMES)], nik, "Paringin", f"{birth:{DAY}}", sex, f"Jl. Uji RT {number % 20}",
            village.name, regions.district(village.district).name, f"0812{number:08d}", "SMA",
            rng.choice(PROGRAMMES), f"{rng.choice(('I', 'II', 'III'))}/{start.year}", f"{start:{DAY}} s/d {end:{DAY}}",
            "Lulus", f"{number:07d}/SERT/2025", "LSP Uji", f"{issued:{DAY}}", f"{issued + timedelta(days=1095):{DAY}}",
            "BPJS Ketenagakerjaan", f"{number:011d}", f"{start:{DAY}}", f"{end:{DAY}}",
            ", ".join(rng.sample(SKILLS, rng.choice((1, 2, 3)))),
        )  # fmt: skip


def as_csv(count):
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(lines(count))
    return file.getvalue().encode()
