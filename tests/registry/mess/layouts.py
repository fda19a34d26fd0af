"""How the sheets of a workbook are laid out."""

from collections.abc import Callable
from itertools import groupby

from tests.registry.mess import headings, table
from tests.registry.mess.table import Columns, Content, Row, Sheet

PAGE = 25  # lines between two repeated headers


def plain(content: Content) -> list[Sheet]:
    sheet = Sheet(title="Sheet1")
    sheet.rows.append(table.header(content.columns))
    table.add_lines(sheet, content)
    return [sheet]


def two_row_header(content: Content) -> list[Sheet]:
    """Groups above, merged over their columns; the field's heading below."""
    sheet = Sheet(title="DATA PESERTA")
    sheet.add("title", f"REKAPITULASI PESERTA PELATIHAN {content.institution.upper()}")
    sheet.add("blank")
    top: list[str | None] = []
    for group, columns in groupby(content.columns, key=lambda column: _group(column[0])):
        width = len(list(columns))
        sheet.merges.append((3, len(top) + 1, 3, len(top) + width))
        top += [group, *[None] * (width - 1)]
    sheet.rows.append(Row(cells=top, kind="header"))
    sheet.rows.append(table.header(content.columns))
    table.add_lines(sheet, content)
    table.add_total(sheet, sum(1 for _ in content.drafts))
    return [sheet]


def header_at_12(content: Content) -> list[Sheet]:
    """A letterhead, and above the table what has no column."""
    sheet = Sheet(title="Lamp. 1")
    batch = content.groups[0][0]
    for text in (content.institution.upper(), "Jl. Contoh No. 1 Paringin Telp. (0526) 0000 - HP 081200000000",
    "e-mail: lembaga@example.com",
                 None, "Lampiran Surat Nomor : 000/LPK/X/2026", "Perihal : Data Peserta",
                 *table.batch_heading(content.random, batch)):  # fmt: skip
        sheet.add("title" if text else "blank", text)
    sheet.add("title", None, None, "Daftar peserta sebagai berikut:")
    sheet.add("blank")
    sheet.rows.append(table.header(content.columns))
    table.add_lines(sheet, content)
    table.add_signature(sheet, content.institution)
    return [sheet]


def printed_pages(content: Content) -> list[Sheet]:
    """The header stands again on each printed page, with the page's number and what is carried over."""
    sheet = Sheet(title="Cetak")
    sheet.add("title", f"DAFTAR HADIR DAN DATA PESERTA - {content.institution}")
    for number, draft in enumerate(content.drafts, 1):
        if number % PAGE == 1:
            if number > 1:
                sheet.add("total", None, "Jumlah dipindahkan", number - 1)
                sheet.add("title", f"Halaman {number // PAGE + 1}")
            sheet.rows.append(table.header(content.columns))
        sheet.rows.append(table.line(content.random, content.columns, draft, number))
    return [sheet]


def two_tables(content: Content) -> list[Sheet]:
    """A table for each batch on one sheet, each with its own order of columns."""
    sheet = Sheet(title="Gabungan")
    for batch, drafts in content.groups:
        columns = list(content.columns)
        content.random.shuffle(columns)
        for text in table.batch_heading(content.random, batch):
            sheet.add("title", text)
        sheet.rows.append(table.header(columns))
        for number, draft in enumerate(drafts, 1):
            sheet.rows.append(table.line(content.random, columns, draft, number))
        table.add_total(sheet, len(drafts))
        sheet.add("blank")
    return [sheet]


def hidden_sheets(content: Content) -> list[Sheet]:
    """Lists that feed drop-downs lie on hidden sheets."""
    lists = Sheet(title="_ref", hidden=True)
    for cells in (
        ("Pendidikan", "JK", "Hasil"),
        ("SD", "L", "Kompeten"),
        ("SMP", "P", "Belum Kompeten"),
        ("SMA", None, None),
    ):
        lists.add("help", *cells)
    return [lists, *plain(content), Sheet(title="Sheet2"), Sheet(title="Sheet3")]


def hundred_columns(content: Content) -> list[Sheet]:
    """Most columns are empty, some have a heading all the same."""
    columns: list[tuple[str, str]] = []
    for column in content.columns:
        columns += [column, *[("blank", "") for _ in range(content.random.choice((0, 2, 4)))]]
    columns += [("blank", f"Kolom{number}" if number % 3 else "") for number in range(len(columns) + 1, 101)]
    sheet = Sheet(title="Form")
    sheet.rows.append(table.header(columns))
    for number, draft in enumerate(content.drafts, 1):
        full = iter(table.line(content.random, content.columns, draft, number).cells)
        sheet.rows.append(
            Row(cells=[None if name == "blank" else next(full) for name, _ in columns], kind="line", draft=draft)
        )
    return [sheet]


def merged_batches(content: Content) -> list[Sheet]:
    """Programme, batch and period stand once, in cells that are merged over their batch."""
    sheet = Sheet(title="Peserta")
    sheet.rows.append(table.header(content.columns))
    once = [
        at for at, (name, _) in enumerate(content.columns) if name in {"programme", "batch", "period", "institution"}
    ]
    for _, drafts in content.groups:
        first = len(sheet.rows) + 1
        for number, draft in enumerate(drafts, 1):
            if number == 1:
                draft.extra_cell_after = None  # what is merged hangs on its first line
            row = table.line(content.random, content.columns, draft, number)
            row.cells = [None if number > 1 and at in once else cell for at, cell in enumerate(row.cells)]
            sheet.rows.append(row)
        sheet.merges += [(first, at + 1, len(sheet.rows), at + 1) for at in once if len(drafts) > 1]
    return [sheet]


def totals(content: Content) -> list[Sheet]:
    """A subtotal below each batch, a remark between lines, a signature at the end."""
    sheet = Sheet(title="Data")
    sheet.add("title", "DATA PESERTA", content.institution)
    sheet.rows.append(table.header(content.columns))
    for batch, drafts in content.groups:
        sheet.add("title", f"Kelas {batch.programme} ({batch.name})")
        for number, draft in enumerate(drafts, 1):
            sheet.rows.append(table.line(content.random, content.columns, draft, number))
            if number == len(drafts) // 2:
                sheet.add("comment", None, "*) data di bawah ini masih menunggu verifikasi berkas dari desa")
        sheet.add("total", "Sub Total", len(drafts), "L = 7", "P = 5")
    table.add_total(sheet, sum(1 for _ in content.drafts))
    table.add_signature(sheet, content.institution)
    return [sheet]


def guide_and_pivot(content: Content) -> list[Sheet]:
    guide, pivot = Sheet(title="Cara Pengisian"), Sheet(title="Pivot")
    for text in ("PETUNJUK PENGISIAN", "Nama : sesuai KTP", "NIK : 16 angka, contoh 6311010101909001", "Contoh baris:"):
        guide.add("help", text)
    guide.add("help", "No", "Nama", "NIK", "Tgl Lahir")
    guide.add("help", "contoh", "NAMA CONTOH", "6311XXXXXXXXXXXX", "01/01/2000")
    for cells in (("Row Labels", "Count of NIK", "Sum of L"), ("SMA", 7, 3), ("SMK", 9, 5), ("Grand Total", 16, 8)):
        pivot.add("summary", *cells)
    return [guide, *plain(content), pivot]


def batch_sheets(content: Content) -> list[Sheet]:
    sheets = []
    for index, (batch, drafts) in enumerate(content.groups, 1):
        sheet = Sheet(title=f"Agkt {index} {batch.programme}"[:31])
        for text in table.batch_heading(content.random, batch):
            sheet.add("title", text)
        sheet.add("blank")
        sheet.rows.append(table.header(content.columns))
        for number, draft in enumerate(drafts, 1):
            sheet.rows.append(table.line(content.random, content.columns, draft, number))
        table.add_total(sheet, len(drafts))
        sheets.append(sheet)
    return sheets


def numbered_columns(content: Content) -> list[Sheet]:
    """An official form: the columns are numbered below the header, and the table starts at C4."""
    inner = plain(content)[0]
    numbers = Row(cells=[f"({at})" for at in range(1, len(content.columns) + 1)], kind="header")
    rows = [inner.rows[0], numbers, *inner.rows[1:]]
    sheet = Sheet(title="Formulir")
    for _ in range(3):
        sheet.add("blank")
    sheet.rows += [Row(cells=[None, None, *row.cells], kind=row.kind, draft=row.draft) for row in rows]
    return [sheet]


def _group(name: str) -> str:
    return next((group for group, names in headings.GROUPS if name in names), "LAIN-LAIN")


def by_group(columns: Columns) -> Columns:
    order = [group for group, _ in headings.GROUPS]
    return sorted(columns, key=lambda column: order.index(_group(column[0])))


LAYOUTS: dict[str, Callable[[Content], list[Sheet]]] = {
    layout.__name__: layout
    for layout in (plain, two_row_header, header_at_12, printed_pages, two_tables, hidden_sheets, hundred_columns,
    merged_batches,
                   totals, guide_and_pivot, batch_sheets, numbered_columns)
}  # fmt: skip
# Those whose programme, batch and period stand above the table.
HEADED = frozenset({"header_at_12", "two_tables", "batch_sheets"})
