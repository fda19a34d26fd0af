"""Finding or making the batches that a spreadsheet names, many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from services.registry.batch import commands, store
from services.registry.batch.model import Wanted
from services.registry.database import database
from tests.registry.enrolments import WELDING, batch

MARCH, APRIL, MAY = date(2099, 3, 1), date(2099, 4, 30), date(2099, 5, 31)


def wanted(name="Angkatan I/2099", starts_on=MARCH, ends_on=APRIL, *, programme_id="p-1"):
    said = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    return Wanted(institution_id="i-1", programme_id=programme_id, **said)


def ensure(*asked):
    return database.transact(commands.ensure_many, asked)


def there():
    return store.page(database.reader(), after=None, limit=200)


class TestEnsuringBatches:
    def test_makes_each_once_and_returns_them_in_their_order(self):
        first, second, again, other = ensure(wanted("B"), wanted("A"), wanted("b "), wanted("A", programme_id="p-2"))

        assert [first.name, second.name, other.name, other.programme_id] == ["B", "A", "A", "p-2"]
        assert again == first
        assert {each.id: each for each in there()} == {each.id: each for each in (first, second, other)}
        assert (first.starts_on, first.ends_on, first.capacity, first.version) == (MARCH, APRIL, None, 1)

    def test_finds_those_that_are_there_and_leaves_them_as_they_are(self):
        first = ensure(wanted())

        assert ensure(wanted("ANGKATAN I / 2099", MARCH, MAY)) == first
        assert there() == first

    def test_fills_in_the_days_that_were_not_known(self):
        (first,) = ensure(wanted(starts_on=None, ends_on=None))

        (second,) = ensure(wanted(starts_on=MARCH, ends_on=None))
        (third,) = ensure(wanted(starts_on=MAY, ends_on=MAY))

        assert (first.starts_on, second.starts_on, second.ends_on) == (None, MARCH, None)
        assert (third.id, third.version, third.starts_on, third.ends_on) == (first.id, 3, MARCH, MAY)
        assert there() == [third]

    def test_leaves_days_open_that_are_the_wrong_way_round(self):
        (found,) = ensure(wanted(starts_on=MAY, ends_on=MARCH))
        assert (found.starts_on, found.ends_on) == (None, None)

        ensure(wanted(starts_on=APRIL, ends_on=None))
        (found,) = ensure(wanted(starts_on=None, ends_on=MARCH))
        assert (found.starts_on, found.ends_on) == (APRIL, None)

    def test_finds_one_that_was_created_by_hand(self, officer, lpk):
        made = batch(officer, lpk, name="Angkatan  I/2099")

        said = Wanted(institution_id=lpk, programme_id=WELDING, name="angkatan I/2099")
        assert [each.id for each in ensure(said)] == [made]

    def test_at_the_same_moment_makes_each_once(self):
        names = [f"Angkatan {n}" for n in range(40)]

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: ensure(*map(wanted, names)), range(16)))

        assert len(there()) == 40
        assert all(each == found[0] for each in found)

    def test_of_nothing_makes_nothing(self):
        assert (ensure(), there()) == ([], [])
