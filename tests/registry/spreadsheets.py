"""Spreadsheets as institutions send them, about people who do not exist: CSV and XLSX."""

import csv
import io
from datetime import date

from openpyxl import Workbook, load_workbook

AS_OF = "2026-11-24"  # the day of which all of them tell
# Field by field as a clerk would head it.
HEADINGS = {
    "no": "No", "name": "Nama Lengkap", "nik": "NIK", "birthplace": "Tempat Lahir", "birth": "Tanggal Lahir",
    "sex": "L/P", "address": "Alamat", "village": "Desa", "district": "Kecamatan", "phone": "No. HP",
    "email": "Email", "education": "Pendidikan", "major": "Jurusan", "programme": "Pelatihan", "batch": "Angkatan",
    "period": "Periode", "result": "Hasil", "cert_no": "No. Sertifikat", "issuer": "LSP", "issued": "Tgl Terbit",
    "expires": "Berlaku s/d", "provider": "Asuransi", "policy_no": "No. BPJS TK", "policy_from": "Mulai Polis",
    "policy_until": "Polis s/d", "skills": "Keterampilan",
}  # fmt: skip
WELDING, BARISTA, SEWING = "Las SMAW 3G", "Barista", "Menjahit Pakaian"
PASSED = {
    "programme": WELDING, "batch": "Angkatan II/2025", "period": "01-03-2025 s/d 30-04-2025", "result": "Lulus",
    "cert_no": "LAS 0001/2025", "issuer": "LSP Contoh", "issued": "10-05-2025", "expires": "10-05-2028",
    "provider": "BPJS Ketenagakerjaan", "policy_no": "26012345678", "policy_from": "01-03-2025",
    "policy_until": "30-04-2025",
}  # fmt: skip
# Another training, that nobody of the first is too late for.
LATER = {
    "programme": BARISTA, "batch": "Angkatan I/2026", "period": "02-02-2026 s/d 31-03-2026", "cert_no": "BAR 0001/2026",
    "issuer": "LSP Kopi", "issued": "05-04-2026", "expires": "05-04-2029", "policy_from": "02-02-2026",
    "policy_until": "31-03-2026", "skills": "Meracik kopi",
}  # fmt: skip
ATTENDING = {
    "period": "01-11-2026 s/d 31-12-2026", "batch": "Angkatan III/2026", "result": None, "cert_no": None,
    "issuer": None, "issued": None, "expires": None, "policy_from": "01-11-2026", "policy_until": "31-12-2026",
}  # fmt: skip
NAMES = (
    "Siti Rahmawati", "Budi Hartono", "Dewi Lestari", "Agus Salim", "Rina Marlina", "Joko Susilo", "Fitri Handayani",
    "Eko Prasetyo", "Yuliana Putri", "Hendra Gunawan",
)  # fmt: skip


def nik(birth, sex, serial):
    """Return the NIK of somebody registered in the district of Juai."""
    return f"631101{birth.day + 40 * (sex == 'P'):02}{birth:%m%y}{serial:04}"


def person(n=0, **said):
    """Return the cells, by field, of a line of which nothing is to be said; every n is somebody else.

    Whoever gives a cell as None leaves it empty.
    """
    birth, sex = date(1990 + n % 15, 1 + n % 12, 1 + n % 28), "P" if n % 2 == 0 else "L"
    whole = {
        "no": n + 1, "name": NAMES[n % 10] + "".join(f" {letter}" for letter in _letters(n // 10)),
        "nik": nik(birth, sex, 9001 + n), "birthplace": "Paringin", "birth": f"{birth:%d-%m-%Y}", "sex": sex,
        "address": f"Jl. Contoh RT 01 No. {n + 1}", "village": "Paringin Timur", "district": "Paringin",
        "phone": f"0812-0000-{1000 + n}", "email": f"peserta{n}@example.com", "education": "SMK",
        "major": "Teknik Mesin", "skills": "Las SMAW, Microsoft Excel",
    }  # fmt: skip
    return whole | PASSED | {"cert_no": f"LAS {n:04}/2025", "policy_no": str(26012345678 + n)} | said


def people(count, **said):
    return [person(n, **said) for n in range(count)]


def rows(lines, headings=HEADINGS):
    """Return a header and a row for each line, with a column for each field that any of them has."""
    columns = [field for field in headings if any(field in line for line in lines)]
    return [[headings[field] for field in columns], *([line.get(field) for field in columns] for line in lines)]


def as_csv(table, delimiter=";", encoding="utf-8-sig"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in table])
    return text.getvalue().encode(encoding)


def as_xlsx(table, *, sheet="Peserta"):
    book = Workbook()
    book.active.title = sheet
    for row in table:
        book.active.append(row)
    return _saved(book)


def opened(content):
    """Return the rows of each sheet of a workbook, by its name."""
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.rows]
        for sheet in load_workbook(io.BytesIO(content))
    }


def corrected(content, correct):
    """Return a workbook as a clerk saves it after correcting its lines.

    :param correct: changes a line in place: its cells by heading.
    """
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        first, *lines = sheet.rows
        for line in lines:
            cells = {heading.value: cell for heading, cell in zip(first, line, strict=True)}
            said = {heading: cell.value for heading, cell in cells.items()}
            correct(said)
            for heading, cell in cells.items():
                cell.value = said[heading]
    return _saved(book)


def _saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _letters(n):
    return "ABCDEFGHIJ"[n % 10] + _letters(n // 10) if n else ""
