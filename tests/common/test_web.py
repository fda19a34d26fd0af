"""What every service answers alike: problems, lists, conditions, health, documents."""

import pytest
from marshmallow import Schema, fields
from openapi_spec_validator import validate

from services.common import access, errors, settings
from services.common.mongo import Database
from services.common.web import app as web
from services.common.web import conditional, lists
from services.common.web.blueprint import Blueprint
from services.common.work import Job


class MoonUnknown(errors.Missing):
    """There is no such moon."""


class MoonTaken(errors.Conflict):
    """The moon is taken."""

    path = "/v1/moons/{}"


class CraterSchema(Schema):
    depth = fields.Integer(required=True, strict=True)


class MoonSchema(Schema):
    name = fields.String(required=True)
    craters = fields.List(fields.Nested(CraterSchema))


class IdView(Schema):
    id = fields.String()


TOO_LONG = "x" * (settings.BODY_AT_MOST + 1)
MOON = """msgid ""
msgstr "Language: id\\n"

msgid "There is no such moon."
msgstr "Bulan ini tidak ada."
"""
RAISED = {"missing": MoonUnknown("m-1"), "taken": MoonTaken("m-1"), "broken": RuntimeError("secret of ours")}


def blueprint():
    moons = Blueprint("moons", __name__, url_prefix="/v1/moons")

    @moons.post("")
    @access.allow("public")
    @moons.arguments(MoonSchema)
    @moons.response(201, MoonSchema)
    def make(asked):
        return asked

    @moons.get("")
    @access.allow("public")
    @moons.arguments(lists.PageQuery, location="query")
    @moons.response(200, IdView(many=True))
    def list_all(asked):
        ids = [f"m-{n}" for n in range(5)]
        return lists.page(
            asked,
            lambda after, limit: [{"id": i} for i in ids if i > (after or "")][:limit],
            key=lambda moon: moon["id"],
        )

    @moons.get("/<moon_id>")
    @access.allow("public")
    @moons.response(200, IdView)
    def show(moon_id):
        if moon_id in RAISED:
            raise RAISED[moon_id]
        names = dict.fromkeys(Job.__dataclass_fields__) | {"id": moon_id, "version": 3}
        return conditional.shown(Job(**names))

    @moons.patch("/<moon_id>")
    @access.allow("public")
    @moons.response(200)
    def change(moon_id):
        return {"expected": conditional.expected()}

    return moons


def client_of(database, folder):
    (folder / "id.po").write_text(MOON)
    return web.make_app("trial", database, blueprint(), folder=folder).test_client()


@pytest.fixture
def http(database, tmp_path):
    return client_of(database, tmp_path)


class TestAProblem:
    @pytest.mark.parametrize(
        ("method", "path", "said", "status", "kind"),
        [
            ("GET", "/v1/nothing", {}, 404, "not-found"),
            ("GET", "/v1/moons/missing", {}, 404, "moon-unknown"),
            ("GET", "/v1/moons/taken", {}, 409, "moon-taken"),
            ("GET", "/v1/moons/broken", {}, 500, "internal-server-error"),
            ("PUT", "/v1/moons", {}, 405, "method-not-allowed"),
            ("POST", "/v1/moons", {"data": "{", "content_type": "application/json"}, 400, "bad-request"),
            ("POST", "/v1/moons", {"data": "[" * 5000, "content_type": "application/json"}, 400, "bad-request"),
            ("POST", "/v1/moons", {"json": {"name": "\ud800"}}, 400, "bad-request"),
            ("POST", "/v1/moons", {"data": "name=x"}, 415, "unsupported-media-type"),
            ("POST", "/v1/moons", {"json": {}}, 422, "unprocessable-entity"),
            ("POST", "/v1/moons", {"json": []}, 422, "unprocessable-entity"),
            (
                "POST",
                "/v1/moons",
                {"json": {"name": TOO_LONG}},
                413,
                "request-entity-too-large",
            ),
            ("PATCH", "/v1/moons/m-1", {}, 428, "precondition-required"),
            ("GET", "/v1/moons?lmit=3", {}, 422, "unprocessable-entity"),
        ],
    )
    def test_has_one_shape(self, http, method, path, said, status, kind):
        answer = http.open(path, method=method, **said)

        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
        assert (answer.json["type"], answer.json["status"]) == (kind, status)
        assert answer.json["instance"] == answer.headers["X-Request-Id"]

    def test_is_in_the_language_that_was_asked_for_indonesian_first(self, http):
        def title(language):
            return http.get("/v1/moons/missing", headers={"Accept-Language": language}).json["title"]

        said = [title(language) for language in ("", "fr", "en-GB")]
        assert said == ["Bulan ini tidak ada.", "Bulan ini tidak ada.", "There is no such moon."]

    def test_of_the_method_names_those_that_there_are(self, http):
        assert set(http.put("/v1/moons").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}

    def test_of_a_conflict_says_where_the_other_one_is_also_behind_the_gateway(self, http):
        answer = http.get("/v1/moons/taken", headers={"X-Forwarded-Prefix": "/api/trial"})

        assert answer.headers["Location"] == "/api/trial/v1/moons/m-1"

    def test_of_ours_says_nothing_of_how_we_work(self, http):
        assert "secret" not in http.get("/v1/moons/broken").get_data(as_text=True)

    def test_points_into_the_body(self, http):
        answer = http.post("/v1/moons", json={"name": 1, "craters": [{"depth": 1}, {"depth": "x"}], "is_admin": True})

        assert set(answer.json["errors"]) == {"/name", "/craters/1/depth", "/is_admin"}

    def test_of_an_absent_mongodb_says_when_to_come_again(self, tmp_path, monkeypatch):
        monkeypatch.setattr(settings, "MONGO_URL", "mongodb://127.0.0.1:9/?replicaSet=rs0")
        monkeypatch.setattr(settings, "MONGO_TIMEOUT_S", 0.3)
        database = Database("away")
        http = client_of(database, tmp_path)
        find = access.allow("public")(lambda moon_id: database.reader().db.x.find_one())
        http.application.view_functions["moons.show"] = find

        answer = http.get("/v1/moons/m-1")
        ready = http.get("/readyz")

        assert (answer.status_code, answer.json["type"]) == (503, "service-unavailable")
        assert answer.headers["Retry-After"] == "2"
        assert (ready.status_code, ready.json, http.get("/livez").status_code) == (503, {"away": ["mongodb"]}, 200)
        database.client.close()


class TestAResource:
    def test_that_is_known_is_not_sent_again(self, http):
        etag = http.get("/v1/moons/m-1").headers["ETag"]

        again = http.get("/v1/moons/m-1", headers={"If-None-Match": etag})

        assert (etag, again.status_code, again.data) == ('"3"', 304, b"")
        assert http.get("/v1/moons/m-1", headers={"If-None-Match": '"2"'}).status_code == 200

    @pytest.mark.parametrize(("said", "expected"), [('"3"', 3), ("*", None), ('"other"', -1), ('W/"3"', -1)])
    def test_is_changed_from_the_version_that_was_seen(self, http, said, expected):
        assert http.patch("/v1/moons/m-1", headers={"If-Match": said}).json == {"expected": expected}


class TestAList:
    def test_leads_from_page_to_page_also_behind_the_gateway(self, http):
        seen, path = [], "/v1/moons?limit=2"
        while path:
            answer = http.get(path.removeprefix("/api/trial"), headers={"X-Forwarded-Prefix": "/api/trial"})
            seen += [moon["id"] for moon in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
            assert path.startswith("/api/trial/v1/moons?limit=2&cursor=") or not path

        assert seen == [f"m-{n}" for n in range(5)]

    @pytest.mark.parametrize("cursor", ["x", "bnVsbA", "e30", "OQ", "WzFd", "Ilx1ZDgwMCI", "Ww" * 400, "%00"])
    def test_takes_no_cursor_but_its_own(self, http, cursor):
        assert http.get(f"/v1/moons?cursor={cursor}").status_code == 422


class TestARequest:
    @pytest.mark.parametrize(
        ("said", "is_kept"), [("abc-123.x_Y", True), ("a b", False), ("x" * 65, False), ("{}", False)]
    )
    def test_keeps_an_id_that_is_safe(self, http, said, is_kept):
        given = http.get("/livez", headers={"X-Request-Id": said}).headers["X-Request-Id"]

        assert (given == said, len(given) > 0) == (is_kept, True)

    def test_is_counted_under_its_route_not_its_address(self, http):
        http.get("/v1/moons/a-person")

        told = http.get("/metrics").get_data(as_text=True)
        assert 'route="/v1/moons/<moon_id>"' in told
        assert "a-person" not in told


class TestTheDocument:
    def test_is_valid_and_says_what_is_asked_and_answered_and_who_may(self, http):
        document = http.get("/v1/openapi.json").json
        validate(document)

        post = document["paths"]["/v1/moons"]["post"]
        assert document["openapi"] == "3.1.0"
        assert (post["x-allowed"], "requestBody" in post, "201" in post["responses"]) == (["public"], True, True)
        assert "application/problem+json" in document["components"]["responses"]["UNPROCESSABLE_ENTITY"]["content"]
