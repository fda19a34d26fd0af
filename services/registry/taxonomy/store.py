"""Taxonomies in MongoDB: which version of each stands; and the index of the names in one."""

import threading
from collections.abc import Callable, Iterable, Mapping

from services.common import mongo
from services.common.mongo import Indexes, Tx
from services.reference.naming import Index, Term
from services.registry.taxonomy.model import Taxonomy, TaxonomyUnknown

INDEXES: Indexes = {"taxonomies": []}


class Naming:
    """The index of a taxonomy's names, built once a process for each revision of it; threads share it.

    :param terms: returns what goes into it.
    """

    def __init__(self, taxonomy_id: str, terms: Callable[[Tx], Iterable[Term]]) -> None:
        self._taxonomy_id, self._terms = taxonomy_id, terms
        self._building = threading.Lock()
        self._built: tuple[str | None, Index] | None = None

    def index(self, tx: Tx) -> Index:
        """Return the index as it has to be now; it costs a read, unless something changed."""
        row = tx.db.taxonomies.find_one({"_id": self._taxonomy_id}, {"revision": 1}, session=tx.session)
        revision = row["revision"] if row else None
        with self._building:
            if self._built is None or self._built[0] != revision:
                self._built = revision, Index(self._terms(tx))
            return self._built[1]


def get(tx: Tx, taxonomy_id: str, *, counts: Mapping[str, int], attribution: str) -> Taxonomy:
    """:raises TaxonomyUnknown: it was never imported."""
    row = tx.db.taxonomies.find_one({"_id": taxonomy_id, "version": {"$exists": True}}, session=tx.session)
    if row is None:
        raise TaxonomyUnknown(taxonomy_id)
    said = {"version": row["version"], "since": row["since"]}
    return Taxonomy(id=taxonomy_id, counts=counts, attribution=attribution, **said)


def stands_at(tx: Tx, taxonomy_id: str, version: str) -> bool:
    return tx.db.taxonomies.find_one({"_id": taxonomy_id, "version": version}, session=tx.session) is not None


def set_version(tx: Tx, taxonomy_id: str, version: str) -> None:
    """Say which version of a taxonomy stands now, and have its index built anew."""
    change = {"$set": {"version": version, "revision": mongo.new_id()}, "$currentDate": {"since": True}}
    tx.db.taxonomies.update_one({"_id": taxonomy_id}, change, upsert=True, session=tx.session)


def renew(tx: Tx, taxonomy_id: str) -> None:
    """Have its index built anew: names came to it, or left it."""
    # Not a number counted up: a database that was restored would come to the same one with other names.
    change = {"$set": {"revision": mongo.new_id()}}
    tx.db.taxonomies.update_one({"_id": taxonomy_id}, change, upsert=True, session=tx.session)
