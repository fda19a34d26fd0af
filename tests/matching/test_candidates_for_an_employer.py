"""An employer asks who fits its vacancy: it sees nobody by a name that means something elsewhere."""

import base64
import re

import pytest

from tests.matching.heard import a_need, a_vacancy, a_worker, hear

IDS = [f"0190a000-0000-7000-8000-{n:012}" for n in range(25)]


@pytest.fixture(autouse=True)
def people():
    hear(*(a_worker(id_, skills={"welding": 1 + n % 4}) for n, id_ in enumerate(IDS)))
    hear(
        a_vacancy(a_need("welding", 4), name="v-1", employer_id="e-1"),
        a_vacancy(a_need("welding", 4), name="v-2", employer_id="e-1"),
        a_vacancy(a_need("welding", 4), name="v-3", employer_id="e-2"),
    )


@pytest.fixture
def shown(client):
    """Who is shown to an employer for a vacancy."""

    def ask(employer, vacancy):
        answer = client("matching", "employer", own=employer).get(f"/v1/vacancies/{vacancy}/candidates?limit=200")
        return [item["person"] for item in answer.json["items"]]

    return ask


def told_by(link):
    """What can be read in the cursor of a link."""
    found = re.findall(r"cursor=([^&]+)", link or "")
    return base64.urlsafe_b64decode(found[0] + "==").decode() if found else ""


class TestAnEmployer:
    def test_sees_people_under_pseudonyms(self, shown):
        found = shown("e-1", "v-1")

        assert len(set(found)) == 25
        assert all(re.fullmatch(r"[0-9a-f]{32}", person) for person in found)

    def test_sees_the_same_person_under_the_same_pseudonym_each_time(self, shown):
        assert {*shown("e-1", "v-1")} == {*shown("e-1", "v-2")}
        assert shown("e-1", "v-1") == shown("e-1", "v-1")

    def test_cannot_join_what_it_sees_with_what_another_sees(self, shown):
        assert not set(shown("e-1", "v-1")) & set(shown("e-2", "v-3"))

    def test_finds_no_workers_id_anywhere_in_the_answer_nor_in_its_link(self, client):
        http = client("matching", "employer", own="e-1")
        path, seen = "/v1/vacancies/v-1/candidates?limit=6", []
        while path:
            answer = http.get(path)
            path = (re.findall(r"<(.*)>", answer.headers.get("Link", "")) or [None])[0]
            seen += [item["person"] for item in answer.json["items"]]
            assert not any(id_ in answer.text or id_ in told_by(path) for id_ in IDS)

        assert len(seen) == len(set(seen)) == 25

    def test_sees_nobody_who_hides_from_it(self, shown):
        hear(a_worker(IDS[0], 2, hidden_from=["e-1"]), a_worker(IDS[1], 2, visibility="hidden"))

        assert (len(shown("e-1", "v-1")), len(shown("e-2", "v-3"))) == (23, 24)

    def test_sees_the_scores_that_the_office_sees(self, client):
        path = "/v1/vacancies/v-1/candidates?limit=200"
        asked = client("matching", "employer", own="e-1"), client("matching", "officer"), client("matching", "admin")

        scores = [[item["score"] for item in http.get(path).json["items"]] for http in asked]

        assert scores[0] == scores[1] == scores[2]

    @pytest.mark.parametrize(("role", "own", "status"), [("employer", "e-2", 404), ("worker", "w-1", 403)])
    def test_is_the_only_one_beside_the_office(self, client, role, own, status):
        assert client("matching", role, own=own).get("/v1/vacancies/v-1/candidates").status_code == status

    def test_cannot_tell_anothers_vacancy_from_none(self, client):
        http = client("matching", "employer", own="e-2")
        others, none = (http.get(f"/v1/vacancies/{name}/candidates").json for name in ("v-1", "v-9"))

        assert others | {"instance": ""} == none | {"instance": ""}
