"""Clients that write all at once, each until the platform has acknowledged it."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

from tests.chaos import people
from tests.chaos.http import Http
from tests.chaos.ledger import Known

CLIENTS = 4
REACHED_WITHIN_S = 120


class Client:
    """One client, with the workers it registered; every second one goes through the gateway."""

    def __init__(self, platform, name, skills, *, directly):
        self._name, self._skills, self._rng = name, skills, Random(name)
        self.http = Http(platform, "registry", directly=directly)
        self.workers = []
        self.acknowledged = 0

    def write(self, count):
        with self.http:
            for number in range(count):
                key = f"{self._name}-{number}"
                self._choose()(key)
                self.acknowledged += 1

    def _choose(self):
        if not self.workers:
            return self._register
        return self._rng.choices((self._register, self._issue, self._change), (40, 35, 25))[0]

    def _register(self, key):
        levels = people.levels(self._rng, self._skills)
        made = self.http.post("/v1/workers", people.person(self._rng, key, levels), key=key)
        assert made["name"] == key
        self.workers.append(Known(made["id"], key, 1, levels))

    def _issue(self, key):
        known = self._rng.choice(self.workers)
        proven = {skill for skill, _ in known.certificates.values()}
        skill = self._rng.choice([each for each in self._skills if each not in proven])
        said = people.certificate(self._rng, key, skill)
        made = self.http.post(f"/v1/workers/{known.id}/certificates", said, key=key)
        assert (made["worker_id"], made["number"]) == (known.id, key)
        known.certificates[key] = (skill, said["level"])
        known.version += 1

    def _change(self, _key):
        """Change a worker."""
        known, levels = self._rng.choice(self.workers), people.levels(self._rng, self._skills)
        said = {"skills": people.held(levels)}
        answer = None
        while answer is None:
            answer = self._patched(known, said)
        known.version += 1
        assert (answer.status, answer.headers["ETag"]) == (200, f'"{known.version}"'), answer.data
        assert answer.json()["skills"] == said["skills"]
        known.skills = levels

    def _patched(self, known, said):
        """Return the answer; None where it is to be asked again.

        A repeated request may find that the first one was carried out. Or that one was seen, and never answered, and
        is lost with the server before it was on disk: then the worker stands as before.
        """
        path = f"/v1/workers/{known.id}"
        answer, attempts = self.http.insist("PATCH", path, said, If_Match=f'"{known.version}"')
        if answer.status != 412 or attempts == 1:
            return answer
        there, _ = self.http.insist("GET", path)
        return None if there.headers["ETag"] == f'"{known.version}"' else there


class Crowd:
    """Several clients at work, and how far they are."""

    def __init__(self, clients, work):
        self._clients, self._work = clients, work

    @property
    def acknowledged(self):
        return sum(client.acknowledged for client in self._clients)

    @property
    def answers(self):
        return sum((client.http.answers for client in self._clients[1:]), self._clients[0].http.answers)

    @property
    def slowest_s(self):
        return max(client.http.slowest_s for client in self._clients)

    def reaches(self, count):
        """Wait until so many writes are acknowledged; what went wrong with a client, goes wrong here."""
        end = time.monotonic() + REACHED_WITHIN_S
        while self.acknowledged < count:
            for ended in (each for each in self._work if each.done()):
                ended.result()
            assert time.monotonic() < end, f"{self.acknowledged} of {count} acknowledged in {REACHED_WITHIN_S} s"
            time.sleep(0.005)


@contextmanager
def at_work(platform, ledger, name, writes):
    """Let the crowd write while the block runs, and wait for its end; what it knows then goes into the ledger."""
    with Http(platform, "registry", directly=True) as http:
        skills = [skill["id"] for skill in http.get("/v1/skills?limit=200")]
    crowd_name = f"{name}-{len(ledger.workers)}"  # no two crowds of a run use a key twice
    clients = [Client(platform, f"{crowd_name}-{n}", skills, directly=n % 2 == 0) for n in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        work = [pool.submit(client.write, writes // CLIENTS) for client in clients]
        crowd = Crowd(clients, work)
        yield crowd
        for each in work:
            each.result()
    ledger.workers += [known for client in clients for known in client.workers]
    assert crowd.acknowledged == writes // CLIENTS * CLIENTS
