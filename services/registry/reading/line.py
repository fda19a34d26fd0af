"""One line of a participant: what it says in the registry's forms, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.registry.reading import codes
from services.registry.reading.cells import Cell
from services.registry.reading.fields import (
    addresses,
    batches,
    births,
    certificates,
    dates,
    education,
    emails,
    names,
    niks,
    personal,
    phones,
    policies,
    results,
    sex,
    spans,
    terms,
    texts,
    villages,
)
from services.registry.reading.fields.spans import Span
from services.registry.reading.said import Said

_NEWEST = 2079  # the latest year that a year of two digits means for a training


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a line is read by.

    today: the day whose ages and terms count.
    month_first: the file writes the month before the day, see fields.habits.
    programme: from the text of a kind of training to the programme's id, or None where it is none for sure.
    """

    today: date
    month_first: bool = False
    programme: Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a line says; None where it says nothing usable.

    village is a code, phone is E.164, programme an id, sex L or P, education a level's code, result one of completed,
    failed, withdrawn and attending. skills keeps its lines and is not taken apart yet.
    """

    name: str | None = None
    nik: str | None = None
    birth: date | None = None
    birthplace: str | None = None
    sex: str | None = None
    address: str | None = None
    village: str | None = None
    district: str | None = None
    phone: str | None = None
    email: str | None = None
    education: str | None = None
    major: str | None = None
    institution: str | None = None
    programme: str | None = None
    programme_text: str | None = None
    batch: str | None = None
    start: date | None = None
    end: date | None = None
    result: str | None = None
    cert_no: str | None = None
    scheme: str | None = None
    issuer: str | None = None
    issued: date | None = None
    expires: date | None = None
    provider: str | None = None
    policy_no: str | None = None
    policy_from: date | None = None
    policy_until: date | None = None
    skills: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """values, and codes of `codes.CODES` in their order, each once."""

    values: Values
    codes: tuple[str, ...]


_Part = tuple[dict[str, Any], list[str | None]]  # of the values, and codes or None


def read_line(fields: Mapping[str, Cell], context: Context) -> Line:
    """Read a line by itself; what needs other lines or the database is not looked at. It never raises.

    :param fields: the cells by their fields: None or "" for an empty one; a field without a column is absent.
    """
    said = Said(fields)
    person, found = _person(said, context)
    for part in (_home(said), _contact(said), _training(said, context)):
        person |= part[0]
        found += part[1]
    wrong = codes.in_order(filter(None, [*found, *said.warnings()]))
    return Line(values=Values(**person), codes=wrong)


def _person(said: Said, context: Context) -> _Part:
    name = names.read(personal.without(said.text("name")))
    number, nik_code = niks.read(said.text("nik"), number=said.is_number("nik"))
    nik = niks.taken_apart(number)
    birthplace, day = _birth(said, context)
    birth, birth_codes = births.settle(day, nik, context.today)
    of_form = sex.read(said.text("sex"))
    nik_codes = niks.doubts(nik, sex=of_form, has_sex=said.has("sex"), today=context.today)
    values = {
        "name": name, "nik": number, "birth": birth, "birthplace": birthplace, "sex": of_form or (nik and nik.sex),
        "education": education.read(said.text("education")), "major": said.clear("major"),
        "reference": said.line("reference"),
    }  # fmt: skip
    return values, [None if name else "missing_required", nik_code, *nik_codes, *birth_codes]


def _birth(said: Said, context: Context) -> tuple[str | None, dates.Day]:
    """Return birthplace and birth date, from whichever of the cells has them."""
    place, day = births.of_place(said.cell("birthplace"), today=context.today, month_first=context.month_first)
    for field in ("ttl", "birth"):
        other, found = births.read(said.cell(field), today=context.today, month_first=context.month_first)
        if field == "birth" and not found.said and said.text("birth"):
            other, found = None, dates.UNREADABLE
        place, day = place or other, found if found.day or (found.said and not day.day) else day
    return place, day


def _home(said: Said) -> _Part:
    """Read address, village and district, from whichever of the cells has them."""
    whole = addresses.read(said.text("full_address"))
    if said.text("address") and not whole.village and not addresses.is_of_street(whole.address):
        whole = replace(whole, village=whole.address)  # where the address stands by itself, this is the village
    told = addresses.of_village(said.text("village"))
    address = said.text("address") or whole.address
    district = said.text("district") or told.district or whole.district
    village = told.village or whole.village
    if not village and (inside := addresses.read(address)).village:
        address, village, district = inside.address, inside.village, district or inside.district
    found = villages.find(village, district)
    given = found.district or (villages.district_of(found.village) if found.village else None)
    values = {
        "address": texts.line(address), "village": found.village and found.village.code,
        "district": given and given.name,
    }  # fmt: skip
    return values, [found.code]


def _contact(said: Said) -> _Part:
    phone, phone_code = phones.read(said.text("phone"))
    email, email_code = emails.read(said.text("email"))
    return {"phone": phone, "email": email, "skills": texts.lines(said.text("skills"))}, [phone_code, email_code]


def _training(said: Said, context: Context) -> _Part:
    text = said.clear("programme")
    programme = context.programme(text) if text else None
    period = _period(said, context)
    cert_no = certificates.number(personal.without(said.text("cert_no")))
    result, result_code = results.settle(
        said.whole("result"),
        has_column=said.has("result"),
        certified=bool(cert_no),
        end=period.end,
        today=context.today,
    )
    values = {
        "institution": said.clear("institution"), "programme_text": text, "programme": programme, "result": result,
        "batch": _batch(said, period),
        "start": period.start, "end": period.end, "cert_no": cert_no,
    }  # fmt: skip
    none = "programme_unknown" if text else "programme_missing"
    papers, doubts = _papers(said, context, cert_no=cert_no, result=result, period=period)
    return values | papers, [None if programme else none, result_code, "date_bad" if period.broken else None, *doubts]


def _batch(said: Said, period: Span) -> str | None:
    name = batches.read(said.cell("batch"), batches.year_of(period.start, period.end))
    return (personal.without(name) or None) if name else None


def _papers(said: Said, context: Context, *, cert_no: str | None, result: str | None, period: Span) -> _Part:
    """Read the terms of the certificate and of the policy."""
    cells = [said.cell(field) for field in ("issued", "expires", "validity", "policy_from", "policy_until")]
    holds = terms.read(*cells[:3], month_first=context.month_first)
    covers = terms.read(*cells[3:], month_first=context.month_first)
    policy_no, provider = certificates.number(said.text("policy_no")), policies.provider(said.clear("provider"))
    held = bool(policy_no or (not said.has("policy_no") and (provider or covers.start or covers.end)))
    values = {
        "scheme": said.clear("scheme"), "issuer": said.clear("issuer"), "issued": holds.start, "expires": holds.end,
        "provider": provider, "policy_no": policy_no, "policy_from": covers.start, "policy_until": covers.end,
    }  # fmt: skip
    doubts = policies.doubts(covers, period.start, period.end, held=held)
    return values, [*certificates.doubts(cert_no, holds, result, context.today), *doubts]


def _period(said: Said, context: Context) -> Span:
    """Return when the training ran, from one cell or from two."""
    if said.cell("period") not in {None, ""}:
        return spans.read(said.cell("period"), newest=_NEWEST, month_first=context.month_first)
    term = terms.read(said.cell("start"), said.cell("end"), month_first=context.month_first)
    return Span(term.start, term.end, term.broken)
