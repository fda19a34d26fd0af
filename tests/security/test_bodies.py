"""Bodies that are too large, too deep, in no text, or another one than their length says: refused, and never a fault.

That slow ones wait for themselves is tried in tests/common/test_slow_clients, and how large ones are passed on in
tests/gateway/test_stream.
"""

import gzip
import json
import zlib

import pytest

from services.common import settings
from tests.conftest import SERVICES, app_of
from tests.contracts.document import json_body
from tests.gateway.home import OURS
from tests.security.asking import FORM, IDENTITY, everything, send
from tests.security.kept import Kept
from tests.security.test_operators import strongest
from tests.security.world import http

pytestmark = pytest.mark.xdist_group("security-bodies")

MANY = 3_000
JSON = "application/json"
OF_A_FORM, OF_PARTS = "application/x-www-form-urlencoded", f"{FORM}; boundary=x"
UNREADABLE = {
    "deep arrays": b"[" * 100_000, "deep objects": b'{"a":' * 100_000, "deep and closed": b"[" * 5000 + b"]" * 5000,
    "deep within": b'{"name":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "no UTF-8": b'{"name": "\xff\xfe"}', "overlong UTF-8": b'{"name": "\xc0\xaf"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a half pair": b'{"name": "\\ud800"}', "nothing": b" ", "two values": b"{} {}", "a comment": b'{"a": 1 /* x */}',
    "a trailing comma": b'{"a": 1,}', "a NUL": b'{"a": "\x00"}', "a BOM": b"\xef\xbb\xbf{}", "no JSON": b"name=x",
}  # fmt: skip
LISTS = {"registry": "/v1/workers", "vacancies": "/v1/employers", "gateway": f"{IDENTITY}/accounts"}
NUMBERS = {
    "1e400": b"1e400", "-1e400": b"-1e400", "NaN": b"NaN", "Infinity": b"Infinity", "5000 digits": b"9" * 5000,
    "400 digits": b"1" + b"0" * 400, "-0": b"-0", "1E+308": b"1E+308",
}  # fmt: skip
FIELDS = "&".join(f"n{n}=x" for n in range(MANY)).encode()
PACKED = gzip.compress(b'{"name": "' + b"a" * 50_000_000 + b'"}', 9)  # 50 kB that are 50 MB
DISPOSED = b"--x\r\nContent-Disposition: form-data; "
PARTS = b"".join(DISPOSED + b'name="n%d"\r\n\r\nx\r\n' % n for n in range(MANY)) + b"--x--\r\n"
BROKEN = {
    "nothing": b"", "no end": b"--x", "no head": b"--x\r\n\r\n", "no end of a part": DISPOSED + b"name=a\r\n\r\nb",
    "another boundary": b"--y--", "no text": b"\xff" * 100,
    "a path": DISPOSED + b'name="file"; filename="../../etc/passwd"\r\n\r\na\r\n--x--\r\n',
    "a coding": DISPOSED + b'name="institution_id"\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--x--',
}  # fmt: skip


@pytest.fixture(params=[each for each in SERVICES if each != "matching"])
def service(request):
    """An app that takes JSON."""
    return request.param


def bodies(service):
    return [each for each in everything() if each.service == service and json_body(each.said)]


def sent(each, world, said, content_type=JSON, **headers):
    """Send some bytes to an operation that takes JSON, and return the answer."""
    asked = each.request(world.a, data=said, content_type=content_type)
    del asked["json"]
    return send(each, strongest(each, world), asked | {"headers": asked["headers"] | headers})


def answers(service, world, said, content_type=JSON, **headers):
    return {each.where: sent(each, world, said, content_type, **headers) for each in bodies(service)}


def other(found, *statuses):
    return {where: each.status_code for where, each in found.items() if each.status_code not in statuses}


# 403: whose it is stands in the body.
class TestABody:
    @pytest.mark.parametrize("said", UNREADABLE.values(), ids=UNREADABLE)
    def test_that_is_no_json_is_refused(self, service, world, said):
        kept = Kept(service)

        assert other(answers(service, world, said), 400, 403, 422) == {}
        assert kept.changed() == set()

    @pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
    def test_with_a_number_in_the_place_of_anything_else_is_refused(self, service, world, number):
        wrong, kept = {}, Kept(service)
        for each in bodies(service):
            example = each.example(world.a)
            for name in [name for name, value in example.items() if not isinstance(value, bool)]:
                answer = sent(each, world, json.dumps(example | {name: "@"}).encode().replace(b'"@"', number))
                wrong |= other({f"{each.where} {name}": answer}, 400, 403, 422)

        assert (wrong, kept.changed()) == ({}, set())

    def test_that_says_a_thing_twice_means_the_last_and_its_owner_too(self, world):
        own, foreign = world.b["employer_id"], world.a["employer_id"]
        mine, kept = http("vacancies", "employer", own=own, team="manager"), Kept("vacancies")
        [operation] = [each for each in everything() if each.where == "POST /v1/vacancies"]
        rest = json.dumps(operation.example(world.b)).replace(f'"employer_id": "{own}"', '"employer_id": "@"')

        for first, last, status in ((own, foreign, 403), (foreign, own, 201)):
            twice = rest.replace('"employer_id": "@"', f'"employer_id": "{first}", "employer_id": "{last}"')
            answer = mine.post("/v1/vacancies", data=twice, content_type=JSON)
            assert answer.status_code == status
            assert status == 403 or answer.json["employer_id"] == own
        kept.put_back()

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
    def test_that_is_packed_is_not_unpacked(self, service, world, encoding):
        packed = zlib.compress(b"{}") if encoding == "deflate" else PACKED

        assert other(answers(service, world, packed, **{"Content-Encoding": encoding}), 400, 403, 415) == {}

    def test_that_is_too_large_is_refused_before_it_is_read(self, service, world):
        assert other(answers(service, world, b'{"name": "' + b"a" * settings.BODY_AT_MOST + b'"}'), 413) == {}

    def test_with_thousands_of_names_is_refused_in_short(self, service, world):
        said = json.dumps({f"name{n}": n for n in range(MANY)}).encode()
        found = answers(service, world, said)

        assert other(found, 403, 422) == {}
        assert max(len(answer.data) for answer in found.values()) < 4 * len(said)

    @pytest.mark.parametrize("kind", ["text/plain", OF_A_FORM, "text/json", "", OF_PARTS])
    def test_of_another_kind_is_refused(self, service, world, kind):
        """A page of another site can send these without being asked; it cannot send JSON."""
        kept = Kept(service)
        found = {each.where: sent(each, world, json.dumps(each.example(world.a)), kind) for each in bodies(service)}

        assert other(found, 403, 415) == {}
        assert kept.changed() == set()


class TestAForm:
    @pytest.mark.parametrize("path", ["/masuk", "/daftar", "/lupa", f"{IDENTITY}/oauth/token"])
    @pytest.mark.parametrize(("said", "kind"), [(FIELDS, OF_A_FORM), (PARTS, OF_PARTS)], ids=["fields", "parts"])
    def test_with_thousands_of_fields_is_refused(self, world, path, said, kind):
        answer = app_of("gateway").test_client().post(path, headers=OURS, data=said, content_type=kind)

        assert answer.status_code in {400, 401, 413, 422}

    def test_of_a_file_with_thousands_of_parts_is_refused(self, world):
        assert http("registry").post("/v1/intakes", data=PARTS, content_type=OF_PARTS).status_code == 413

    @pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
    def test_of_a_file_that_is_broken_is_refused(self, world, broken):
        kept = Kept("registry")

        assert http("registry").post("/v1/intakes", data=broken, content_type=OF_PARTS).status_code in {400, 413, 422}
        assert kept.changed() == set()


@pytest.mark.parametrize(("service", "at"), LISTS.items())
def test_a_query_of_any_length_is_answered(service, at, world):
    for query in ("a" * 5000, "&".join(f"n{n}=x" for n in range(3000)), "limit=" + "9" * 5000, "%ff%fe=%00", "=&=&;;"):
        assert http(service).get(at, query_string=query).status_code == 422
