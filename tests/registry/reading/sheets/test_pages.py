"""Tables of web portals and of open documents: workbooks in all but their form."""

from tests.registry.reading.sheets.writing import HEADINGS, NAMES, PEOPLE, lines, names, packed, table, tables


class TestOpenDocuments:
    def test_are_read_as_workbooks(self):
        def row(cells):
            said = "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in cells
            )
            return f"<table:table-row>{said}</table:table-row>"

        names_of = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
            for short in ("office", "table", "text")
        )
        wide = '<table:table-cell table:number-columns-repeated="16384"/>'
        blank = f'<table:table-row table:number-rows-repeated="1048000">{wide}</table:table-row>'
        sheet = f'<table:table table:name="P">{"".join(map(row, table()))}{blank}</table:table>'
        body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
        content = f"<office:document-content {names_of}>{body}</office:document-content>"
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        parts = {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"/>',
            "content.xml": content,
        }
        assert names(packed(parts)) == NAMES


class TestPagesOfPortals:
    def test_are_read_as_tables(self):
        rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in person) + "</tr>" for person in PEOPLE)
        top = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
        head = "<html><head><style>td {x}</style></head><body><h3>DATA PESERTA</h3>"
        page = f"{head}<table><tr>{top}</tr>{rows}</table></body></html>"
        assert names(page) == NAMES
        assert [line.row for line in lines(page)] == [3, 4, 5, 6, 7]

    def test_may_merge_cells(self):
        high = "".join(f"<th rowspan=2>{heading}</th>" for heading in ("No", "Nama", "NIK"))
        top = f"<tr>{high}<th colspan=2>Alamat</th></tr><tr><th>Desa</th><th>Kecamatan</th></tr>"
        rows = "".join(
            f"<tr><td>{no}</td><td>{name}</td><td>{nik}</td><td>Lajar</td><td>Juai</td></tr>"
            for no, name, nik, *_ in PEOPLE
        )
        page = f"<table>{top}{rows}</table>"
        assert tuple(tables(page)[0].columns.values()) == ("no", "name", "nik", "village", "district")
        assert names(page) == NAMES

    def test_may_be_of_the_kind_that_excel_wrote_in_2003(self):
        def row(cells):
            return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>"

        sheet = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x">'
        page = f'{sheet}<Worksheet ss:Name="P"><Table>{"".join(map(row, table()))}</Table></Worksheet></Workbook>'
        assert names(page) == NAMES
