"""Dirt in where a person lives, how to reach them, and what they were trained in."""

from difflib import SequenceMatcher
from random import Random

from services.reference import regions
from tests.registry.mess import spelling, words
from tests.registry.mess.dirt_person import NOTHING, Soil
from tests.registry.mess.draft import Draft
from tests.registry.mess.people import HOME_VILLAGES, TWICE

_INJECTIONS = (
    '=HYPERLINK("http://example.com","klik")',
    "=1+1",
    "@SUM(A1:A9)",
    "+62|cmd",
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|x",
)
_MARKUP = (
    "<script>alert(1)</script>",
    "<b>{}</b>",
    '{} <img src=x onerror="x()">',
    "{}<br>",
    "<a href='http://example.com'>{}</a>",
)


def village_typo(random: Random, draft: Draft) -> None:
    name = draft.person.village.name
    at = random.randrange(1, len(name) - 1)
    bad = random.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )
    same = {letter for letter in bad.lower() if letter.isalpha()} and bad.replace(" ", "").lower() == name.replace(
        " ", ""
    ).lower()
    if same or name in TWICE or not _clearly_nearest(bad, draft.person.village):
        return
    draft.cells["village"] = random.choice((bad, f"Ds. {bad}", bad.upper()))
    draft.codes.add("village_fuzzy")


def _clearly_nearest(text: str, place: regions.Village) -> bool:
    ranked = sorted(HOME_VILLAGES, key=lambda other: _likeness(text, other.name), reverse=True)
    return ranked[0] == place and _likeness(text, place.name) - _likeness(text, ranked[1].name) > 0.12


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a.lower(), b.lower()).ratio()


def village_unknown(random: Random, draft: Draft) -> None:
    draft.cells["village"] = random.choice(
        ("Sukamaju Barat", "Kebayoran", "Wonorejo Kidul", "luar daerah", "Handil Bakti Km 6")
    )
    draft.values["village"] = (None,)
    draft.codes.add("unknown_village")
    draft.maybe.add("village_missing")  # "luar daerah" names none


def village_missing(random: Random, draft: Draft) -> None:
    if "full_address" in draft.habit.fields:
        return
    draft.cells["village"] = random.choice(NOTHING[:4])
    draft.values["village"] = (None,)
    draft.codes.add("village_missing")


def village_elsewhere(random: Random, draft: Draft) -> None:
    if "district" not in draft.habit.fields or draft.person.village.name in TWICE:
        return
    others = [place for place in regions.districts_of() if place.code != draft.person.village.district]
    names = {place.name for place in regions.villages_of(draft.person.village.district)}
    other = random.choice(others).name
    # Paringin is also the beginning of Paringin Selatan: too near to be a clear mismatch.
    if (
        "Paringin" in other
        or other in names
        or regions.district(draft.person.village.district).name.startswith("Paringin")
    ):
        return
    draft.cells["district"] = other
    draft.values["village"] = (None,)
    draft.codes.add("village_district_mismatch")


def phone_bad(random: Random, draft: Draft) -> None:
    home = f"0{draft.person.phone[3:]}"
    draft.cells["phone"] = random.choice(
        ("8,12E+10", "8.12E+10", home[:6], "08xx", "tidak aktif", f"{home}12345", "0812", "sama dgn atas")
    )
    draft.values["phone"] = (None,)
    draft.codes.add("phone_bad")


def phone_missing(random: Random, draft: Draft) -> None:
    draft.cells["phone"] = random.choice(NOTHING[:4])
    draft.values["phone"] = (None,)
    draft.also = ("warn",)


def email_bad(random: Random, draft: Draft) -> None:
    if "email" not in draft.habit.fields:
        return
    draft.cells["email"] = random.choice(("rina@", "rina.example.com", "rina @ example", "@example.com", "belum punya",
    "rina@@example.com",
                                          "rina@example"))  # fmt: skip
    draft.values["email"] = (None,)
    draft.codes.add("email_bad")
    if draft.cells["email"] == "belum punya":  # It says that there is none.
        draft.codes.discard("email_bad")
        draft.maybe.add("email_bad")


def email_spelt(random: Random, draft: Draft) -> None:
    if draft.person.email:
        form = random.choice((" {}", "{} ", "mailto:{}", "<{}>", "{};", "{}."))
        text = draft.person.email.upper() if random.random() < 0.5 else draft.person.email
        draft.cells["email"] = form.format(text)


def result_unreadable(random: Random, draft: Draft) -> None:
    draft.cells["result"] = random.choice(words.UNREADABLE_RESULTS)
    draft.values["result"] = (None,)
    draft.codes.add("result_unknown")
    draft.maybe |= {"certificate_missing", "result_certificate_conflict"}


def certificate_missing(random: Random, draft: Draft) -> None:
    for field in ("cert_no", "scheme", "issuer", "issued", "expires"):
        draft.cells[field], draft.values[field] = random.choice((None, None, "-")), (None,)


def certificate_unearned(random: Random, draft: Draft) -> None:
    if draft.enrolment.result in {"failed", "withdrawn"}:
        number = f"24111 7999 00{draft.person.id[1:]}7 2025"
        draft.cells["cert_no"], draft.values["cert_no"] = number, (number,)


def certificate_dates(random: Random, draft: Draft) -> None:
    issued = draft.enrolment.issued
    if issued:
        other = issued.replace(year=issued.year - 1, day=min(issued.day, 28))
        draft.cells["expires"] = spelling.written_date(random, other, "slash", joined=True)
        draft.values["expires"] = (other.isoformat(),)


def certificate_spelt(random: Random, draft: Draft) -> None:
    if draft.enrolment.cert_no:
        form = random.choice((" {}", "{}  ", "No. {}", "\u00a0{}", "{}\n"))
        text = draft.enrolment.cert_no.replace(" ", random.choice((" ", "  ", "\u00a0")))
        draft.cells["cert_no"] = form.format(text)
        draft.values["cert_no"] = (draft.enrolment.cert_no, f"No. {draft.enrolment.cert_no}")


def policy_short(random: Random, draft: Draft) -> None:
    if draft.enrolment.policy_until:
        other = draft.enrolment.batch.end.replace(day=1)
        if other <= draft.enrolment.batch.start:
            return
        draft.cells["policy_until"] = spelling.written_date(
            random, other, draft.habit.dates, joined="validity" in draft.habit.fields
        )
        draft.values["policy_until"] = (other.isoformat(),)


def unsafe(random: Random, draft: Draft) -> None:
    """Put a formula or markup into a text cell. What is kept of the text is free, as long as it is text."""
    draft.cells["address"] = random.choice(
        (*_INJECTIONS[:2], random.choice(_INJECTIONS), random.choice(_MARKUP).format(draft.person.address))
    )
    draft.values.pop("address", None)
    draft.codes.add("unsafe_text")
    if "full_address" in draft.habit.fields:  # Whether a village may be read out of a formula is open.
        draft.values["village"] = (*draft.values["village"], None)
        draft.maybe |= draft.codes & {"village_fuzzy", "unknown_village"} | {"village_missing", "unknown_village"}
        draft.codes -= {"village_fuzzy", "unknown_village"}
    if draft.cells["address"][:1] in "+-@":  # A phone may begin so too: whether it is a formula is a matter of taste.
        draft.codes.discard("unsafe_text")
        draft.maybe.add("unsafe_text")


def long_text(random: Random, draft: Draft) -> None:
    draft.cells["address"] = f"{draft.person.address} " + "belakang pasar dekat jembatan " * 170
    draft.values.pop("address", None)
    draft.codes.add("text_too_long")


def shifted(random: Random, draft: Draft) -> None:
    """Split the address over two cells: everything after it stands under the next heading."""
    if "address" in draft.habit.fields:
        draft.extra_cell_after = "address"


SPELT: tuple[Soil, ...] = (email_spelt, certificate_spelt, phone_missing)
WRONG: tuple[Soil, ...] = (
    village_typo, village_typo, village_typo, village_unknown, village_missing, village_elsewhere, village_elsewhere,
    phone_bad, phone_bad, email_bad, result_unreadable, certificate_missing, certificate_unearned, certificate_unearned,
    certificate_dates, policy_short, unsafe, unsafe, long_text, shifted,
)  # fmt: skip
