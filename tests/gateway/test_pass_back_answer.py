"""What a client gets of a service's answer."""

import pytest


class TestAnAnswer:
    @pytest.mark.parametrize("status", [200, 201, 202, 400, 404, 409, 412, 422, 500, 503])
    def test_comes_back_as_it_is(self, visitor, registry, status):
        link = '</api/registry/v1/x?cursor=a>; rel="next"'
        headers = {"ETag": '"7"', "Link": link, "Location": "/api/registry/v1/x/1"}
        registry.answer = lambda asked: asked.say(b'{"a":1}', status, **headers, Retry_After=9)

        answer = visitor.get("/api/registry/v1/skills")

        assert (answer.status_code, answer.data) == (status, b'{"a":1}')
        assert headers.items() <= dict(answer.headers).items()
        assert answer.headers["Retry-After"] == "9"

    def test_loses_what_is_of_one_hop_or_not_the_services_to_say(self, visitor, registry):
        dropped = {"Connection": "X-Private", "X-Private": "1", "Set-Cookie": "begawi=evil", "Keep-Alive": "timeout=5"}
        registry.answer = lambda asked: asked.say(b"{}", **dropped)

        answer = visitor.get("/api/registry/v1/skills")

        assert not dropped.keys() & dict(answer.headers).keys()
        assert "Server" not in answer.headers

    def test_that_is_a_redirect_is_not_followed(self, visitor, registry, matching):
        registry.answer = lambda asked: asked.say(b"", 302, Location=matching.url)

        answer = visitor.get("/api/registry/v1/skills")

        assert (answer.status_code, answer.headers["Location"]) == (302, matching.url)
        assert not matching.asked

    @pytest.mark.parametrize("status", [204, 304])
    def test_without_a_body_has_none(self, visitor, registry, status):
        def bare(asked):
            asked.send_response(status)
            asked.send_header("ETag", '"1"')
            asked.end_headers()

        registry.answer = bare

        answer = visitor.get("/api/registry/v1/skills")

        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (status, b"", '"1"')
        assert "Content-Type" not in answer.headers

    def test_to_head_tells_the_length_alone(self, visitor, registry):
        registry.answer = lambda asked: asked.say(b"x" * 100_000)

        answer = visitor.head("/api/registry/v1/skills")

        assert (answer.data, answer.headers["Content-Length"]) == (b"", "100000")

    def test_that_is_compressed_stays_so(self, visitor, registry):
        registry.answer = lambda asked: asked.say(b"\x1f\x8b not really", Content_Encoding="gzip")

        answer = visitor.get("/api/registry/v1/skills", headers={"Accept-Encoding": "gzip"})

        assert (answer.data, answer.headers["Content-Encoding"]) == (b"\x1f\x8b not really", "gzip")

    def test_uses_the_kept_connection_of_the_one_before(self, visitor, registry):
        for method in ("GET", "HEAD", "POST", "GET"):
            visitor.open("/api/registry/v1/skills", method=method)

        assert len({asked.client_address for asked in registry.asked}) == 1
