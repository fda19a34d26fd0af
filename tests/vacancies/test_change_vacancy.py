"""Changing a vacancy."""

import pytest

from tests.vacancies.building import DRAWING, ENGLISH, WELDING, seen

UNSEEN = {"If-Match": "*"}


class TestChangingAVacancy:
    def test_changes_what_is_said_and_nothing_else(self, client, vista, draft):
        location = f"/v1/vacancies/{draft()}"
        itself = client("vacancies", "employer", own=vista)
        before = itself.get(location)
        said = {"positions": 2, "skills": [WELDING | {"weight": 1}]}
        answer = itself.patch(location, json=said, headers=seen(before))

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json == before.json | said
        assert itself.get(location).json == answer.json

    def test_takes_optional_fields_away(self, officer, draft):
        location = f"/v1/vacancies/{draft(wage_min_idr=4_000_000, wage_max_idr=5_000_000, education='SMA')}"
        nothing = {"wage_min_idr": None, "wage_max_idr": None, "education": None}

        assert officer.patch(location, json=nothing, headers=UNSEEN).json.items() >= nothing.items()

    def test_needs_the_version_that_was_seen(self, officer, draft):
        location = f"/v1/vacancies/{draft()}"
        before = officer.get(location)
        officer.patch(location, json={"positions": 2}, headers=seen(before))
        unsaid = officer.patch(location, json={"positions": 3})
        stale = officer.patch(location, json={"positions": 3}, headers=seen(before))

        assert (unsaid.status_code, stale.status_code) == (428, 412)
        assert officer.get(location).json["positions"] == 2

    def test_tells_of_a_published_one_and_not_of_a_draft(self, officer, draft, publish, tell):
        drafted, published = draft(), publish()
        tell()
        for vacancy_id in (drafted, published):
            officer.patch(f"/v1/vacancies/{vacancy_id}", json={"positions": 2}, headers=UNSEEN)

        assert {id_: state["positions"] for id_, state in tell().items()} == {published: 2}

    def test_is_judged_with_all_that_stays(self, officer, draft):
        location = f"/v1/vacancies/{draft(wage_min_idr=4_000_000, wage_max_idr=5_000_000)}"
        answer = officer.patch(
            location, json={"wage_min_idr": 6_000_000, "starts_on": "2027-03-19"}, headers=UNSEEN | ENGLISH
        )

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/wage_max_idr", "/closes_on"})
        assert officer.get(location).headers["ETag"] == '"1"'

    @pytest.mark.parametrize("left_out", ["skill", "min_level", "must"])
    def test_wants_whole_skills(self, officer, draft, left_out):
        partial = {name: value for name, value in DRAWING.items() if name != left_out}
        answer = officer.patch(f"/v1/vacancies/{draft()}", json={"skills": [WELDING, partial]}, headers=UNSEEN)

        assert (answer.status_code, list(answer.json["errors"])) == (422, [f"/skills/1/{left_out}"])

    @pytest.mark.parametrize("said", [{"employer_id": "another"}, {"status": "published"}, {"version": 7}])
    def test_is_refused_for_what_cannot_change(self, officer, draft, said):
        answer = officer.patch(f"/v1/vacancies/{draft()}", json=said, headers=UNSEEN)

        assert (answer.status_code, list(answer.json["errors"])) == (422, [f"/{name}" for name in said])

    def test_is_refused_once_it_is_closed(self, officer, publish):
        location = f"/v1/vacancies/{publish()}"
        officer.post(f"{location}/closing")
        answer = officer.patch(location, json={"positions": 2}, headers=UNSEEN | ENGLISH)

        assert (answer.status_code, answer.json["type"]) == (409, "vacancy-closed")
        assert answer.json["title"] == "A closed vacancy does not change any more: write a new one."

    @pytest.mark.parametrize(("role", "status"), [(None, 401), ("worker", 403), ("employer", 404)])
    def test_is_not_for_others(self, client, draft, role, status):
        http = client("vacancies", role, own="another")

        assert http.patch(f"/v1/vacancies/{draft()}", json={"positions": 2}, headers=UNSEEN).status_code == status

    def test_looks_the_same_to_others_as_one_that_there_is_not(self, client, draft):
        another = client("vacancies", "employer", own="another")
        answers = [another.patch(f"/v1/vacancies/{id_}", json={}, headers=UNSEEN) for id_ in (draft(), "none")]

        assert len({(answer.status_code, answer.json["type"], answer.json["title"]) for answer in answers}) == 1
