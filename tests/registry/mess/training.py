"""Invented institutions, their batches, and who took part in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.registry.mess.people import Person
from tests.registry.mess.truth import AS_OF

_SYLLABLES = ("Sarunai", "Kembayan", "Balirung", "Tarakan Baru", "Manduwara", "Pelangsian", "Gunung Riut", "Haruyani")
_KINDS = ("LPK", "LKP", "LPKS", "BLK Komunitas", "Pusat Pelatihan", "Yayasan", "SMK Swasta")
_ROMAN = ("I", "II", "III", "IV", "V")
# programme: how clerks write it, its scheme, the labels of the skills that it teaches
PROGRAMMES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "Las SMAW 3G": (("Pelatihan Las SMAW 3G", "LAS SMAW 3 G", "Welder SMAW 3G"), "Plate Welder SMAW 3G",
                    ("Pengelasan SMAW", "Pengelasan", "Membaca gambar teknik")),
    "Las Pipa GTAW": (("Pengelasan Pipa GTAW", "LAS PIPA GTAW", "Las Pipa (GTAW)"), "Pipe Welder GTAW 6G",
                      ("Pengelasan GTAW", "Membaca gambar teknik")),
    "Teknisi AC dan Refrigerasi": (("Teknisi AC & Refrigerasi", "Tek. AC dan Refrigerasi"),
    "Teknisi Refrigerasi Domestik",
                                   ("Servis AC", "Pengisian refrigeran")),
    "Mekanik Sepeda Motor Injeksi": (("Mekanik Spd Motor Injeksi", "MEKANIK SEPEDA MOTOR INJEKSI"),
    "Teknik Sepeda Motor",
                                     ("Servis sepeda motor", "Servis injeksi")),
    "Desain Grafis Muda": (("Desain Grafis", "Design Grafis Muda"), "Desainer Grafis Muda", ("Desain grafis",)),
    "Operator Komputer": (("Op. Komputer", "operator komputer"), "Operator Komputer Muda",
                          ("Pengoperasian komputer perkantoran", "Lembar sebar", "Entri data")),
    "Barista": (("Pelatihan Barista", "BARISTA"), "Barista", ("Penyeduhan kopi", "Pelayanan pelanggan")),
    "Tata Boga": (("Tataboga", "Pelatihan Tata Boga"), "Helper Cookery", ("Memasak", "Higiene pangan")),
    "Petugas K3 Konstruksi": (("Petugas K-3 Konstruksi", "PETUGAS K3 KONSTRUKSI"), "Petugas K3 Konstruksi",
                              ("Keselamatan kerja (K3)", "Pertolongan pertama")),
    "Operator Excavator": (("Operator Eksavator", "Opr. Excavator", "OPERATOR EXCAVATOR"), "Operator Excavator",
                           ("Pengoperasian excavator", "Keselamatan kerja (K3)")),
    "Menjahit Pakaian": (("Menjahit", "MENJAHIT PAKAIAN"), "Asisten Pembuat Pakaian",
                         ("Menjahit pakaian", "Membuat pola busana", "Bordir")),
    "Instalasi Listrik Bangunan": (("Inst. Listrik Bangunan", "Instalasi Listrik Bangunan"),
    "Pemasangan Instalasi Listrik",
                                   ("Instalasi listrik bangunan",)),
    "Roti dan Kue": (("Roti & Kue", "Pembuatan Roti dan Kue"), "Pembuat Roti dan Kue", ("Pembuatan roti dan kue",)),
    "Tukang Kayu": (("Tukang Kayu", "TUKANG KAYU"), "Tukang Kayu", ("Pertukangan kayu",)),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Batch:
    institution: str
    programme: str
    name: str
    start: date
    end: date

    @property
    def issued(self) -> date:
        return self.end + timedelta(14)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """Dates are None where there is no certificate or no policy."""

    batch: Batch
    result: str
    cert_no: str = ""
    scheme: str = ""
    issuer: str = ""
    issued: date | None = None
    expires: date | None = None
    policy_from: date | None = None
    policy_until: date | None = None


def institution(index: int) -> str:
    name = f"{_KINDS[index % len(_KINDS)]} {_SYLLABLES[index % len(_SYLLABLES)]}"
    return name if index < len(_SYLLABLES) else f"{name} {'ABCDE'[index // len(_SYLLABLES)]}"


def batches(random: Random, institution_name: str, count: int) -> list[Batch]:
    """Return batches of one institution; programme and name together are distinct."""
    found: list[Batch] = []
    for programme in random.sample(sorted(PROGRAMMES), count):
        start = date(2024, 1, 10) + timedelta(random.randrange(1020))
        end = start + timedelta(random.randint(14, 55))
        name = f"Angkatan {random.choice(_ROMAN)}/{start.year}"
        found.append(Batch(institution=institution_name, programme=programme, name=name, start=start, end=end))
    return found


def enrol(random: Random, person: Person, batch: Batch, index: int) -> Enrolment:
    result = _result(random, batch)
    certificate = _certificate(batch, index, random.choice((1, 2, 3, 3, 3))) if result == "completed" else {}
    policy = {}
    if person.policy_no:
        policy = {
            "policy_from": batch.start - timedelta(random.randint(0, 7)),
            "policy_until": batch.end + timedelta(random.choice((0, 0, 14, 60))),
        }
    return Enrolment(batch=batch, result=result, **certificate, **policy)


def _result(random: Random, batch: Batch) -> str:
    if batch.end >= AS_OF:
        return "attending"
    return random.choices(("completed", "failed", "withdrawn"), (88, 8, 4))[0]


def _certificate(batch: Batch, index: int, years: int) -> dict[str, str | date]:
    scheme = PROGRAMMES[batch.programme][1]
    return {
        "cert_no": f"{24000 + index % 900} 7{100 + index % 90} {30000 + index:07} {batch.issued.year}",
        "scheme": scheme,
        "issuer": f"LSP {scheme.split()[0]} Rekayana",
        "issued": batch.issued,
        "expires": batch.issued.replace(year=batch.issued.year + years, day=min(batch.issued.day, 28)),
    }
