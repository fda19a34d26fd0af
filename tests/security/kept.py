"""What lies in a service's database: whether it changed, and how it is put back."""

from services.common.standing import Watch
from tests.conftest import SEEDED, STAYS, app_of, database_of

UNTOLD = {"counts", "shown", "unmet_demand"}  # how often, and for what, somebody asked is no change
LARGE = SEEDED - {("registry", "programmes")}


class Kept:
    """The database of a service as it is now."""

    def __init__(self, service):
        self._service = service
        self._before = _rows(service)

    def changed(self):
        """Return the names of the collections that hold something else now."""
        now = _rows(self._service)
        return {name for name in now.keys() | self._before.keys() if now.get(name, []) != self._before.get(name, [])}

    def put_back(self):
        """Undo what was done since, and let nobody be taken for whom it changed anything."""
        changed = self.changed()
        db = database_of(self._service).reader().db
        for name in changed:
            db[name].delete_many({})
            if rows := self._before.get(name):
                db[name].insert_many(rows)
        if "standings" in changed:
            app_of(self._service).extensions["watch"] = Watch(database_of(self._service))


def _rows(service):
    db = database_of(service).reader().db
    names = db.list_collection_names(filter={"name": {"$not": {"$regex": "^system"}}})
    kept = [each for each in names if each not in STAYS | UNTOLD and (service, each) not in LARGE]
    return {name: list(db[name].find()) for name in kept}
