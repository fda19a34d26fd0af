"""No path leads out of /v1 of the service that it names."""

import pytest

OUTSIDE = [
    "/api/registry/metrics",
    "/api/registry/livez",
    "/api/registry/",
    "/api/registry",
    "/api/registry/v1",
    "/api/registry/v1/",
    "/api/registry/v2/skills",
    "/api/registry/v1x/skills",
    "/api/registry/V1/skills",
    "/api/gateway/v1/skills",
    "/api/evil.example/v1/skills",
    "/api/registry@evil.example/v1/skills",
    "/api/registry:80@evil/v1/x",
    "/api//registry/v1/skills",
    "//evil.example/api/registry/v1/skills",
    "//evil.example/v1/skills",
    "/api/registry//evil.example/v1/skills",
    "/api/registry/v1//evil.example",
    "/api/registry/v1/skills//x",
    "/api/registry/v1/..",
    "/api/registry/v1/../metrics",
    "/api/registry/v1/../../metrics",
    "/api/registry/v1/skills/../../metrics",
    "/api/registry/v1/skills/..",
    "/api/registry/v1/./skills",
    "/api/registry/v1/..\\metrics",
    "/api/registry/v1/\\\\evil.example",
    "/api/registry/v1/skills\r\nX-Evil: 1",
    "/api/registry/v1/skills\x00",
]


class TestAPathThatLeadsOut:
    @pytest.mark.parametrize("path", OUTSIDE)
    def test_reaches_nobody(self, visitor, services, path):
        # As the server hands it over: percent-encoding is undone, so that %2e%2e and %2f are here too.
        answer = visitor.get("/", environ_overrides={"PATH_INFO": path})

        assert answer.status_code == 404
        assert not any(service.asked for service in services.values())

    @pytest.mark.parametrize("path", ["%2e%2e/metrics", "%2e%2e%2fmetrics", "..%2f..%2fmetrics", "skills%2f..%2fx"])
    def test_reaches_nobody_when_it_is_encoded(self, visitor, services, path):
        assert visitor.get(f"/api/registry/v1/{path}").status_code == 404
        assert not any(service.asked for service in services.values())

    @pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
    def test_is_no_method_either(self, visitor, registry, method):
        answer = visitor.open("/api/registry/v1/skills", method=method)

        assert (answer.status_code, registry.asked) == (405, [])


class TestAPathInside:
    @pytest.mark.parametrize(
        ("path", "got"),
        [
            ("%252e%252e/metrics", "%252e%252e/metrics"),  # once encoded is not encoded twice
            ("skills/las%20%3F%23%25", "skills/las%20%3F%23%25"),
            ("skills/kaléng", "skills/kal%C3%A9ng"),
            ("skills/a..b/...", "skills/a..b/..."),
            ("skills/a%2Fb", "skills/a/b"),
            ("skills/http://evil", None),
        ],
    )
    def test_arrives_as_it_was_meant(self, visitor, registry, path, got):
        visitor.get(f"/api/registry/v1/{path}")

        assert [asked.path for asked in registry.asked] == ([f"/v1/{got}"] if got else [])
