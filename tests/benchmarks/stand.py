"""What a measurement stands on: processes of ours and of the peers, each on a free port, ended at the end."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import urllib3
from joserfc import jwt
from joserfc.jwk import ECKey

PREFIX = "bench_"
BOUNDLESS = "1000000/second"
KEY = ECKey.generate_key("P-256", {"kid": "bench"})
NGINX = """
daemon off; error_log stderr; pid {folder}/nginx.pid; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  upstream service {{ server 127.0.0.1:{to}; keepalive 16; }}
  server {{ listen 127.0.0.1:{port};
    location / {{ proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}
}}
"""


class Stand:
    """Starts processes with the settings of one run; a context."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="begawi-bench-"))
        self.http = urllib3.PoolManager(timeout=10.0, retries=False)
        self._stack = ExitStack()
        self.environment = os.environ | {
            "DATABASE_PREFIX": PREFIX,
            "SECRETS_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
            "PYTHONWARNINGS": "ignore",
            "LIMIT_PER_ADDRESS": BOUNDLESS,  # counted as ever, and never reached
            "LIMIT_PER_PERSON": BOUNDLESS,
        }
        (self.folder / "master.key").write_bytes(secrets.token_bytes(96))
        (self.folder / "hmac.key").write_bytes(secrets.token_bytes(32))
        (self.folder / "signing.json").write_text(json.dumps({"keys": [KEY.as_dict(private=True)]}))
        os.environ.update({name: self.environment[name] for name in ("DATABASE_PREFIX", "SECRETS_DIR", "LOG_LEVEL")})

    def __enter__(self) -> "Stand":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        shutil.rmtree(self.folder)

    def python(self, module: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `python -m module`, and end it with the stand."""
        return self.process([sys.executable, "-m", module], **environment)

    def process(self, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=self.environment | environment)
        self._stack.callback(_end, process)
        return process

    def once(self, module: str) -> None:
        subprocess.run([sys.executable, "-m", module], env=self.environment, check=True)

    def web(self, module: str, *, port: int | None = None, **environment: str) -> str:
        """Start a web process and return its address once it answers."""
        port = port or free_port()
        self.python(module, PORT=str(port), **environment)
        address = f"http://127.0.0.1:{port}"
        self.answers(f"{address}/livez")
        return address

    def nginx(self, to: str) -> str:
        """Start nginx as a plain proxy of an address, and return its own."""
        port, folder = free_port(), self.folder / f"nginx{to.rpartition(':')[2]}"
        folder.mkdir()
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, to=to.rpartition(":")[2], port=port))
        self.process(["nginx", "-c", str(config), "-p", str(folder)])
        self.answers(f"http://127.0.0.1:{port}/livez")
        return f"http://127.0.0.1:{port}"

    def answers(self, url: str) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                if self.http.request("GET", url).status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                time.sleep(0.05)
        raise TimeoutError(url)


def token(audience: str, role: str = "officer") -> str:
    now = time.time()
    claims = {"sub": "bench", "role": role, "aud": audience, "sid": "bench", "iat": now, "exp": int(now) + 3600}
    return jwt.encode({"alg": "ES256", "kid": "bench"}, claims, KEY)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
