"""What holds for any cell."""

from dataclasses import fields as fields_of
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.registry.reading import codes
from services.registry.reading.cells import FIELDS
from services.registry.reading.fields import (
    certificates,
    emails,
    healing,
    likeness,
    names,
    niks,
    phones,
    texts,
)  # fmt: skip
from services.registry.reading.line import Context, Values, read_line

CONTEXT = Context(today=date(2026, 11, 24), programme={"Las": "las"}.get)
PIECES = st.sampled_from(
    [
        "", " ", "-", "/", ",", ".", "'", "=", "+", "@", "<b>", "(", ")", "\n", "\u200b", "\u00a0", "â€™", "0", "1",
        "12", "31", "02", "2001", "2025", "36971", "Maret",
        "Mei", "s/d", "sampai", "tahun", "II", "Angkatan", "Desa", "Kec.", "Lajar", "Galumbang", "Juai", "RT", "Jl.",
        "H.", "S.Pd", "Budi", "M.", "L", "P", "K", "BK", "Lulus",
        "tidak", "ada", "SMA", "S1", "6311010602999465", "E+15", "081200003592", "x@example.com", "@", "?", "#",
        "\ufffd", "é", "😀",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40), st.lists(PIECES, max_size=9).map("".join), st.lists(PIECES, max_size=9).map(" ".join)
)
CELLS = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
    st.sampled_from([10**5000, -(10**5000), 6311010602999460.0, datetime.max.replace(tzinfo=UTC),
                     date.min, time.max, timedelta.max]),
)  # fmt: skip
ANY_FIELDS = (*FIELDS, "start", "end", "no such field")


class TestAnyLine:
    @given(st.dictionaries(st.sampled_from(ANY_FIELDS), CELLS), st.booleans())
    @settings(max_examples=400, deadline=None)
    def test_is_read(self, cells, month_first):
        line = read_line(cells, Context(today=CONTEXT.today, month_first=month_first, programme=CONTEXT.programme))

        assert line.codes == codes.in_order(line.codes)
        said = [getattr(line.values, field.name) for field in fields_of(Values) if field.name != "phone"]
        assert [value for value in said if isinstance(value, str) and texts.read(value).unsafe] == []
        assert {type(getattr(line.values, field.name)) for field in fields_of(Values)} <= {str, date, type(None)}

    @given(st.sampled_from(FIELDS), CELLS)
    @example("scheme", "1100000101000000<")  # a NIK, and nothing that is said besides
    @settings(max_examples=400, deadline=None)
    def test_reads_what_it_said_as_the_same(self, field, cell):
        said = read_line({field: cell}, CONTEXT).values
        # The programme is an id, the district of the village; an address without a village may hold another's name.
        apart = {"programme", "district"} | (set() if said.village else {"address"})
        again = {f: v for f in FIELDS if (v := getattr(said, f, None)) is not None and f not in apart}

        second = read_line(again | {"start": said.start, "end": said.end, "result": said.result}, CONTEXT).values

        kept = {f: getattr(second, f) for f in again}
        assert kept == again


class TestAnyText:
    @given(TEXTS)
    @settings(deadline=None)
    def test_is_healed_once_and_for_all(self, text):
        healed = healing.heal(text)

        assert healing.heal(healed) == healed

    @given(TEXTS)
    @settings(deadline=None)
    def test_is_harmless_once_it_is_read(self, text):
        read = texts.read(text).text

        assert texts.read(read) == (read, False, len(read) > texts.LONGEST)

    @given(TEXTS)
    @settings(deadline=None)
    def test_gives_a_value_that_gives_itself(self, text):
        for reader in (names.read, certificates.number, texts.line, texts.lines):
            value = reader(texts.read(text).text)
            assert value is None or reader(value) == value

    @given(TEXTS)
    @settings(deadline=None)
    def test_gives_a_number_or_an_address_that_gives_itself(self, text):
        for reader in (niks.read, phones.read, emails.read):
            value, code = reader(text)
            assert value is None or (code is None and reader(value) == (value, None))


class TestTwoNames:
    @given(TEXTS, TEXTS)
    @settings(deadline=None)
    def test_are_as_alike_as_the_other_way_round(self, a, b):
        alike = likeness.same_person(a, b)

        assert 0 <= alike <= 1
        assert abs(alike - likeness.same_person(b, a)) < 1e-9
