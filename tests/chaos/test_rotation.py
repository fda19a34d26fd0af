"""Every key is turned while people work: nobody notices."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

from deploy.local.places import REPOSITORY
from services.common.seal import MASTER_BYTES
from tests.chaos import aftermath

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(300), pytest.mark.verify]
PASSWORD = "sungai balangan pagi"
PEOPLE = 4
GOOD = {200, 201}


class Visitor:
    """Somebody who registered, and reads and signs in again all the time; the first token is used to the end."""

    def __init__(self, platform, n):
        self._url, self._login, self.answers = platform.url, f"putar.{os.getpid()}.{time.time_ns()}.{n}", Counter()
        self._http = urllib3.PoolManager(timeout=30, retries=False)
        person = {
            "name": f"Putarwati {self._login}",
            "birth_date": "1990-01-01",
            "sex": "P",
            "village": "63.11.06.1019",
        }
        person |= {"education": "SMK", "skills": [], "address": f"Jl. Putar {n}", "phone": f"+62812000099{n:02}"}
        registered = self._ask("POST", "/api/identity/v1/registrations", self._account() | {"person": person})
        assert registered.status == 201, registered.data
        self._first = self._token()
        self._own = self._ask("GET", "/api/identity/v1/accounts/me", token=self._first).json()["own"]
        self._address = person["address"]

    def work(self, is_over):
        turn = 0
        while not is_over.is_set():
            token = self._token() if turn % 5 == 0 else self._first
            read = self._ask("GET", f"/api/registry/v1/workers/{self._own}", token=token)
            assert read.status != 200 or read.json()["address"] == self._address
            self._address = f"Jl. Putar {turn}"
            said, seen = {"address": self._address}, read.headers.get("ETag")
            self._ask("PATCH", f"/api/registry/v1/workers/{self._own}", said, token=token, seen=seen)
            turn += 1

    def _account(self):
        return {"login": self._login, "password": PASSWORD}

    def _token(self):
        return self._ask("POST", "/api/identity/v1/sessions", self._account()).json().get("access_token")

    def _ask(self, method, path, body=None, *, token=None, seen=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"If-Match": seen} if seen else {}
        answer = self._http.request(method, self._url + path, json=body, headers=headers)
        self.answers[answer.status if answer.status in GOOD else f"{method} {path} {answer.status} {answer.data}"] += 1
        return answer


@pytest.fixture
def working(platform):
    """Let visitors work until the end of the test, and have none of them refused."""
    visitors, is_over = [Visitor(platform, n) for n in range(PEOPLE)], threading.Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        running = [pool.submit(visitor.work, is_over) for visitor in visitors]
        yield lambda: sum((visitor.answers for visitor in visitors), Counter())
        is_over.set()
        for each in running:
            each.result()
    answers = sum((visitor.answers for visitor in visitors), Counter())
    print(answers)
    assert set(answers) <= GOOD


def turned(platform, command):
    told = {name: value for name, value in os.environ.items() if name not in {"MONGO_URL", "AMQP_URL"}}
    told |= {"BEGAWI_HOME": str(platform.root), "BEGAWI_PORT": str(platform.port)}
    subprocess.run([sys.executable, "-m", "deploy.local", command], env=told, cwd=REPOSITORY, check=True, timeout=60)


def kids(platform):
    answer = urllib3.request("GET", f"{platform.url}/.well-known/jwks.json")
    return [key["kid"] for key in answer.json()["keys"]]


def test_of_tokens(platform, working):
    before = kids(platform)
    for _ in range(2):
        turned(platform, "rotate-keys")
    time.sleep(2)  # under the newest key

    assert len(kids(platform)) == len(before) + 2
    assert kids(platform)[0] not in before
    assert set(before) < set(kids(platform))
    assert working()[200] > 100


def test_of_personal_data(platform, working):
    master = platform.places.secrets / "master.key"
    before = master.read_bytes()
    for _ in range(3):
        turned(platform, "rotate-data-keys")

    assert len(master.read_bytes()) == MASTER_BYTES
    assert master.read_bytes() != before
    with aftermath.databases(platform) as db:
        for service in ("registry", "gateway"):
            assert len(db[service].data_keys.distinct("masterKey.provider")) == 1
            assert db[service].data_keys.count_documents({}) >= 4
    assert working()[200] > 50
