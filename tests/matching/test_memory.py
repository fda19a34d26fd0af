"""A ranking holds a chunk of people and the best so far, however many there are."""

import tracemalloc

from services.matching.demand.model import Demand
from services.matching.match import model
from tests.matching.parties import need, person, requirement

VACANCY = Demand(
    id="v-1",
    version=1,
    employer_id="e-1",
    employer_name="PT Contoh",
    title="Juru las",
    kind="job",
    status="published",
    positions=1,
    closes_on=requirement().starts_on,
    requirement=requirement(need("welding", 3)),
)


def peak(people):
    """Bytes that ranking so many takes."""
    crowd = (person(f"w-{n}", skills={"welding": n % 5 + 1}) for n in range(people))
    tracemalloc.start()
    try:
        ranking = model.candidates(VACANCY, crowd, named=str, after=None, limit=20)
        assert (ranking.total, len(ranking.matches)) == (people, 20)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class TestARanking:
    def test_of_ten_times_as_many_takes_no_more_memory(self):
        two = 2 * model.CHUNK  # one that is ranked while the next is read

        assert peak(10 * two) < 1.3 * peak(two)
