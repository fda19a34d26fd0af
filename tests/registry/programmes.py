"""A registry without the programmes that come with the platform, for the length of a test."""

from contextlib import contextmanager

from services.registry.database import database
from services.registry.programme import store


@contextmanager
def none_there():
    there = database.reader().db.programmes
    there.delete_many({})
    yield
    there.delete_many({})
    database.transact(store.seed)
