"""The registry's database and the seal on its personal data; no other service opens it."""

from services.common.mongo import Database
from services.common.seal import Seal

database = Database("registry")
seal = Seal(lambda: database.client, lambda: database.name)
