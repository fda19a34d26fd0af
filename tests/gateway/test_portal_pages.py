"""The portal's pages: what they show, to whom, and in which language."""

import re
from pathlib import Path

import pytest

import gateway.portal
from gateway.portal import terms
from services.common.web import words
from tests.gateway.conftest import PASSWORD, otp
from tests.gateway.showing import CANDIDATE, SHORTLIST, VACANCY, VACANCY_ID, Page

PAGE = f"/lowongan/{VACANCY_ID}/kandidat"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def shown(vacancies, matching):
    """Let the services show a vacancy and its shortlist."""
    vacancies.answer = lambda asked: asked.say([VACANCY])
    matching.answer = lambda asked: asked.say(SHORTLIST)


@pytest.fixture
def enter(visitor, account):
    """Come in as somebody: `enter("employer", own="e-1")`."""

    def enter(role="officer", own=None):
        account("budi", role, own)
        form = {"login": "budi", "password": PASSWORD, "otp": otp("budi")}
        assert visitor.post("/masuk", data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
        return visitor

    return enter


@pytest.mark.usefixtures("shown")
class TestEveryPage:
    @pytest.fixture(params=["/", "/masuk", "/api", PAGE])
    def answer(self, request, enter):
        return enter().get(request.param)

    def test_loads_nothing_but_its_own_look(self, answer):
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?! defer src=\"/)|style=|https?://", answer.text)

    def test_fits_a_cheap_phone(self, answer):
        assert 'name="viewport"' in answer.text
        assert len(answer.data) < 20_000

    def test_has_landmarks_and_one_heading(self, answer):
        page = Page(answer)

        assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6

    def test_is_in_indonesian_unless_english_is_asked_for(self, visitor, answer):
        assert Page(answer).language == "id"

        english = visitor.get(answer.request.path, headers=ENGLISH)

        assert (Page(english).language, english.vary.as_set()) == ("en", {"accept-language", "authorization", "cookie"})

    def test_keeps_the_language_that_was_chosen(self, visitor, answer):
        visitor.get(f"{answer.request.path}?lang=en")

        assert Page(visitor.get(answer.request.path)).language == "en"
        assert Page(visitor.get(f"{answer.request.path}?lang=xx")).language == "en"
        assert Page(visitor.get(f"{answer.request.path}?lang=id")).language == "id"

    def test_says_nothing_untranslated(self):
        templates = Path(gateway.portal.__file__).parent.glob("templates/*.html")
        said = {sentence for file in templates for sentence in re.findall(r'\bsay\("([^"]+)"\)', file.read_text())}

        assert len(said) > 20
        named = [each for name, each in vars(terms).items() if name.isupper()]
        said |= {sentence for each in named for sentence in ([each] if isinstance(each, str) else each.values())}
        assert [sentence for sentence in sorted(said) if not words.is_known(sentence)] == []


@pytest.mark.usefixtures("shown")
class TestTheVacancies:
    def test_are_shown_to_everybody(self, visitor, vacancies):
        page = Page(visitor.get("/"))

        assert "Juru las SMAW 3G <senior>" in page.text
        assert "PT Vista Utama · Paringin Kota, Kecamatan Paringin" in page.text
        assert "Rp3.600.000–Rp5.200.000" in page.text  # noqa: RUF001 (a range)
        assert "15 Feb 2026" in page.text
        assert "Authorization" not in vacancies.asked[0].headers

    def test_are_shown_in_english(self, visitor):
        page = Page(visitor.get("/", headers=ENGLISH))

        assert "Paringin Kota, district of Paringin" in page.text
        assert "Rp3,600,000" in page.text

    def test_lead_to_their_candidates_whoever_may_see_them(self, enter):
        assert PAGE in Page(enter("officer").get("/")).links

    @pytest.mark.parametrize(("own", "may"), [("e-1", True), ("e-2", False)])
    def test_lead_an_employer_to_the_candidates_of_its_own(self, enter, own, may):
        assert (PAGE in Page(enter("employer", own).get("/")).links) == may

    def test_lead_nobody_else_there(self, visitor):
        assert PAGE not in Page(visitor.get("/")).links

    def test_lead_to_the_next_page(self, visitor, vacancies):
        link = '</api/vacancies/v1/vacancies?limit=20&cursor=a%2Bb>; rel="next"'
        vacancies.answer = lambda asked: asked.say([VACANCY], Link=link)

        [further] = [link["href"] for link in Page(visitor.get("/")).all("a") if link.get("rel") == "next"]
        visitor.get(f"/{further}")

        assert vacancies.asked[1].path == "/v1/vacancies?limit=20&cursor=a%2Bb"

    def test_may_be_none(self, visitor, vacancies):
        vacancies.answer = lambda asked: asked.say([])

        assert "tidak ada lowongan yang terbuka" in Page(visitor.get("/")).text


@pytest.mark.usefixtures("shown")
class TestTheShortlist:
    def test_shows_rank_person_score_and_its_parts(self, enter):
        text = Page(enter().get(PAGE)).text

        assert "137 orang memenuhi syarat." in text
        assert "1 Orang 3F2A9C Skor: 87,3%" in text
        assert "Paringin · SMK · siap bekerja mulai 1 Feb 2026" in text
        assert "Menguasai Pengelasan SMAW tingkat 4" in text
        assert "Belum K3 tingkat 1 dari 2" in text
        assert "Pengelasan SMAW (sampai 31 Agu 2027)" in text
        assert "Pengelasan SMAW (wajib) 4 / 3 60,0%" in text
        assert "Kedekatan 12 km 14,0%" in text
        assert "Menguasai semua keterampilan wajib." in text

    def test_is_shown_in_english(self, enter, matching):
        text = Page(enter().get(PAGE, headers=ENGLISH)).text

        assert "137 people fit." in text
        assert "Score: 87.3%" in text
        assert matching.asked[0].headers["Accept-Language"] == "en"

    def test_names_nobody(self, enter):
        assert CANDIDATE["person"] not in enter().get(PAGE).text

    def test_is_kept_by_no_cache(self, enter):
        assert enter().get(PAGE).headers["Cache-Control"] == "no-store"

    def test_asks_matching_in_the_name_of_whoever_looks(self, enter, matching):
        enter("employer", "e-1").get(PAGE)

        [asked] = matching.asked
        assert asked.path == f"/v1/vacancies/{VACANCY_ID}/candidates?limit=10"
        assert asked.headers["Authorization"].startswith("Bearer ")

    def test_asks_a_stranger_to_sign_in_first(self, visitor, matching):
        answer = visitor.get(PAGE)

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/masuk?to={PAGE}")
        assert not matching.asked

    @pytest.mark.parametrize(("role", "own"), [("worker", "w-1"), ("institution", "i-1"), ("executive", None)])
    def test_is_not_for_others(self, enter, matching, role, own):
        answer = enter(role, own).get(PAGE)

        assert (answer.status_code, answer.mimetype, matching.asked) == (403, "text/html", [])

    def test_is_not_there_where_matching_says_so(self, enter, matching):
        matching.answer = lambda asked: asked.say({"type": "not-found"}, 404)

        answer = enter("employer", "e-2").get(PAGE)

        assert (answer.status_code, answer.mimetype) == (404, "text/html")

    def test_says_when_matching_is_away(self, enter, matching):
        matching.answer = lambda asked: asked.say({}, 503)

        answer = enter().get(PAGE)

        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert "sedang tidak tersedia" in Page(answer).text


class TestThePageForDevelopers:
    def test_leads_to_the_four_documents(self, visitor, services):
        documents = [link for link in Page(visitor.get("/api")).links if link.endswith("/openapi.json")]

        assert len(documents) == 4
        assert {visitor.get(link).status_code for link in documents} == {200}

    def test_leads_to_the_gateways_own(self, visitor):
        document = visitor.get("/api/identity/v1/openapi.json").json

        assert "/api/identity/v1/sessions" in document["paths"]
        assert document["servers"] == [{"url": "/"}]


class TestTheLook:
    @pytest.mark.parametrize(("name", "kind"), [("begawi.css", "text/css"), ("begawi.svg", "image/svg+xml")])
    def test_is_our_own(self, visitor, name, kind):
        answer = visitor.get(f"/{name}")

        assert (answer.status_code, answer.mimetype, answer.cache_control.max_age) == (200, kind, 3600)
        answer.close()
