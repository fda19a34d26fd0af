"""The gateway's database; no service opens it."""

from services.common.mongo import Database

database = Database("gateway")
