"""A regency's institutions, each with its own file: deterministic by seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.registry.mess import (
    crossing,
    dirt_person,
    dirt_training,
    draft,
    headings,
    layouts,
    people,
    training,
    written,
)
from tests.registry.mess.draft import Draft, Habit
from tests.registry.mess.table import Columns, Content, Row, Sheet
from tests.registry.mess.truth import CODES, Line, MessyFile, outcome_of

CSV = ("tab", "pipe", "utf16", "mixed_encodings", "embedded_newlines", "stray_quotes", "trailing_delimiters", "quoted",
"cr_lines",
       "sep_line", "semicolon_bom", "plain_semicolon")  # fmt: skip
SHARES = {"printed_pages": 4.0, "two_tables": 1.5, "batch_sheets": 1.5}  # of people, where others have 1
_ALWAYS = ("no", "name", "nik", "sex", "phone", "education", "result", "cert_no", "policy_no", "skills")
_GROUP_OF_BATCH = ("programme", "batch", "period")
_TOPICS = {"nik": "identity", "sex": "identity", "birth": "identity", "unsafe": "address", "long": "address"}
_SPELT, _WRONG = dirt_person.SPELT + dirt_training.SPELT, dirt_person.WRONG + dirt_training.WRONG


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """One file to be made: trait is a layout of a workbook or a dialect of text."""

    name: str
    institution: str
    trait: str
    habit: Habit
    columns: Columns
    groups: list[tuple[training.Batch, list[Draft]]]

    @property
    def drafts(self) -> list[Draft]:
        return [one for _, drafts in self.groups for one in drafts]


def make_regency(seed: int, people: int = 400) -> list[MessyFile]:
    """Return files in the order of their names, with so many people; about one in twelve is in two of them."""
    random = Random(seed)
    plans = list(_plans(random, people))
    for plan in plans:
        for _, drafts in plan.groups:
            crossing.copied_down(random, drafts)
            for one in drafts:
                draft.settle(one)
            crossing.twice(random, drafts)
    crossing.across([plan.drafts for plan in plans])
    return [_file(random, plan) for plan in plans]


def _plans(random: Random, count: int) -> Iterator[_Plan]:
    traits = [*layouts.LAYOUTS, *CSV]
    random.shuffle(traits)
    everybody = people.people(random, count)
    returning = set(random.sample(everybody, count // 12))
    whole = sum(SHARES.get(trait, 1.0) for trait in traits)
    begin, done = 0.0, []
    for index, trait in enumerate(traits):
        end = begin + SHARES.get(trait, 1.0) * count / whole
        fresh = everybody[round(begin) : round(end)]
        back = [person for person in random.sample(done, min(len(done), 4)) if person in returning][:3]
        returning -= set(back)
        yield _plan(random, index, trait, fresh, back, firsts=returning)
        done += [person for person in fresh if person in returning]
        begin = end


def _plan(random, index, trait, fresh, back, firsts):
    habit, columns = _habit(random, trait)
    name = training.institution(index)
    batches = training.batches(random, name, 1 if trait == "header_at_12" else random.choice((2, 2, 3)))
    groups = [(batch, []) for batch in batches]
    for number, person in enumerate([*fresh, *back]):
        batch, drafts = groups[number * len(groups) // (len(fresh) + len(back))]
        enrolment = training.enrol(random, person, batch, index * 1000 + number)
        one = draft.clean(random, person, enrolment, habit)
        _soil(random, one, again=person in back, lightly=person in back or person in firsts)
        drafts.append(one)
    ending = (
        "xlsx" if habit.kind == "xlsx" else random.choice(("csv", "csv", "txt")) if trait in {"tab", "pipe"} else "csv"
    )
    file_name = f"{index + 1:02} {random.choice(('Data', 'Daftar', 'Rekap'))} {name} ({trait}).{ending}"
    return _Plan(name=file_name, institution=name, trait=trait, habit=habit, columns=columns, groups=groups)


def _habit(random: Random, trait: str) -> tuple[Habit, Columns]:
    kind = "csv" if trait in CSV else "xlsx"
    headed = trait in layouts.HEADED
    fields = [*_ALWAYS, *(() if headed else _GROUP_OF_BATCH)]
    fields += random.choice((["ttl"], ["birthplace", "birth"]))
    fields += random.choice(
        (
            ["full_address"],
            ["address", "village"],
            ["address", "village", "district"],
            ["address", "village", "district"],
        )
    )
    fields += random.choice((["validity"], ["issued", "expires"], ["issued", "expires"]))
    fields += random.choice(([], ["policy_from", "policy_until"], ["policy_from", "policy_until"]))
    fields += [
        name
        for name in ("email", "major", "institution", "scheme", "issuer", "provider", "note")
        if random.random() < 0.6
    ]
    if random.random() < 0.08:
        fields = [name for name in fields if not name.startswith(("policy", "provider"))]
    if trait in {"hundred_columns", "two_row_header", "semicolon_bom", "plain", "quoted"}:
        fields += random.sample(sorted(headings.DECOYS), 5)
    if trait in {"plain", "pipe"}:  # The contract has one column for both; other institutions have two.
        fields = [part for name in fields for part in (("start", "end") if name == "period" else (name,))]
    dates = random.choice(
        [
            "slash",
            "dashed",
            "dotted",
            "long",
            "iso",
            "short_slash",
            *(["cell", "cell", "number"] if kind == "xlsx" else []),
        ]
    )
    columns = [(name, random.choice((headings.HEADINGS | headings.DECOYS)[name])) for name in fields]
    columns = list(layouts.by_group(columns)) if random.random() < 0.6 or trait == "two_row_header" else columns
    habit = Habit(
        kind=kind,
        fields=tuple(fields),
        dates=dates,
        capitals=random.random() < 0.3,
        programme="heading" if headed else "column",
    )
    return habit, columns


def _soil(random: Random, one: Draft, *, again: bool, lightly: bool) -> None:
    """Soil a line; people of two files only so that they stay recognisable."""
    dirts = [dirt for dirt in _SPELT if random.random() < 0.12]
    if not lightly:
        dirts += [dirt for dirt in random.sample(_WRONG, len(_WRONG)) if random.random() < 0.022]
    elif again and random.random() < 0.3:
        dirts = [dirt_person.nik_missing]
    about: set[str] = set()
    for dirt in dirts:
        topic = dirt.__name__.split("_")[0]
        topic = _TOPICS.get(topic, topic)
        if topic in about:
            continue  # one kind of dirt a topic, or the truth would be a guess
        about.add(topic)
        before = (dict(one.cells), set(one.codes), one.extra_cell_after)
        dirt(random, one)
        if before != (one.cells, one.codes, one.extra_cell_after):
            one.dirt.append(dirt.__name__)
    if (
        one.person.village.name in people.TWICE
        and not {"district", "full_address"} & set(one.habit.fields)
        and one.values["village"][0]
    ):
        one.codes.add("ambiguous_village")
        one.values["village"] = (None, one.person.village.code)


def _file(random: Random, plan: _Plan) -> MessyFile:
    content = Content(institution=plan.institution, columns=plan.columns, groups=plan.groups, random=random)
    if plan.habit.kind == "xlsx":
        sheets = layouts.LAYOUTS[plan.trait](content)
        body, firsts = written.workbook(sheets), None
    else:
        sheets = [Sheet(title=None, rows=_text_rows(content, plan.trait))]
        body, firsts = written.delimited(sheets[0].rows, plan.trait, random)
    shift = 1 if plan.trait == "sep_line" else 0
    rows = [(sheet.title, number + shift, row) for sheet in sheets for number, row in enumerate(sheet.rows, 1)]
    lines = [
        _truth(plan, title, number, firsts and firsts[number - 1 - shift], row.draft)
        for title, number, row in rows
        if row.draft
    ]
    others = [(title, number, row.kind) for title, number, row in rows if not row.draft]
    return MessyFile(name=plan.name, content=body, institution=plan.institution, traits=(plan.trait, plan.habit.dates),
                     lines=tuple(lines), other_rows=tuple(others))  # fmt: skip


def _text_rows(content: Content, trait: str) -> list[Row]:
    rows = list(layouts.plain(content)[0].rows)
    if trait == "stray_quotes":
        at = next(at for at, (name, _) in enumerate(content.columns) if name in {"address", "full_address"})
        for number, row in enumerate(rows[1:]):
            text = str(row.cells[at])
            row.cells[at] = f'"{text}' if number == 4 else f'{text} "Blok A"' if number % 3 else text
            row.draft.values.pop("address", None)
            row.draft.maybe |= {"row_unreadable"} if number == 4 else set()
    if trait in {"pipe", "semicolon_bom", "trailing_delimiters"}:
        rows = [
            Row(cells=["DATA PESERTA PELATIHAN"], kind="title"),
            Row(cells=[content.institution], kind="title"),
            *rows,
        ]
    if trait in {"quoted", "tab", "semicolon_bom"}:
        rows.append(Row(cells=["", f"Jumlah: {sum(1 for _ in content.drafts)} orang"], kind="total"))
    return rows


def _truth(plan: _Plan, sheet: str | None, row: int, first_line: int | None, one: Draft) -> Line:
    shared = {
        "file": plan.name,
        "sheet": sheet,
        "row": row,
        "first_line": first_line,
        "person": one.person.id,
        "dirt": tuple(one.dirt),
        "cells": one.written,
    }
    if one.extra_cell_after:
        return Line(**shared, outcome="review", also_right=("reject",), codes=frozenset({"row_unreadable"}),
                    maybe=frozenset(CODES) - {"row_unreadable"})  # fmt: skip
    expected, others = outcome_of(one.codes, one.maybe)
    if one.outcomes:
        expected, others = one.outcomes[0], one.outcomes[1:]
    return Line(**shared, outcome=expected, also_right=(*others, *one.also), codes=frozenset(one.codes),
    maybe=frozenset(one.maybe - one.codes),
                values=_carried(one), skills=tuple(one.skills) if "skills" in one.habit.fields else ())  # fmt: skip


def _carried(one: Draft) -> dict[str, tuple[str | None, ...]]:
    """Return the values of the fields that the file carries; free text is compared only where it has its own column."""
    has = set(one.habit.fields) | {"programme", "batch", "start", "end", "village"}
    has |= {"birth", "birthplace"} if "ttl" in has else set()
    has |= {"issued", "expires"} if "validity" in has else set()
    return {name: accepted for name, accepted in one.values.items() if name in has}
