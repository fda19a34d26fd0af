"""Changing and reading a worker."""

import pytest

from tests.registry.test_register_worker import SITI, marked


@pytest.fixture
def officer(client):
    return client("registry", "officer")


@pytest.fixture
def siti(officer):
    return officer.post("/v1/workers", json=SITI).json["id"]


class TestChangingAWorker:
    def test_changes_what_is_said_and_nothing_else(self, officer, siti):
        answer = officer.patch(f"/v1/workers/{siti}", json={"availability": "employed"}, headers={"If-Match": '"1"'})

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        before = officer.get(f"/v1/workers/{siti}").json
        assert before == answer.json
        assert (before["availability"], before["nik"], before["skills"]) == ("employed", SITI["nik"], SITI["skills"])
        assert marked() == [siti]

    def test_needs_the_version_that_was_seen(self, officer, siti):
        path = f"/v1/workers/{siti}"

        assert officer.patch(path, json={"education": "S1"}).status_code == 428
        assert officer.patch(path, json={"education": "S1"}, headers={"If-Match": '"7"'}).status_code == 412
        assert officer.patch(path, json={"education": "S1"}, headers={"If-Match": '"not ours"'}).status_code == 412
        assert officer.get(path).json["education"] == "SMK"
        assert officer.patch(path, json={"education": "S1"}, headers={"If-Match": "*"}).status_code == 200

    def test_may_not_take_anothers_nik(self, officer, siti):
        other = officer.post("/v1/workers", json=SITI | {"nik": "6311014107959002"}).json["id"]

        answer = officer.patch(f"/v1/workers/{other}", json={"nik": SITI["nik"]}, headers={"If-Match": "*"})

        assert (answer.status_code, answer.headers["Location"]) == (409, f"/v1/workers/{siti}")

    def test_may_be_done_by_the_worker_and_by_no_other_worker(self, client, siti):
        path, headers = f"/v1/workers/{siti}", {"If-Match": "*"}

        own = client("registry", "worker", own=siti).patch(path, json={"phone": None}, headers=headers)
        others = client("registry", "worker", own="another").patch(path, json={"phone": None}, headers=headers)

        assert (own.status_code, others.status_code) == (200, 404)

    def test_of_an_unknown_worker_is_not_possible(self, officer):
        answer = officer.patch("/v1/workers/nobody", json={"phone": None}, headers={"If-Match": "*"})

        assert (answer.status_code, answer.json["type"]) == (404, "worker-unknown")


class TestReadingAWorker:
    def test_again_unchanged_sends_no_body(self, officer, siti):
        answer = officer.get(f"/v1/workers/{siti}", headers={"If-None-Match": '"1"'})

        assert (answer.status_code, answer.data) == (304, b"")

    def test_is_for_officers_and_the_worker(self, client, siti):
        path = f"/v1/workers/{siti}"

        assert client("registry", "worker", own=siti).get(path).json["nik"] == SITI["nik"]
        assert client("registry", "worker", own="another").get(path).status_code == 404
        assert client("registry", "employer", own=siti).get(path).status_code == 403
        assert client("registry", None).get(path).status_code == 401


class TestListingWorkers:
    def test_gives_each_once_over_its_pages_while_others_come(self, officer):
        ids = [officer.post("/v1/workers", json=SITI | {"nik": None}).json["id"] for _ in range(7)]

        seen, path = [], "/v1/workers?limit=3"
        while path:
            answer = officer.get(path)
            seen += [worker["id"] for worker in answer.json]
            officer.post("/v1/workers", json=SITI | {"nik": None}) if len(seen) == 3 else None
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")

        assert seen[:7] == ids
        assert len(seen) == len(set(seen)) == 8

    def test_can_be_of_a_district_or_an_availability(self, officer):
        officer.post("/v1/workers", json=SITI | {"availability": "employed"})

        assert len(officer.get("/v1/workers?district=63.11.06&availability=employed").json) == 1
        assert officer.get("/v1/workers?district=63.11.01").json == []
        assert officer.get("/v1/workers?availability=available").json == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [("limit=0", "?limit"), ("limit=201", "?limit"), ("cursor=xx", "?cursor"), ("sort=name", "?sort")],
    )
    def test_names_a_wrong_query(self, officer, query, field):
        answer = officer.get(f"/v1/workers?{query}")

        assert (answer.status_code, set(answer.json["errors"])) == (422, {field})
