"""The OpenAPI documents say what the code does; and the page that shows them."""

import gzip
import re
from collections import Counter

import pytest

from gateway import upstream
from tests.conftest import SERVICES, app_of
from tests.contracts.document import document, operations

FOREIGN = re.compile(r"""(?:src|href)=["'](?![/?#])|<style|<script(?! defer src="/)| style=| on[a-z]+=""")
PROBLEM = "application/problem+json"


def said_of(service, method, path):
    [found] = [said for verb, where, said in operations(service) if (verb, where) == (method, path)]
    return found


def parameters(operation):
    return {each["$ref"].rpartition("/")[2] for each in operation.get("parameters", ()) if "$ref" in each}


def headers(operation, status):
    return set(operation["responses"][str(status)].get("headers", {}))


@pytest.mark.parametrize("service", SERVICES)
class TestEachOperation:
    def test_has_a_name_of_its_own_and_says_for_whom_it_is(self, service):
        names = Counter(said["operationId"] for _, _, said in operations(service))

        assert [name for name, times in names.items() if times > 1] == []
        assert [said["operationId"] for _, _, said in operations(service) if "For " not in said["description"]] == []

    def test_names_its_problems_one_by_one(self, service):
        found = document(service)["components"]["responses"]

        for _, _, said in operations(service):
            statuses = set(said["responses"])
            assert "default" not in statuses
            assert {"401", "429", "503"} <= statuses, said["operationId"]
            for status, answer in said["responses"].items():
                if status >= "4" and said["tags"] != ["oauth"]:  # RFC 6749 has errors of its own
                    whole = found[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                    assert PROBLEM in whole["content"]

    def test_stands_under_a_noun_that_is_explained(self, service):
        explained = {tag["name"] for tag in document(service)["tags"] if tag["description"]}

        assert {tag for _, _, said in operations(service) for tag in said["tags"]} == explained


class TestWhatAnOperationSays:
    def test_names_the_refusals_that_its_command_can_end_in(self):
        answers = said_of("registry", "post", "/v1/workers")["responses"]

        assert "`nik-taken`" in answers["409"]["description"]
        assert {"village-unknown", "key-reused"} <= set(re.findall(r"\* `([a-z-]+)`", answers["422"]["description"]))
        assert "404" not in answers

    def test_leaves_out_what_cannot_come(self):
        assert set(said_of("registry", "get", "/v1/workers")["responses"]) == {"200", "401", "403", "422", "429", "503"}
        assert "403" not in said_of("registry", "get", "/v1/skills")["responses"]

    def test_says_which_headers_it_takes_and_gives(self):
        made = said_of("registry", "post", "/v1/batches")
        changed = said_of("registry", "patch", "/v1/batches/{batch_id}")
        shown = said_of("registry", "get", "/v1/batches/{batch_id}")
        listed = said_of("registry", "get", "/v1/batches")

        assert (parameters(made), headers(made, 201)) == ({"Idempotency-Key"}, {"ETag", "Location"})
        assert (parameters(changed), headers(changed, 200)) == ({"If-Match"}, {"ETag"})
        assert {"412", "428"} <= set(changed["responses"])
        assert (parameters(shown), headers(shown, 304)) == ({"If-None-Match"}, {"ETag"})
        assert (parameters(listed), headers(listed, 200)) == (set(), {"Link"})


class TestThePageOfTheDocuments:
    @pytest.fixture
    def page(self):
        return app_of("gateway").test_client().get("/api", headers={"Accept-Language": "en"})

    def test_lists_them_all_without_a_script(self, page):
        links = set(re.findall(r'<a href="(/api/[^"]+)"', page.text))

        names = {"registry", "vacancies", "matching", "identity"}
        assert links >= {f"/api/{name}/v1/openapi.json" for name in names} | {"/api/events.json"}

    def test_loads_nothing_from_elsewhere_and_runs_nothing_that_stands_in_it(self, page):
        policy = page.headers["Content-Security-Policy"]

        assert FOREIGN.findall(page.text) == []
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "http" not in policy

    def test_has_all_that_it_loads_packed_for_whoever_can_unpack_it(self, page):
        http = app_of("gateway").test_client()

        for address in set(re.findall(r'="(/api/look/[^"]+)"', page.text)):
            packed = http.get(address, headers={"Accept-Encoding": "gzip"})
            with http.get(address) as plain:
                assert (plain.status_code, packed.headers["Content-Encoding"]) == (200, "gzip")
                assert gzip.decompress(packed.data) == plain.data
                assert plain.content_type == packed.content_type
                assert "max-age" in plain.headers["Cache-Control"]
        assert http.get("/api/look/README.md").status_code == 404

    def test_is_there_when_the_services_are_not(self, monkeypatch):
        for service in upstream.ADDRESSES:
            monkeypatch.setitem(upstream.ADDRESSES, service, "http://127.0.0.1:9")
        http = app_of("gateway").test_client()

        assert http.get("/api").status_code == 200
        assert http.get("/api/identity/v1/openapi.json").status_code == 200
        assert http.get("/api/registry/v1/openapi.json").status_code == 503
