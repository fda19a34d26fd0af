"""An officer reads on: page after page, each candidate once."""

import base64
import json
import re
from random import Random

import pytest

from services import events
from services.matching.match import routes
from tests.matching.heard import a_need, a_vacancy, a_worker, gone, hear

PATH = "/v1/vacancies/v-1/candidates"


@pytest.fixture
def officer(client):
    return client("matching", "officer")


def pages(http, path, between=lambda: None):
    while path:
        answer = http.get(path)
        yield answer.json
        between()
        path = (re.findall(r"<(.*)>", answer.headers.get("Link", "")) or [None])[0]


def people(shown):
    return [item["person"] for page in shown for item in page["items"]]


def a_cursor(place):
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


class TestReadingOn:
    @pytest.mark.parametrize("limit", [1, 7, 50, 200])
    def test_shows_each_once_in_the_order_of_one_long_page(self, officer, limit):
        drawn = Random(7)
        hear(
            a_vacancy(a_need("welding", 4)),
            *(a_worker(f"w-{n:03}", skills={"welding": drawn.randint(1, 5)}) for n in range(120)),
        )
        whole = officer.get(f"{PATH}?limit=200").json

        shown = list(pages(officer, f"{PATH}?limit={limit}"))

        assert people(shown) == people([whole])
        assert len(set(people(shown))) == 120
        assert [item["rank"] for page in shown for item in page["items"]] == list(range(1, 121))
        assert {page["total"] for page in shown} == {120}

    def test_goes_on_where_it_was_when_others_come_before_it(self, officer):
        hear(a_vacancy(a_need("welding", 5)), *(a_worker(f"w-{n}", skills={"welding": 1 + n // 4}) for n in range(20)))
        late = iter(range(100))

        shown = pages(officer, f"{PATH}?limit=4", lambda: hear(a_worker(f"new-{next(late)}", skills={"welding": 5})))

        found = people(shown)
        assert sorted(name for name in found if name.startswith("w-")) == sorted(f"w-{n}" for n in range(20))
        assert len(found) == len(set(found)) == 20

    @pytest.mark.parametrize("limit", [1, 3, 6])
    def test_goes_on_where_it_was_when_whoever_stood_last_left(self, officer, limit):
        hear(a_vacancy(a_need("welding", 5)), *(a_worker(f"w-{n}", skills={"welding": 1 + n // 6}) for n in range(30)))
        whole = people([officer.get(f"{PATH}?limit=200").json])
        shown = []

        def leave():
            hear(gone(events.Worker, shown[-1], 2))

        for page in pages(officer, f"{PATH}?limit={limit}", leave):
            shown.extend(people([page]))

        assert shown == whole

    def test_goes_on_behind_somebody_of_many_equals(self, officer):
        hear(a_vacancy(), *(a_worker(f"w-{n}") for n in range(120)))
        whole = people([officer.get(f"{PATH}?limit=200").json])

        assert people(pages(officer, f"{PATH}?limit=11")) == whole

    def test_starts_with_20(self, officer):
        hear(a_vacancy(), *(a_worker(f"w-{n}") for n in range(30)))

        assert len(officer.get(PATH).json["items"]) == 20

    @pytest.mark.parametrize("limit", ["0", "201", "many"])
    def test_takes_1_to_200_at_a_time(self, officer, limit):
        assert officer.get(f"{PATH}?limit={limit}").status_code == 422

    @pytest.mark.parametrize(
        "place",
        [
            None, 5, "w-1", [], [6_000], [6_000, "w-1"], ["w-1", 0.5], [0.5, "w-1", 1], [6_000, {"$gt": ""}, 1],
            [-1, "w-1", 1], [30_001, "w-1", 1], [6_000, "w-1", 0], [6_000, "w-1", 10**9], [6_000, "w-1", 1, 1],
        ],
    )  # fmt: skip
    def test_takes_no_cursor_of_another_list(self, officer, place):
        hear(a_vacancy())

        answer = officer.get(f"{PATH}?cursor={a_cursor(place)}")

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["?cursor"])

    def test_ends_where_nobody_reads_on(self, officer, monkeypatch):
        monkeypatch.setattr(routes, "DEEPEST", 8)
        hear(a_vacancy(), *(a_worker(f"w-{n}") for n in range(30)))

        assert len(people(pages(officer, f"{PATH}?limit=4"))) == 8
