"""Asking the platform until it answers, as a client does whose connection broke."""

import json
import time
from collections import Counter

import urllib3
from joserfc import jwt
from joserfc.jwk import KeySet

PATIENCE_S = 90
AGAIN = {502, 503, 504}  # it was perhaps not done: the same again, with the same Idempotency-Key
PAUSE_S = 0.1
ACCOUNT = "petugas-uji"


def token(platform, audience, role="officer"):
    """Sign a token as the gateway does, for the whole of a run."""
    key = KeySet.import_key_set(json.loads((platform.places.secrets / "signing.json").read_text())).keys[0]
    now = time.time()
    claims = {"sub": ACCOUNT, "role": role, "aud": audience, "iat": now, "exp": int(now) + 7200}
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


class Http:
    """A client of the gateway, or of one service directly; it counts what it was answered."""

    def __init__(self, platform, service, *, directly):
        told = platform.environment()
        self._address = told[f"{service.upper()}_URL"] if directly else f"{told['BEGAWI_URL']}/api/{service}"
        bearer = token(platform, service if directly else "gateway")
        self._headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=2, read=35), retries=False)
        self.answers = Counter()
        self.slowest_s = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pool.clear()

    def ask(self, method, path, body=None, **headers):
        """Ask once; return None when the connection broke."""
        said = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        began = time.monotonic()
        try:
            answer = self._pool.request(method, self._address + path, body=data, headers=said)
        except urllib3.exceptions.HTTPError:
            answer = None
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        self.answers[answer.status if answer else "broken"] += 1
        return answer

    def insist(self, method, path, body=None, **headers):
        """Ask until there is an answer, and return it with the number of attempts it took."""
        end, attempts = time.monotonic() + PATIENCE_S, 0
        while True:
            attempts += 1
            answer = self.ask(method, path, body, **headers)
            if answer is not None and answer.status not in AGAIN:
                return answer, attempts
            assert time.monotonic() < end, f"{method} {path} was not answered within {PATIENCE_S} s"
            time.sleep(PAUSE_S)

    def get(self, path):
        answer, _ = self.insist("GET", path)
        assert answer.status == 200, answer.data
        return answer.json()

    def upload(self, path, content, fields, *, key):
        """Insist on sending a file, and return what it made."""
        parts = fields | {"file": ("kiriman.csv", content)}
        body, content_type = urllib3.encode_multipart_formdata(parts)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            headers = self._headers | {"Content-Type": content_type, "Idempotency-Key": key}
            try:
                answer = self._pool.request("POST", self._address + path, body=body, headers=headers)
            except urllib3.exceptions.HTTPError:
                continue
            if answer.status not in AGAIN:
                assert answer.status == 202, answer.data
                return answer.json()
            time.sleep(PAUSE_S)
        raise AssertionError(f"POST {path} was not answered within {PATIENCE_S} s")

    def post(self, path, body=None, *, key):
        """Insist on a POST, and return what it made."""
        answer, _ = self.insist("POST", path, body, Idempotency_Key=key)
        assert answer.status in {200, 201, 202}, (answer.status, answer.data)
        return answer.json()
