"""What clients hand back is forged: cursors of lists, and versions that they say they have seen."""

from base64 import urlsafe_b64encode

import pytest

from tests.contracts import world

CURSORS = [
    "[99999999999999999999999, 1]", '[99999999999999999999999, "x"]', '[1, "\\ud800"]', '[1e400, "x"]', '[NaN, "x"]',
    '"\\u0000"', '"\\ud800"', '{"$gt": 1}', "[[]]", "null", "no JSON", "",
]  # fmt: skip
VERSIONS = [",", '""', '"99999999999999999999"', f'"{"9" * 5000}"', '"²"', "W/", '"1', "1"]
LISTS = {
    "registry": ["workers", "skills", "skill-reviews", "intake-lines", "releases"],
    "vacancies": ["vacancies", "employers"],
    "matching": ["vacancies/{vacancy_id}/candidates", "workers/{worker_id}/vacancies"],
}


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("service", LISTS)
def test_a_forged_cursor_is_refused_or_leads_nowhere(service, cursor, client):
    http = client(service)
    there = world.matching(http) if service == "matching" else {}
    query = {"cursor": urlsafe_b64encode(cursor.encode()).decode()}

    answers = {path: http.get(f"/v1/{path.format(**there)}", query_string=query) for path in LISTS[service]}

    assert {path: each.text for path, each in answers.items() if each.status_code not in {200, 422}} == {}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_that_is_none_of_ours_changes_nothing(version, client):
    http = client("vacancies")
    employer = f"/v1/employers/{world.vacancies(http)['employer_id']}"
    before = http.get(employer).json
    seen = {"If-Match": version.encode().decode("latin-1")}

    answer = http.patch(employer, json={"name": "PT Lain"}, headers=seen)

    assert (answer.status_code, http.get(employer).json) == (412, before)


@pytest.mark.parametrize("sign", ["\n", ".", "\N{ARABIC-INDIC DIGIT ONE}", "\N{FULLWIDTH DIGIT ONE}"])
def test_a_number_in_which_something_else_than_digits_stands_is_refused(sign, client):
    person = world.example("registry", "/v1/workers", {})
    company = world.example("vacancies", "/v1/employers", {})

    numbered = [
        client("registry").post("/v1/workers", json=person | {"nik": f"631101410795900{sign}"}),
        client("registry").post("/v1/workers", json=person | {"phone": f"+62811500000{sign}"}),
        client("registry", "gateway").post("/v1/claims/addresses", json={"nik": f"631101410795900{sign}"}),
        client("vacancies").post("/v1/employers", json=company | {"nib": f"912000123456{sign}"}),
    ]

    assert [answer.status_code for answer in numbered] == [422] * 4
