"""What a deployment may set, read once from the environment."""

import os
from pathlib import Path

MONGO_URL = os.environ.get("MONGO_URL", "mongodb://127.0.0.1:27017/?replicaSet=rs0")
MONGO_TIMEOUT_S = float(os.environ.get("MONGO_TIMEOUT_S", "10"))  # for one read or one transaction, retries included
AMQP_URL = os.environ.get("AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//")
DATABASE_PREFIX = os.environ.get("DATABASE_PREFIX", "begawi_")

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8080"))
WEB_WORKERS = int(os.environ.get("WEB_WORKERS", "1"))
WEB_THREADS = int(os.environ.get("WEB_THREADS", "8"))
HEALTH_PORT = int(os.environ.get("HEALTH_PORT", "0"))  # 0: none
BODY_AT_MOST = int(os.environ.get("BODY_AT_MOST", str(2 * 1024 * 1024)))  # bytes of a request's body

SECRETS_DIR = Path(os.environ.get("SECRETS_DIR", ".local/secrets"))
JWKS_URL = os.environ.get("JWKS_URL", "http://127.0.0.1:8080/.well-known/jwks.json")

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/")  # as others know the gateway
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))  # how many stand before the gateway, and are believed
SMTP_URL = os.environ.get("SMTP_URL", "")  # smtp://user:password@host:port or smtps://…; empty: letters go to the spool
MAIL_FROM = os.environ.get("MAIL_FROM", "Begawi <begawi@localhost>")
SPOOL_DIR = Path(os.environ.get("SPOOL_DIR", ".local/spool"))

RELAY_PAUSE_S = float(os.environ.get("RELAY_PAUSE_S", "1"))
LEASE_S = float(os.environ.get("LEASE_S", "5"))
LOG_LEVEL = os.environ.get("LOG_LEVEL", "INFO")
