"""Showing and changing an employer."""

import pytest

from services.vacancies.vacancy import commands
from tests.vacancies.building import COMPANY, ENGLISH, seen


class TestShowingAnEmployer:
    def test_is_for_officers_and_itself(self, client, officer, vista):
        itself = client("vacancies", "employer", own=vista)

        assert itself.get(f"/v1/employers/{vista}").json == officer.get(f"/v1/employers/{vista}").json

    def test_is_not_for_another(self, client, vista):
        assert client("vacancies", "employer", own="another").get(f"/v1/employers/{vista}").status_code == 404
        assert client("vacancies", "worker", own="w-1").get(f"/v1/employers/{vista}").status_code == 403
        assert client("vacancies", None).get(f"/v1/employers/{vista}").status_code == 401

    def test_that_was_seen_is_not_sent_again(self, officer, vista):
        etag = officer.get(f"/v1/employers/{vista}").headers["ETag"]

        assert officer.get(f"/v1/employers/{vista}", headers={"If-None-Match": etag}).status_code == 304


class TestChangingAnEmployer:
    def test_changes_what_is_said_and_nothing_else(self, client, vista):
        itself = client("vacancies", "employer", own=vista)
        before = itself.get(f"/v1/employers/{vista}")
        answer = itself.patch(f"/v1/employers/{vista}", json={"sector": "05100"}, headers=seen(before))

        assert answer.status_code == 200
        assert answer.json == before.json | {"sector": "05100"}
        assert answer.headers["ETag"] != before.headers["ETag"]

    def test_needs_the_version_that_was_seen(self, officer, vista):
        before = officer.get(f"/v1/employers/{vista}")
        officer.patch(f"/v1/employers/{vista}", json={"name": "PT Vista"}, headers=seen(before))
        unsaid = officer.patch(f"/v1/employers/{vista}", json={"name": "PT Utama"}, headers=ENGLISH)
        stale = officer.patch(f"/v1/employers/{vista}", json={"name": "PT Utama"}, headers=ENGLISH | seen(before))

        assert (unsaid.status_code, stale.status_code) == (428, 412)
        assert unsaid.json["title"].startswith("Say with If-Match which version you have seen")
        assert officer.get(f"/v1/employers/{vista}").json["name"] == "PT Vista"

    @pytest.mark.parametrize("said", [{"nib": "9999000000029"}, {"status": "verified"}, {"village": "63.11.99.9999"}])
    def test_is_refused_for_what_cannot_change_or_is_wrong(self, officer, vista, said):
        answer = officer.patch(f"/v1/employers/{vista}", json=said, headers={"If-Match": "*"})

        assert answer.status_code == 422
        assert list(answer.json["errors"]) == [f"/{name}" for name in said]

    def test_is_not_for_another(self, client, vista):
        another = client("vacancies", "employer", own="another")

        assert another.patch(f"/v1/employers/{vista}", json={"name": "X"}, headers={"If-Match": "*"}).status_code == 404


class TestRenamingAnEmployer:
    @pytest.fixture
    def rename(self, officer, vista, do_work):
        def rename(**said):
            officer.patch(f"/v1/employers/{vista}", json=said, headers={"If-Match": "*"})
            do_work()

        return rename

    def test_tells_each_of_its_vacancies_again_at_a_higher_version(self, rename, publish, tell, monkeypatch):
        monkeypatch.setattr(commands, "CHUNK", 2)
        ids = {publish() for _ in range(5)}
        before = tell()
        rename(name="PT Vista Utama Baru")
        after = tell()

        assert set(before) == set(after) == ids
        assert {state["employer_name"] for state in after.values()} == {"PT Vista Utama Baru"}
        assert all(after[id_]["version"] == before[id_]["version"] + 1 for id_ in ids)

    def test_tells_nothing_of_drafts_and_others(self, rename, register, draft, publish, tell):
        others = register(name="PT Jalasena Cakra Perkasa", nib="9999000000029")
        publish(employer_id=others)
        draft()
        tell()
        rename(name="PT Vista Utama Baru")

        assert tell() == {}

    def test_shows_in_a_draft_too(self, officer, rename, draft):
        location = f"/v1/vacancies/{draft()}"
        etag = officer.get(location).headers["ETag"]
        rename(name="PT Vista Utama Baru")

        assert officer.get(location, headers={"If-None-Match": etag}).json["employer_name"] == "PT Vista Utama Baru"

    def test_is_not_done_when_the_name_stays(self, rename, publish, tell):
        publish()
        tell()
        rename(name=COMPANY["name"], sector="05100")

        assert tell() == {}
