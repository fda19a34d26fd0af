"""The page on which an officer says what the words for a skill mean."""

import pytest

from gateway.portal import skills
from services.registry.database import database
from tests.gateway.desk import LPK, come_in, is_well_made, registry_over_http
from tests.gateway.showing import Page
from tests.registry.test_skill_reviews import note, unsure


@pytest.fixture(autouse=True)
def _registry(monkeypatch, services):
    monkeypatch.setitem(skills._known, "at", -skills.FRESH_S)  # noqa: SLF001 (as in a process that has just started)
    with registry_over_http(monkeypatch):
        yield


@pytest.fixture
def desk(visitor, account, client):
    lpk = client("registry", "officer").post("/v1/institutions", json=LPK).json["id"]
    return come_in(visitor, account, lpk)


def reviews():
    return {row["text"]: (row["state"], row.get("skill")) for row in database.reader().db.skill_reviews.find()}


def pressed(desk, text, skill):
    [review] = [row["_id"] for row in database.reader().db.skill_reviews.find({"text": text})]
    return desk.post(f"/keterampilan/{review}", {"skill": skill})


class TestTheTexts:
    def test_are_shown_the_most_frequent_first_with_the_best_three(self, desk):
        note(unsure("tari tradisi"), unsure("kang las"), unsure("kang las"))

        page = desk.page("/keterampilan")

        assert page.text.index("kang las") < page.text.index("tari tradisi")
        assert "2 kali muncul" in page.text
        offered = [button["value"] for button in page.all("button") if button.get("name") == "skill"]
        assert offered == ["welding", "smaw-welding", "baking", ""] * 2
        assert "Pengelasan SMAW" in page.text

    def test_may_be_none(self, desk):
        assert "Tidak ada kata yang menunggu." in desk.page("/keterampilan").text

    def test_are_shown_without_what_would_be_markup(self, desk):
        note(unsure("<b>las</b>"))

        assert "<b>las" not in desk.visitor.get("/keterampilan").text

    def test_are_on_pages_that_are_well_made(self, desk):
        note(unsure("kang las"))
        [one] = [link for link in desk.page("/keterampilan").links if link.startswith("/keterampilan/")]

        assert is_well_made(desk.visitor.get("/keterampilan"))
        assert is_well_made(desk.visitor.get(f"{one}?q=las"))

    def test_are_for_officers_alone(self, visitor, account):
        ours = come_in(visitor, account, "i-1", "institution")

        assert ours.visitor.get("/keterampilan").status_code == 403


class TestDeciding:
    def test_is_remembered_and_shows_the_others(self, desk):
        note(unsure("tari tradisi"), unsure("kang las"))

        answer = pressed(desk, "kang las", "smaw-welding")

        text = desk.page(answer.headers["Location"]).text
        assert "berarti keterampilan itu" in text
        assert "kang las" not in text
        assert reviews() == {"kang las": ("decided", "smaw-welding"), "tari tradisi": ("open", None)}

    def test_may_be_that_it_is_no_skill(self, desk):
        note(unsure("rajin sekali"))

        assert "bukan keterampilan" in desk.page(pressed(desk, "rajin sekali", "").headers["Location"]).text
        assert reviews() == {"rajin sekali": ("decided", None)}

    def test_may_be_for_another_skill_that_is_searched_for(self, desk):
        note(unsure("kang las"))
        [one] = [link for link in desk.page("/keterampilan").links if link.startswith("/keterampilan/")]

        page = desk.page(f"{one}?q=menjahit")

        assert "sewing" in str([button.get("value") for button in page.all("button")])
        assert "Tidak ditemukan" in desk.page(f"{one}?q=zzzzzz").text

    def test_refuses_a_skill_that_there_is_not(self, desk):
        note(unsure("kang las"))

        answer = pressed(desk, "kang las", "nothing")

        assert (answer.status_code, Page(answer).language) == (422, "id")
        assert reviews() == {"kang las": ("open", None)}
