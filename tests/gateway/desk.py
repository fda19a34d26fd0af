"""A desk for the portal's tests: the gateway before a registry that is the real one, over HTTP, and files to send."""

import io
import threading
from contextlib import contextmanager

from werkzeug.serving import make_server

from gateway import upstream
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD, otp
from tests.gateway.showing import Page
from tests.registry.enrolments import work_on

LPK = {"name": "LPK Contoh", "kind": "LPK", "village": "63.11.06.1023"}
TAKING, UNDOING = "intake.taken", "intake.undone"
HEAD = (
    "No;Nama Lengkap;NIK;Tempat Lahir;Tanggal Lahir;L/P;Alamat;Desa;Kecamatan;No. HP;Pendidikan;Pelatihan;Angkatan;"
    "Periode;Hasil;Keterampilan;Catatan Lain"
)
TRAINED = "Las SMAW 3G;Angkatan I/2026;01-03-2026 s/d 30-04-2026"
HOME = "Jl. Contoh 1;Paringin Kota;Paringin"
SITI = f"1;Siti Contoh;6311064107959001;Paringin;01-07-1995;P;{HOME};081200001234;SMK;{TRAINED};Lulus;Las SMAW;"
BUDI = f"2;Budi Contoh;;Paringin;02-08-1990;L;{HOME};;SMA;{TRAINED};Masih Pelatihan;Rajin;"
NAMELESS = f"3;;6311060308929001;Paringin;03-08-1992;L;{HOME};;SMA;{TRAINED};Lulus;;"
OURS = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def registry_over_http(monkeypatch):
    """Let the gateway ask the real registry."""
    server = make_server("127.0.0.1", 0, app_of("registry"), threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    monkeypatch.setitem(upstream.ADDRESSES, "registry", url)
    yield
    upstream.pool(url).close()
    server.shutdown()
    thread.join()
    server.server_close()
    upstream.pool.cache_clear()


class Desk:
    """Somebody who has come in, and the institution whose files they handle."""

    def __init__(self, visitor, lpk):
        self.visitor, self.lpk = visitor, lpk

    def page(self, path, **options):
        answer = self.visitor.get(path, **options)
        assert answer.status_code == 200, answer.text
        return Page(answer)

    def post(self, path, form=None, headers=OURS):
        return self.visitor.post(path, data=form, headers=headers)

    def send(self, *lines, institution=None, name="peserta.csv"):
        content = "\n".join((HEAD, *lines)).encode() if lines else b""
        form = {"institution_id": institution or self.lpk, "as_of": "2026-06-01", "file": (io.BytesIO(content), name)}
        return self.post("/unggah", form)

    def sent(self, *lines):
        """Send lines, let them be taken, and return where the intake is shown."""
        answer = self.send(*lines)
        assert answer.status_code == 303, answer.text
        work_on(TAKING)
        return answer.headers["Location"]


def come_in(visitor, account, lpk, role="officer"):
    own = lpk if role == "institution" else None
    account("budi", role, own)
    form = {"login": "budi", "password": PASSWORD, "otp": otp("budi")}
    assert visitor.post("/masuk", data=form, headers=OURS).status_code == 303
    return Desk(visitor, lpk)


def is_well_made(answer):
    """Look at what every page must have, and must not: a phone, a keyboard and a reader of screens can use it."""
    page = Page(answer)
    assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6
    assert not [tag for tag, attributes in page.tags if tag == "script" or "style" in attributes]
    assert "http://" not in answer.text
    assert "https://" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    named = {label["for"] for label in page.all("label") if "for" in label}
    asked = [field for tag in ("input", "select") for field in page.all(tag) if field.get("type") != "hidden"]
    assert {field["id"] for field in asked if field.get("type") != "checkbox"} <= named
    return len(answer.data) < 40_000
