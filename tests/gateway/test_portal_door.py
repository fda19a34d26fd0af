"""The pages for whoever cannot come in: forgotten passwords, codes of the desk; and changing a password."""

import pytest

from gateway import limits as app_limits
from gateway import web
from gateway.account.model import OFFICER
from gateway.database import database
from gateway.recovery import commands
from gateway.session.model import NEAR
from services.common import settings
from services.reference import clock
from tests.conftest import app_of
from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import is_well_made
from tests.gateway.door import NEW, code_in, give_email, work_on
from tests.gateway.home import OURS, Home, come_in, led_to
from tests.gateway.mail import serving
from tests.gateway.showing import Page

EMAIL = "siti@contoh.id"
CODE = "K7QM-2F9X-RSTU"


@pytest.fixture
def mail(monkeypatch):
    with serving(monkeypatch) as server:
        yield server


@pytest.fixture
def siti(account):
    made = account("siti", "worker", "w-1")
    give_email(made, EMAIL)
    return made


@pytest.fixture
def post(visitor):
    return lambda path, **form: visitor.post(path, data=form, headers=OURS)


@pytest.fixture
def desks_code(siti):
    asked = {"account_id": siti.id, "by": "o-1", "role": OFFICER, "without_totp": False}
    return database.transact(commands.make_activation, now=clock.now(), **asked).code


def filled(**said):
    return {"login": "siti", "code": CODE, "password": NEW, "again": NEW} | said


class TestThePageToSignIn:
    def test_leads_on_whoever_cannot(self, visitor):
        assert {"/lupa", "/aktivasi", "/daftar"} <= set(Page(visitor.get("/masuk")).links)

    @pytest.mark.parametrize("base", ["http://localhost", "http://127.0.0.1:8080", "http://[::1]:8080", "https://b.id"])
    def test_asks_where_the_browser_keeps_our_cookies(self, visitor, base):
        assert Page(visitor.get("/masuk", base_url=base)).all("form")

    def test_asks_behind_a_proxy_that_nobody_told_us_to_believe(self, visitor):
        answer = visitor.get("/masuk", base_url="http://begawi.contoh.id", headers={"Sec-Fetch-Site": "none"})

        assert Page(answer).all("form")

    def test_says_elsewhere_that_the_address_is_not_protected(self, visitor, siti, monkeypatch):
        monkeypatch.setattr(settings, "PUBLIC_URL", "https://begawi.contoh.id")
        plain = {"base_url": "http://begawi.contoh.id"}
        form = {"login": "siti", "password": PASSWORD}

        shown = visitor.get("/masuk", **plain)
        sent = visitor.post("/masuk", data=form, headers={"Origin": "http://begawi.contoh.id"}, **plain)

        assert (shown.status_code, sent.status_code) == (200, 403)
        for answer in (shown, sent):
            page = Page(answer)
            assert "berawalan https://" in page.text
            assert not page.all("input")
            assert "https://begawi.contoh.id/masuk" in page.links
            assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("done", ["registered", "password", "factor", "joined"])
    def test_says_what_was_done_before(self, visitor, done):
        assert [each for each in Page(visitor.get(f"/masuk?done={done}")).all("p") if each.get("role") == "status"]
        assert not [each for each in Page(visitor.get("/masuk?done=x")).all("p") if each.get("role") == "status"]


class TestAForgottenPassword:
    @pytest.mark.parametrize("path", ["/lupa", "/lupa/kode", "/aktivasi", "/masuk"])
    def test_has_pages_that_are_well_made(self, visitor, path):
        assert is_well_made(visitor.get(path))

    def test_is_replaced_with_a_code_by_e_mail(self, visitor, siti, mail, post):
        assert led_to(post("/lupa", login=" Siti ")) == "/lupa/kode?done=asked"
        work_on()
        code = code_in(mail.to(EMAIL)[0])

        assert led_to(post("/lupa/kode", **filled(code=code.lower()))) == "/masuk?done=password"
        assert come_in(visitor, "siti").status_code == 401
        assert come_in(visitor, "siti", password=NEW).status_code == 303

    def test_gets_the_same_answer_for_every_login(self, siti, mail, post):
        answers = [post("/lupa", login=login) for login in ("siti", "siapa")]

        assert len({(answer.status_code, answer.headers["Location"], answer.text) for answer in answers}) == 1
        work_on()
        assert len(mail.letters) == 1

    def test_needs_a_login(self, post):
        assert post("/lupa").status_code == 422

    @pytest.mark.parametrize(
        "said",
        [{}, {"login": "siapa"}, {"code": ""}, {"again": "sungai lain"}, {"password": "pendek", "again": "pendek"}],
    )
    def test_stays_with_anything_wrong_and_no_secret_is_shown_again(self, visitor, siti, post, said):
        answer = post("/lupa/kode", **filled(**said))

        assert answer.status_code == 422
        assert not any(said in answer.text for said in (NEW, "sungai lain", 'value="pendek"'))
        assert come_in(visitor, "siti").status_code == 303

    def test_is_not_replaced_by_a_mistyped_one_and_the_code_stays_good(self, siti, mail, post):
        post("/lupa", login="siti")
        work_on()
        code = code_in(mail.to(EMAIL)[0])

        assert post("/lupa/kode", **filled(code=code, again="lain lagi")).status_code == 422
        assert post("/lupa/kode", **filled(code=code)).status_code == 303

    def test_lets_its_owner_in_however_often_others_tried(self, visitor, siti, desks_code, post):
        stranger = app_of("gateway").test_client()
        tried = [come_in(stranger, "siti", password="salah salah").status_code for _ in range(NEAR.tries + 1)]
        assert tried[-1] == 429

        post("/aktivasi", **filled(code=desks_code))

        assert come_in(visitor, "siti", password=NEW).status_code == 303


@pytest.mark.usefixtures("one_window")
class TestAskingTooOften:
    @pytest.fixture
    def visitor(self):
        app = web.create_app()
        app_limits.install(app, on=True)
        return app.test_client()

    @pytest.mark.parametrize("login", ["siti", "siapa"])
    def test_is_refused_on_a_page_that_says_to_wait(self, siti, post, login):
        answers = [post("/lupa", login=login) for _ in range(7)]

        assert [answer.status_code for answer in answers] == [303] * 6 + [429]
        assert (answers[-1].mimetype, answers[-1].headers["Retry-After"].isdigit()) == ("text/html", True)
        assert "Terlalu banyak percobaan" in Page(answers[-1]).text
        assert post("/lupa", login="budi").status_code == 303


class TestACodeOfTheDesk:
    def test_sets_a_password(self, visitor, desks_code, post):
        assert led_to(post("/aktivasi", **filled(code=desks_code))) == "/masuk?done=password"
        assert come_in(visitor, "siti", password=NEW).status_code == 303

    def test_is_good_once(self, desks_code, post):
        post("/aktivasi", **filled(code=desks_code))

        answer = post("/aktivasi", **filled(code=desks_code))

        assert (answer.status_code, "Kode ini salah" in Page(answer).text) == (422, True)

    def test_is_no_code_of_a_letter(self, desks_code, post):
        assert post("/lupa/kode", **filled(code=desks_code)).status_code == 422


class TestChangingThePassword:
    @pytest.fixture
    def home(self, visitor, siti):
        return Home(visitor, siti)

    def test_ends_all_sessions_and_asks_to_sign_in(self, home):
        other = app_of("gateway").test_client()
        come_in(other, "siti")

        assert led_to(home.post("/akun/sandi", old=PASSWORD, password=NEW, again=NEW)) == "/masuk?done=password"
        assert not home.is_inside
        assert other.get("/akun").status_code == 303
        assert come_in(home.visitor, "siti", password=NEW).status_code == 303

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({"old": "salah salah"}, "old"),
            ({"old": ""}, "old"),
            ({"password": "pendek", "again": "pendek"}, "password"),
            ({"password": "password123", "again": "password123"}, "password"),
            ({"password": "", "again": ""}, "password"),
            ({"again": "sungai lain"}, "again"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, home, said, wrong):
        answer = home.post("/akun/sandi", **{"old": PASSWORD, "password": NEW, "again": NEW} | said)

        assert answer.status_code == 422
        assert [each["name"] for each in Page(answer).all("input") if "aria-invalid" in each] == [wrong]
        assert home.is_inside
