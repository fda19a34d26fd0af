"""Finding occupations."""

import pytest


@pytest.fixture
def visitor(client):
    return client("registry", None)


class TestFindingAnOccupation:
    def test_ranks_what_words_name_with_the_groups_it_stands_in(self, visitor):
        first = visitor.get("/v1/occupations", query_string={"q": "tukang las", "limit": 3}).json[0]

        assert (first["code"], first["title"]) == ("7212.01", "Pekerja Pengelasan")
        assert [group["code"] for group in first["groups"]] == ["7", "72", "721", "7212"]

    @pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "las", "limit": 51}, {"q": "las", "cursor": "x"}])
    def test_takes_words_and_a_small_limit_alone(self, visitor, query):
        assert visitor.get("/v1/occupations", query_string=query).status_code == 422

    def test_shows_one_by_its_code(self, visitor):
        answer = visitor.get("/v1/occupations/8344.00")

        assert answer.json["title"] == "Operator Forklift"
        assert (
            visitor.get("/v1/occupations/8344.00", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        )

    def test_says_that_there_is_no_such_code(self, visitor):
        answer = visitor.get("/v1/occupations/9999.99")

        assert (answer.status_code, answer.json["type"].rsplit("/", 1)[-1]) == (404, "occupation-unknown")
