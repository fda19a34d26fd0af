"""The platform as any client sees it: through the gateway, over HTTP."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3

PATIENCE_S = 60.0
PAUSE_S = 0.1
JSON = "application/json"


class Unexpected(Exception):
    """The platform answered otherwise than the demo needs."""


class Api:
    """A client with one account's token, once it is signed in."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._http = urllib3.PoolManager(maxsize=4, timeout=30.0, retries=False)
        self._headers = {"Accept-Language": "id"}

    def sign_in(self, login: str, password: str, code: Callable[[], str]) -> None:
        """Sign in with a one-time code; one that was used a moment ago has a next one soon."""
        end = time.monotonic() + PATIENCE_S
        while True:
            said = {"login": login, "password": password, "otp": code()}
            try:
                session = self.post("/api/identity/v1/sessions", said)
                break
            except Unexpected as error:
                if "otp-wrong" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(1)
        self._headers["Authorization"] = f"Bearer {session['access_token']}"

    def get(self, path: str) -> Any:
        return self._asked("GET", path).json()

    def find(self, path: str) -> list[Any]:
        """Return all items of a list, page by page."""
        items: list[Any] = []
        while path:
            answer = self._asked("GET", path)
            items += answer.json()
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
        return items

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Post; where it is there already, return what is there."""
        content = None if body is None else json.dumps(body).encode()
        answer = self._asked("POST", path, content, key=key)
        if answer.status == 409 and "Location" in answer.headers:  # noqa: PLR2004
            return self.get(urlsplit(answer.headers["Location"]).path)
        return answer.json()

    def upload(self, path: str, fields: Mapping[str, str], file: Path, *, key: str) -> Any:
        """Post a form with a file, as a browser would."""
        content, kind = urllib3.encode_multipart_formdata([*fields.items(), ("file", (file.name, file.read_bytes()))])
        return self._asked("POST", path, content, kind, key=key).json()

    def until(self, path: str, is_so: Any) -> Any:
        """Get again and again until the answer is so."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            answer = self._http.request("GET", self._address + path, headers=self._headers)
            if answer.status == 200 and is_so(answer.json()):  # noqa: PLR2004
                return answer.json()
            time.sleep(PAUSE_S)
        raise Unexpected(f"{path} did not become as expected in {PATIENCE_S:.0f} s")

    def _asked(
        self, method: str, path: str, content: bytes | None = None, kind: str = JSON, *, key: str | None = None
    ) -> urllib3.BaseHTTPResponse:
        headers = self._headers | {"Content-Type": kind} | ({"Idempotency-Key": key} if key else {})
        answer = self._http.request(method, self._address + path, body=content, headers=headers, redirect=False)
        is_there = answer.status == 409 and "Location" in answer.headers  # noqa: PLR2004
        if answer.status >= 400 and not is_there:  # noqa: PLR2004
            raise Unexpected(f"{method} {path}: {answer.status} {answer.data[:500]!r}")
        return answer
