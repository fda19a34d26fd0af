"""What was shown can be explained later, and what has changed since."""

import pytest

from services.matching.database import database
from services.matching.match import commands
from services.matching.match.store import ListUnknown
from tests.matching.heard import a_need, a_vacancy, a_worker, hear


@pytest.fixture
def listed(client):
    hear(
        a_vacancy(a_need("welding", 4)), a_worker("w-1", skills={"welding": 4}), a_worker("w-2", skills={"welding": 2})
    )
    return client("matching", "employer", own="e-1", account="hr-1").get("/v1/vacancies/v-1/candidates").json


def explained(listed):
    return commands.explained(database.reader(), listed["list"])


class TestAListThatWasShown:
    def test_tells_who_saw_whom_for_what_and_why(self, listed):
        told = explained(listed)

        assert (told["by"], told["role"], told["engine"]) == ("hr-1", "employer", listed["engine"])
        assert told["of"] == {"kind": "vacancy", "id": "v-1", "version": 1}
        assert [(each["rank"], each["id"], each["version"]) for each in told["people"]] == [
            (1, "w-1", 1),
            (2, "w-2", 1),
        ]
        for person, item in zip(told["people"], listed["items"], strict=True):
            assert person["units"] / 30_000 == item["score"]
            assert sum(part["units"] for part in person["parts"]) + person["nearness"] == person["units"]

    def test_has_changed_in_nothing_where_nothing_has(self, listed):
        told = explained(listed)

        assert not any(told["changed_since"].values())
        assert [each["now"] for each in told["people"]] == [
            {"version": 1, "units": each["units"], "misses": []} for each in told["people"]
        ]

    def test_says_what_has_changed_since(self, listed):
        hear(
            a_vacancy(a_need("welding", 4), version=2),
            a_worker("w-1", 2, skills={"welding": 1}),
            a_worker("w-2", 2, skills={"welding": 4}, availability="employed"),
        )

        told = explained(listed)

        first, second = told["people"]
        assert told["changed_since"]["subject"] is True
        assert (first["now"]["version"], first["now"]["units"] < first["units"]) == (2, True)
        assert [missed["name"] for missed in second["now"]["misses"]] == ["availability"]

    def test_of_which_nobody_has_heard_is_not_found(self):
        with pytest.raises(ListUnknown):
            commands.explained(database.reader(), "none")
