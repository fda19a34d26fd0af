"""The pages on which somebody registers, or gets into the record that the office has of them."""

import pytest

from gateway.account import store as accounts
from gateway.database import database
from services.common.web import words
from services.common.web.limits import Limits
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import OURS, is_well_made
from tests.gateway.entry import CLAIM, FORM, GUARDIAN, signs_in
from tests.gateway.registry import NIK, NOBODYS_NIK, born, imported, served
from tests.gateway.showing import Page

PAGES = ("/daftar", "/daftar/klaim", "/daftar/klaim/surat")


@pytest.fixture(autouse=True)
def registry(monkeypatch, services):
    with served(monkeypatch) as registry:
        yield registry


@pytest.fixture
def register(visitor):
    def register(**said):
        return visitor.post("/daftar", data=FORM | said, headers=OURS)

    return register


@pytest.fixture
def claim(visitor):
    def claim(**said):
        return visitor.post("/daftar/klaim", data=CLAIM | said, headers=OURS)

    return claim


@pytest.fixture
def siti(client):
    return imported(client("registry"))


@pytest.mark.parametrize("path", PAGES)
class TestAPage:
    def test_is_for_everybody_and_well_made(self, visitor, path):
        assert is_well_made(visitor.get(path))

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_speaks_both_languages(self, visitor, path, language):
        page = Page(visitor.get(f"{path}?lang={language}"))

        assert page.language == language

    def test_takes_no_form_of_another_site(self, visitor, path):
        answer = visitor.post(path, data=FORM | CLAIM, headers={"Origin": "https://evil.example"})

        assert answer.status_code == 403
        assert accounts.find(database.reader(), "siti") is None


class TestRegistering:
    def test_makes_an_account_and_leads_to_the_door(self, register, registry, visitor):
        answer = register()

        assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?done=registered")
        (worker,) = registry.workers
        assert accounts.find(database.reader(), "siti.c").own == worker["_id"]
        assert signs_in(visitor, "siti.c")

    def test_takes_nik_and_phone_as_people_write_them(self, register, client):
        register()

        own = accounts.find(database.reader(), "siti.c").own
        worker = client("registry").get(f"/v1/workers/{own}").json
        assert (worker["nik"], worker["phone"]) == (NIK, "+6281200001234")

    def test_needs_no_nik_no_phone_and_no_email(self, register, registry):
        assert register(nik="", phone=" ", email="").status_code == 303
        assert len(registry.workers) == 1

    def test_offers_the_villages_by_district(self, visitor):
        page = Page(visitor.get("/daftar"))

        assert {"label": "Paringin"} in page.all("optgroup")
        assert "63.11.06.1023" in {option.get("value") for option in page.all("option")}

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"name": " "}, "name", "Wajib diisi."),
            ({"nik": "631106"}, "nik", "NIK terdiri atas 16 angka."),
            ({"birth_date": "1 Juli"}, "birth_date", "Harus tanggal yang ada, ditulis TTTT-BB-HH."),
            ({"village": ""}, "village", "Pilih desa atau kelurahan."),
            ({"village": "63.11.99"}, "village", "Pilih desa atau kelurahan."),
            ({"phone": "tidak ada"}, "phone", "Tulis nomornya seperti 0812 3456 7890, atau dengan + dan kode negara."),
            ({"login": "si ti"}, "login", None),
            ({"password": "pendek"}, "password", None),
            ({"password": "qwertyuiop"}, "password", None),
            ({"email": "bukan surel"}, "email", "Bukan alamat surel yang benar."),
        ],
    )
    def test_says_beside_a_field_what_is_wrong(self, register, registry, said, field, sentence):
        answer = register(**said)

        page = Page(answer)
        assert answer.status_code == 422
        (wrong,) = [tag for _, tag in page.tags if "aria-invalid" in tag]
        assert wrong["id"] == field
        assert f"{field}-fault" in wrong["aria-describedby"].split()
        assert sentence is None or sentence in page.text
        assert registry.workers == []

    def test_says_at_once_all_that_can_be_told_before_the_registry_is_asked(self, register, registry):
        answer = register(name="", nik="1", phone="x", login="?", consents="")

        wrong = [tag["id"] for _, tag in Page(answer).tags if "aria-invalid" in tag]
        assert wrong == ["name", "nik", "phone", "login", "consents"]
        assert registry.asked == []

    def test_keeps_what_was_typed_but_the_password(self, register):
        answer = register(nik="631106", name='Siti "<b>')

        page = Page(answer)
        values = {field["name"]: field.get("value") for field in page.all("input") if "name" in field}
        assert (values["name"], values["login"], values["password"]) == ('Siti "<b>', "Siti.C", None)
        assert {"value": "63.11.06.1023", "selected": None} in page.all("option")
        assert PASSWORD not in answer.text

    def test_needs_consent(self, register, registry):
        answer = register(consents="")

        assert answer.status_code == 422
        assert registry.workers == []

    def test_of_whoever_is_under_18_opens_the_part_of_the_guardian(self, register, registry):
        answer = register(birth_date=born(16), nik="")

        page = Page(answer)
        assert answer.status_code == 422
        assert {"open": None} in page.all("details")
        assert registry.workers == []

    def test_of_whoever_is_under_18_holds_with_a_guardian_who_consents(self, register):
        assert register(birth_date=born(16), nik="", **GUARDIAN).status_code == 303

        assert accounts.find(database.reader(), "siti.c").guardian.name == "Ibu Contoh"

    def test_needs_the_guardians_own_consent(self, register):
        answer = register(birth_date=born(16), nik="", **GUARDIAN | {"guardian_consents": ""})

        (wrong,) = [tag for _, tag in Page(answer).tags if "aria-invalid" in tag]
        assert (answer.status_code, wrong["id"]) == (422, "guardian_consents")

    def test_with_a_login_that_is_taken_is_a_conflict(self, register, account):
        account("siti.c", "worker", own="w-1")

        answer = register()

        assert answer.status_code == 409
        assert Page(answer).text.count(words.say("An account of this login is there already: choose another one.")) == 2

    def test_shows_the_same_whether_the_nik_is_known_or_not(self, register, client):
        imported(client("registry"))

        known, unknown = register(), register(nik=NOBODYS_NIK, login="siti.d")

        assert [known.status_code, known.headers["Location"]] == [unknown.status_code, unknown.headers["Location"]]

    def test_keeps_the_form_while_the_registry_is_away(self, register, registry):
        registry.loses = 1

        answer = register()

        assert answer.status_code == 503
        assert "Siti Contoh" in [field.get("value") for field in Page(answer).all("input")]
        assert register().status_code == 303
        assert len(registry.workers) == 1

    @pytest.mark.usefixtures("one_window")
    def test_is_limited_for_each_address(self, register, monkeypatch):
        monkeypatch.setitem(app_of("gateway").extensions, "limits", Limits())

        answers = [register(consents="") for _ in range(31)]

        assert [answer.status_code for answer in answers] == [422] * 30 + [429]
        assert len(Page(answers[-1]).all("h1")) == 1
