"""The pages of a second factor: set up, shown once, needed, taken off."""

import pyotp
import pytest

from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import is_well_made
from tests.gateway.home import SESSION, Home, led_to
from tests.gateway.showing import Page

NO_STEP = "/akun/kode/pasang"


@pytest.fixture
def siti(visitor, account):
    return Home(visitor, account("siti", "worker", "w-1"))


@pytest.fixture
def budi(visitor, account):
    """An officer who has not set up a second factor."""
    return Home(visitor, account("budi", "officer", totp=None))


def shown_secret(home):
    """Return the secret that the page shows, as somebody would type it."""
    assert led_to(home.post("/akun/kode")) == NO_STEP
    home.page(NO_STEP)
    secret = home.account.totp_begun
    assert f"secret={secret}" in home.get(NO_STEP).text
    return secret


def set_up(home):
    """Set up the second factor and return the answer."""
    return home.post(NO_STEP, code=pyotp.TOTP(shown_secret(home)).now())


class TestAnOfficerWithoutASecondFactor:
    @pytest.mark.parametrize("path", ["/", "/akun", "/akun/sandi", "/unggah", "/antrean", "/rilis", "/api", "/kabar"])
    def test_is_led_to_it_from_every_page(self, budi, path):
        assert led_to(budi.get(path)) == "/akun/kode"

    def test_can_send_no_form_elsewhere(self, budi):
        assert led_to(budi.post("/akun", language="en")) == "/akun/kode"
        assert budi.account.language == "id"

    def test_can_sign_out(self, budi):
        assert led_to(budi.post("/keluar")) == "/"
        assert led_to(budi.get("/akun/kode")).startswith("/masuk")

    def test_goes_on_once_it_is_set_up(self, budi):
        assert set_up(budi).status_code == 200

        assert "petugas" in budi.page("/akun").text

    def test_keeps_it(self, budi):
        set_up(budi)

        answer = budi.post("/akun/kode/lepas", password=PASSWORD)

        assert (answer.status_code, budi.account.has_totp) == (403, True)


class TestASecondFactor:
    def test_is_drawn_without_what_the_policy_forbids(self, siti):
        shown_secret(siti)
        answer = siti.get(NO_STEP)

        assert is_well_made(answer)
        assert len(Page(answer).all("svg")) == 1

    def test_changes_nothing_by_being_looked_at(self, siti):
        siti.page("/akun/kode")

        assert led_to(siti.get(NO_STEP)) == "/akun/kode"
        assert siti.account.totp_begun is None

    def test_can_be_typed_in_groups_of_four(self, siti):
        secret = shown_secret(siti)

        assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in siti.page(NO_STEP).text

    def test_stays_the_same_when_the_page_is_loaded_again(self, siti):
        secret = shown_secret(siti)
        siti.page(NO_STEP)

        assert siti.account.totp_begun == secret

    def test_needs_its_first_code(self, siti):
        shown_secret(siti)

        answer = siti.post(NO_STEP, code="12345 6")

        assert (answer.status_code, siti.account.has_totp) == (422, False)
        assert [each["name"] for each in Page(answer).all("input") if "aria-invalid" in each] == ["code"]

    def test_gives_eight_spare_codes_once(self, siti, account):
        answer = set_up(siti)
        spares = [said for said in Page(answer).text.split() if len(said) == 11 and said[5] == "-"]

        assert is_well_made(answer)
        assert len(set(spares)) == 8
        again = siti.post(NO_STEP, code="123456")
        assert (again.status_code, any(each in again.text for each in spares)) == (409, False)
        form = {"login": "siti", "password": PASSWORD, "otp": spares[0].upper()}
        assert siti.visitor.post("/masuk", data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303

    def test_is_switched_off_with_the_password(self, siti):
        set_up(siti)

        assert siti.post("/akun/kode/lepas", password="salah salah").status_code == 422
        assert led_to(siti.post("/akun/kode/lepas", password=PASSWORD)) == "/masuk?done=factor"
        assert not siti.account.has_totp
        assert not siti.is_inside
        assert siti.visitor.get_cookie(SESSION) is None

    def test_is_not_begun_again_while_it_is_on(self, siti):
        set_up(siti)

        assert siti.post("/akun/kode").status_code == 409
