"""A request that comes again, with its Idempotency-Key or with the version that was seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.common.trial.web import create_app
from tests.conftest import token

KEY = {"Idempotency-Key": "k-1"}
X = {"label": "x"}


@pytest.fixture
def app(database, service):
    return create_app(service, database)


@pytest.fixture
def http(app):
    return app.test_client()


@pytest.fixture
def thing(http):
    return http.post("/v1/things", json=X).json["id"]


class TestMakingAThingAgain:
    def test_with_its_key_makes_none_and_answers_alike(self, http, db):
        first, second = (http.post("/v1/things", json=X, headers=KEY) for _ in range(2))

        assert (first.status_code, second.status_code, first.json) == (201, 201, second.json)
        assert first.headers["Location"] == second.headers["Location"]
        assert (db.things.count_documents({}), db.facts.count_documents({}), db.changes.count_documents({})) == (
            1,
            1,
            1,
        )

    def test_without_a_key_makes_another(self, http, db):
        for _ in range(2):
            http.post("/v1/things", json=X)

        assert db.things.count_documents({}) == 2

    def test_at_the_same_moment_makes_one(self, app, db):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: app.test_client().post("/v1/things", json=X, headers=KEY), range(8)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json["id"] for answer in answers}) == db.things.count_documents({}) == 1

    def test_gives_it_as_it_stands_now(self, http):
        first = http.post("/v1/things", json=X, headers=KEY)
        http.put(first.headers["Location"], json={"label": "y"}, headers={"If-Match": first.headers["ETag"]})

        second = http.post("/v1/things", json=X, headers=KEY)

        assert (second.json["label"], second.headers["ETag"]) == ("y", '"2"')

    @pytest.mark.parametrize("other", [{"label": "y"}, {"label": "x", "more": 1}])
    def test_with_another_body_is_refused(self, http, db, other):
        http.post("/v1/things", json=X, headers=KEY)

        answer = http.post("/v1/things", json=other, headers=KEY)

        assert answer.status_code == 422
        assert db.things.count_documents({}) == 1

    def test_after_a_refusal_may_be_corrected(self, http, db):
        refused = http.post("/v1/things", json={"label": "forbidden"}, headers=KEY)

        assert (refused.status_code, refused.json["type"]) == (422, "label-forbidden")
        assert http.post("/v1/things", json=X, headers=KEY).status_code == 201

    def test_is_another_request_when_another_account_asks(self, http, service, db):
        headers = {"Authorization": f"Bearer {token('officer', service, account='another')}"}
        http.post("/v1/things", json=X, headers=KEY)

        assert http.post("/v1/things", json=X, headers=KEY | headers).status_code == 201
        assert db.things.count_documents({}) == 2

    def test_keeps_nothing_of_the_body(self, http, db):
        http.post("/v1/things", json={"label": "personal"}, headers=KEY)

        assert "personal" not in str(db.idempotency.find_one())

    def test_needs_a_key_that_can_be_kept(self, http):
        answer = http.post("/v1/things", json=X, headers={"Idempotency-Key": "a b"})

        assert (answer.status_code, answer.json["type"]) == (422, "key-unusable")

    def test_leads_to_the_same_address_behind_the_gateway(self, http):
        headers = KEY | {"X-Forwarded-Prefix": "/api/trial"}
        first, second = (http.post("/v1/things", json=X, headers=headers) for _ in range(2))

        assert first.headers["Location"].startswith("/api/trial/v1/things/")
        assert first.headers["Location"] == second.headers["Location"]


class TestChangingAThingAgain:
    def test_with_its_key_changes_it_once(self, http, thing):
        answers = [http.post(f"/v1/things/{thing}/label", json={"label": "y"}, headers=KEY) for _ in range(2)]

        assert [(answer.status_code, answer.json["version"]) for answer in answers] == [(200, 2), (200, 2)]

    @pytest.mark.parametrize(("seen", "status"), [('"1"', 200), ("*", 200), ('"2"', 412), ('"x"', 412), (None, 428)])
    def test_needs_the_version_that_was_seen(self, http, thing, seen, status):
        headers = {} if seen is None else {"If-Match": seen}
        answer = http.put(f"/v1/things/{thing}", json={"label": "y"}, headers=headers)

        assert answer.status_code == status
        assert http.get(f"/v1/things/{thing}").json["label"] == ("y" if status == 200 else "x")

    def test_by_eight_who_saw_the_same_succeeds_for_one(self, app, thing):
        def put(n):
            headers = {"If-Match": '"1"'}
            return app.test_client().put(f"/v1/things/{thing}", json={"label": str(n)}, headers=headers).status_code

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(put, range(8))) == [200] + [412] * 7

    @pytest.mark.parametrize("label", [{"$ne": None}, ["x"], 1, None])
    def test_takes_no_operator_for_a_text(self, http, thing, label):
        answer = http.put(f"/v1/things/{thing}", json={"label": label}, headers={"If-Match": "*"})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/label"})
