"""The door tells nobody who has an account, who is in the registry, and who is invited: by text, by headers, by form.

By time it is tried where each door is: see the table in __init__.py.
"""

import pytest

from tests.conftest import app_of
from tests.gateway.home import OURS
from tests.security.kept import Kept
from tests.security.world import IDENTITY, SECRET, http

pytestmark = pytest.mark.xdist_group("security-pages")

DIFFERS = {"Date", "X-Request-Id", "Content-Length"}
GOOD = {"password": "sungai balangan sore", "code": "K7QM-2F9X-RSTU"}
AGAIN = GOOD | {"again": GOOD["password"]}
KNOWN_NIK, FREE_NIK = "6311014107959001", "6311014107959009"
PERSON = {"name": "Siti Contoh", "birth_date": "1995-07-01", "sex": "P", "village": "63.11.06.1023"}
PERSON["education"] = "SMK"
CLAIM = {"login": "siti.contoh", "password": GOOD["password"]}
LOGINS = [f"{SECRET}.a", "employer.manager.a", "admin.satu", "nobody.at.all"]
# By address: what is said with every login, and what with every NIK.
OF_LOGINS = {
    "/sessions": {"password": "sungai balangan salah"}, "/recoveries": {}, "/recoveries/use": GOOD,
    "/activations": GOOD,
}  # fmt: skip
OF_NIKS = {
    "/claims/letters": {}, "/claims": CLAIM | {"proof": {"code": "K7QM-2F9X-RSTU-VWXY-Z234"}},
    "/claims#certificate": CLAIM | {"proof": {"certificate_number": "BNSP/2026/999999"}},
}  # fmt: skip
PAGES_OF_LOGINS = {"/masuk": {"password": "x" * 12}, "/lupa": {}, "/lupa/kode": AGAIN, "/aktivasi": AGAIN}
PAGES_OF_NIKS = {"/daftar/klaim/surat": {}, "/daftar/klaim": CLAIM | {"code": "K7QM-2F9X-RSTU-VWXY-Z234"}}
DOOR = {"/lupa", "/lupa/kode", "/aktivasi", "/daftar", "/daftar/klaim", "/daftar/klaim/surat", "/undangan"}


def seen(answer, *said):
    """Return all that whoever asked sees, without what they said themselves and what differs each time."""
    text = answer.text
    for each in (answer.headers["X-Request-Id"], *said):
        text = text.replace(each, "…")
    headers = {name: value for name, value in answer.headers.items() if name not in DIFFERS}
    return answer.status_code, text, headers


def answers(path, name, values, said, **options):
    found = []
    for value in values:
        kept = Kept("gateway")
        body = {"json" if path.startswith(IDENTITY) else "data": {name: value} | said}
        found.append(seen(http("gateway", None).post(path.partition("#")[0], **body, **options), value))
        kept.put_back()
    return found


class TestTheApi:
    @pytest.mark.parametrize("at", OF_LOGINS)
    def test_says_the_same_to_every_login(self, world, at):
        first, *others = answers(f"{IDENTITY}{at}", "login", LOGINS, OF_LOGINS[at])

        assert others == [first] * len(others)

    @pytest.mark.parametrize("at", OF_NIKS)
    def test_says_the_same_to_every_nik(self, world, at):
        first, *others = answers(f"{IDENTITY}{at}", "nik", [KNOWN_NIK, FREE_NIK], OF_NIKS[at])

        assert others == [first]

    def test_registers_with_every_nik_alike(self, world):
        """That the NIK was known shows neither in the answer nor in the worker's own record."""
        found = []
        for login, nik in (("satu.contoh", KNOWN_NIK), ("dua.contoh", FREE_NIK)):
            said = {"login": login, "password": GOOD["password"], "person": PERSON | {"nik": nik}}
            answer = http("gateway", None).post(f"{IDENTITY}/registrations", json=said)
            assert answer.status_code == 201, answer.text
            own = http("registry", "worker", own=answer.json["own"]).get(f"/v1/workers/{answer.json['own']}").json
            found.append((set(answer.json), sorted(own), own["doubts"], own["nik"] is None))

        assert found[0] == found[1]

    def test_says_of_an_invitation_nothing_but_that_its_code_opens_nothing(self, world):
        said = {"login": "baru.contoh", "password": GOOD["password"]}
        codes = ["K7QM-2F9X-RSTU-VWXY", "2222-2222-2222-2222"]
        first, *others = answers(f"{IDENTITY}/invitations/acceptance", "code", codes, said)

        assert others == [first]


class TestThePages:
    @pytest.mark.parametrize("at", PAGES_OF_LOGINS)
    def test_say_the_same_to_every_login(self, world, at):
        first, *others = answers(at, "login", LOGINS, PAGES_OF_LOGINS[at], headers=OURS)

        assert others == [first] * len(others)

    @pytest.mark.parametrize("at", PAGES_OF_NIKS)
    def test_say_the_same_to_every_nik(self, world, at):
        first, *others = answers(at, "nik", [KNOWN_NIK, FREE_NIK], PAGES_OF_NIKS[at], headers=OURS)

        assert others == [first]


def unlimited():
    """Yield the addresses at the door that take something from anybody, without a limit of their own."""
    app = app_of("gateway")
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        at_the_door = rule.rule.startswith(IDENTITY) or rule.rule in DOOR
        if at_the_door and "POST" in rule.methods and "public" in view.allowed and not getattr(view, "limits", ()):
            yield rule.rule


def test_nobody_may_try_for_ever(empty):
    """But where there is nothing to guess: the 256 bits of a letter's link."""
    assert set(unlimited()) == {f"{IDENTITY}/notices/stop/<token>"}
