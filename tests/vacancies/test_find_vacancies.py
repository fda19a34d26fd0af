"""Finding vacancies: who sees which."""

import pytest

from tests.vacancies.building import ids


@pytest.fixture
def offered(officer, register, draft, publish):
    """One vacancy of each status of Vista, and a draft of Jalasena."""
    jalasena = register(name="PT Jalasena Cakra Perkasa", nib="9999000000029")
    closed = publish()
    officer.post(f"/v1/vacancies/{closed}/closing")
    return {
        "closed": closed,
        "published": publish(kind="internship", village="63.11.07.2006"),
        "draft": draft(),
        "jalasena's": draft(employer_id=jalasena),
    }


@pytest.fixture
def find(client, offered):
    """Return the names of those that are found, in their order."""
    names = {id_: name for name, id_ in offered.items()}

    def find(query="", role=None, own=None):
        return [names[id_] for id_ in ids(client("vacancies", role, own=own).get(f"/v1/vacancies{query}"))]

    return find


class TestFindingVacancies:
    @pytest.mark.parametrize("query", ["", "?status=published", "?kind=internship", "?district=63.11.07"])
    def test_gives_everyone_the_published_ones(self, find, query):
        assert find(query) == ["published"]

    @pytest.mark.parametrize("query", ["?status=draft", "?status=closed", "?district=63.11.06", "?kind=job"])
    def test_gives_everyone_nothing_else(self, find, query):
        assert find(query) == find(query, role="worker", own="w-1") == []

    def test_gives_officers_all_of_them_the_newest_first(self, find):
        assert find(role="officer") == ["jalasena's", "draft", "published", "closed"]

    @pytest.mark.parametrize("status", ["draft", "published", "closed"])
    def test_gives_an_employer_all_of_its_own(self, find, vista, status):
        assert find(f"?employer_id={vista}", role="employer", own=vista) == ["draft", "published", "closed"]
        assert find(f"?employer_id={vista}&status={status}", role="employer", own=vista) == [status]

    def test_gives_an_employer_of_others_what_everyone_sees(self, find, vista):
        assert find(f"?employer_id={vista}", role="employer", own="another") == ["published"]
        assert find(role="employer", own=vista) == ["published"]

    def test_gives_an_employer_without_company_what_everyone_sees(self, find):
        assert find(role="employer") == ["published"]

    def test_refuses_what_there_is_not(self, officer):
        answer = officer.get("/v1/vacancies?district=63.11.99&kind=slavery&status=lost&colour=red&limit=0&cursor=x")

        assert answer.status_code == 422
        assert set(answer.json["errors"]) >= {"?district", "?kind", "?status", "?limit", "?cursor"}

    def test_goes_on_page_by_page_while_new_ones_come(self, client, publish):
        five = [publish() for _ in range(5)]
        visitor = client("vacancies", None)
        first = visitor.get("/v1/vacancies?limit=2&kind=job")
        publish()
        second = visitor.get(first.headers["Link"].partition(">")[0].removeprefix("<"))
        third = visitor.get(second.headers["Link"].partition(">")[0].removeprefix("<"))

        assert ids(first) + ids(second) + ids(third) == five[::-1]
        assert "Link" not in third.headers


class TestReadingAVacancy:
    @pytest.mark.parametrize(("role", "own"), [(None, None), ("worker", "w-1"), ("employer", "another")])
    def test_that_is_a_draft_is_for_its_employer_and_officers(self, client, vista, draft, role, own):
        location = f"/v1/vacancies/{draft()}"
        other = client("vacancies", role, own=own).get(location)

        assert (other.status_code, other.json["type"]) == (404, "vacancy-unknown")
        assert client("vacancies", "employer", own=vista).get(location).status_code == 200
        assert client("vacancies").get(location).status_code == 200

    def test_that_was_seen_is_not_sent_again(self, client, publish):
        location, visitor = f"/v1/vacancies/{publish()}", client("vacancies", None)
        etag = visitor.get(location).headers["ETag"]

        assert visitor.get(location, headers={"If-None-Match": etag}).status_code == 304
