"""Invented people: NIK serials above 9000, phones with 0000 after the prefix, e-mail at example.com."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from services.reference import regions

BORN_FROM, BORN_UNTIL = date(1962, 1, 1), date(2008, 6, 30)
_MEN = (
    "Ahmad Muhammad Abdul Rusli Hairul Fathur Norman Suriansyah Jumadi Mulyadi Khairil Zainuddin Rafii "
    "Syaifullah Yusran Dwi Galih Bayu Rendi Arif Guntur Hendra Darmawan Samsul Ikhwan Nazar Pahrudin "
    "Kaspul Aini Yohanes Ketut Slamet Tri Wahyu"
)
_WOMEN = (
    "Siti Nur Norhayati Rusmini Maulida Mariani Salasiah Jumiati Raudah Hamnah Dewi Putri Rina Yulia "
    "Fatimah Aisyah Khairunnisa Noraida Helda Mursidah Tuti Kartika Maria Wayan Suryani Indah Ayu "
    "Ratnawati Masitah Sarinah"
)
_LAST = (
    "Ramadhani Hidayat Saputra Noor Anshari Rahmadi Fauzan Hasanah Yuliani Firmansyah Aspihani Gafuri "
    "Kurniawan Syahbana Lestariani Pranata Halim Mawardi Badaruddin Wijaya Santosa Zulkarnain Sapitri "
    "Rahimah Juhdi Mahmudi Utama Handayani Baihaqi"
)
_TOWNS = "Paringin Amuntai Barabai Tanjung Kandangan Rantau Martapura Banjarmasin Lampihong Halong Juai Kediri Buntok"
_STREETS = ("Jl. A. Yani Km. {n}", "Gg. Keluarga No. {n}", "Jl. Gunung Pandau No. {n}", "Jl Pelita RT {n}",
"Komp. Balida Blok C/{n}",
            "Jln. Trans Halong", "Jl. Desa RT. {n}", "Samping Mesjid RT {n}")  # fmt: skip
_PREFIXES = "812 813 821 822 852 853 857 858 878 895 896"
EDUCATIONS = ("SD", "SMP", "SMA", "SMA", "SMA", "SMK", "SMK", "SMK", "D3", "S1")
MAJORS = {
    "SMA": ("IPA", "IPS", "Bahasa", ""),
    "SMK": ("TKR", "TSM", "TKJ", "Tata Busana", "Teknik Mesin", "Perkantoran"),
    "D3": ("Akuntansi", "Kebidanan", "Teknik Alat Berat"),
    "S1": ("Ekonomi", "Hukum", "Pendidikan Agama Islam", "Agribisnis"),
}
HOME_VILLAGES = [place for home in regions.districts_of() for place in regions.villages_of(home.code)]
_NAMES = [place.name for place in HOME_VILLAGES]
TWICE = {name for name in _NAMES if _NAMES.count(name) > 1}
_BIRTH_DISTRICTS = [
    place.code.replace(".", "")
    for regency in ("63.11", "63.11", "63.11", "63.08", "63.07", "63.09", "63.71", "63.03")
    for place in regions.districts_of(regency)
]


@dataclass(frozen=True, kw_only=True)
class Person:
    id: str
    name: str
    nik: str
    sex: str
    birth: date
    birthplace: str
    village: regions.Village
    address: str
    phone: str
    email: str
    education: str
    major: str
    provider: str
    policy_no: str


def people(random: Random, count: int) -> list[Person]:
    """Return so many people with distinct NIKs, among them pairs of twins and households with one phone."""
    found: list[Person] = []
    while len(found) < count:
        person = _person(random, len(found))
        found.append(person)
        chance = random.random()
        if chance < 0.015:
            found.append(_twin(random, person, len(found)))
        elif chance < 0.035:
            found.append(_of_household(random, person, len(found)))
    return found[:count]


def make_nik(random: Random, birth: date, sex: str, index: int) -> str:
    """Return 16 digits; the last is no zero, so that a zero there always means a lost digit."""
    serial = 9001 + (index * 7) % 998
    serial += serial % 10 == 0
    day = birth.day + (40 if sex == "P" else 0)
    return f"{random.choice(_BIRTH_DISTRICTS)}{day:02}{birth:%m%y}{serial}"


def _person(random: Random, index: int) -> Person:
    sex = random.choices("LP", (55, 45))[0]
    birth = BORN_FROM + timedelta(random.randrange((BORN_UNTIL - BORN_FROM).days))
    if random.random() < 0.6:
        birth = birth.replace(year=random.randint(1994, 2008), day=min(birth.day, 28))
    name = _name(random, sex)
    education = random.choice(EDUCATIONS)
    insured = random.random() < 0.88
    return Person(
        id=f"M{index:04}",
        name=name,
        nik=make_nik(random, birth, sex, index),
        sex=sex,
        birth=birth,
        birthplace=random.choice(_TOWNS.split()),
        village=random.choice(HOME_VILLAGES),
        address=random.choice(_STREETS).format(n=random.randint(1, 40)),
        phone=f"+62{random.choice(_PREFIXES.split())}0000{1000 + (index * 13) % 9000:04}",
        email=f"{name.split()[0].lower()}.{index}@example.com" if random.random() < 0.6 else "",
        education=education,
        major=random.choice(MAJORS.get(education, ("",))),
        provider=random.choice(("BPJS Ketenagakerjaan", "Asuransi Contoh Sejahtera")) if insured else "",
        policy_no=f"{random.randint(18, 26)}{100000000 + index * 7919:09}" if insured else "",
    )


def _name(random: Random, sex: str) -> str:
    first = random.choice((_MEN if sex == "L" else _WOMEN).split())
    return " ".join([first, *random.sample(_LAST.split(), random.choice((1, 2, 2)))])


def _twin(random: Random, of: Person, index: int) -> Person:
    """Return one born that day in that house: the NIK differs in the serial alone."""
    serial = int(of.nik[12:]) + 1
    nik = f"{of.nik[:12]}{serial + (serial % 10 == 0)}"
    name = " ".join([random.choice((_MEN if of.sex == "L" else _WOMEN).split()), *of.name.split()[1:]])
    name = f"{name} Kembar" if name == of.name else name
    return replace(
        of, id=f"M{index:04}", name=name, nik=nik, phone=_own_phone(of, index), email="", provider="", policy_no=""
    )


def _of_household(random: Random, of: Person, index: int) -> Person:
    """Return another adult of the house, with the same phone."""
    other = _person(random, index)
    return replace(other, village=of.village, address=of.address, phone=of.phone, email="")


def _own_phone(of: Person, index: int) -> str:
    return f"{of.phone[:-4]}{1000 + (index * 13) % 9000:04}"


def weekday(day: date) -> str:
    names = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    return names[calendar.weekday(day.year, day.month, day.day)]
