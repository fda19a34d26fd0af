"""The gateway's database and the seal on its personal data; no service opens it."""

from services.common.mongo import Database
from services.common.seal import Seal

database = Database("gateway")
seal = Seal(lambda: database.client, lambda: database.name)
