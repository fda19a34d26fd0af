"""PostgreSQL: a row a person, with arrays of skills and levels, and a GIN index on the skills."""

from collections.abc import Sequence

from tests.benchmarks.adapters import Answer, postgres, sql
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.lists import may_miss_somebody
from tests.benchmarks.matching.vacancies import FULL_LEVEL, Vac

TURNED = (
    "CREATE EXTENSION intarray",
    """
    CREATE TABLE person AS SELECT w.id, w.district, w.edu, w.available,
        array_agg(s.skill::int ORDER BY s.skill) AS skills, array_agg(s.level::int ORDER BY s.skill) AS levels
    FROM worker w LEFT JOIN worker_skill s ON s.worker = w.id GROUP BY w.id, w.district, w.edu, w.available
    ORDER BY w.id
    """,
    "DROP TABLE worker, worker_skill",
    "ALTER TABLE person ADD PRIMARY KEY(id)",
    "CREATE INDEX ON person USING gin(skills gin__int_ops) WHERE available = 1",
    "VACUUM ANALYZE",
)


class Adapter(postgres.Adapter):
    def build(self, d: Data) -> None:
        super().build(d)
        for statement in TURNED:
            self.db.execute(statement.encode())

    def query(self, v: Vac, k: int = 100) -> Answer:
        rows = self._rows(_best(v, k, f"AND skills && {_array(v.skills)}"))
        if may_miss_somebody(v, [key for _, key in rows], k):
            rows = self._rows(_best(v, k, ""))
        return [id_ for id_, _ in rows], v.score([key for _, key in rows])

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        held = sorted(zip(skills, levels, strict=True))
        new = [skill for skill, _ in held], [level for _, level in held]
        self.db.execute("UPDATE person SET skills = %s::int[], levels = %s::int[] WHERE id = %s", (*new, wid))


def _best(v: Vac, k: int, has_something: str) -> str:
    """Return the statement: person and key of the best.

    :param has_something: what is asked of everybody where nothing is a must.
    """
    terms = zip(v.skills, v.weights, v.mins, strict=True)
    gives = " + ".join(
        f"{2 * weight} * LEAST({FULL_LEVEL}, COALESCE({_level(skill)}, 0) * {FULL_LEVEL // level})"
        for skill, weight, level in terms
    )
    has = f"AND skills @> {_array([skill for skill, _ in v.must_skills])}" if v.must else ""
    has += "".join(f" AND {_level(skill)} >= {level}" for skill, level in v.must_skills)
    return (
        f"SELECT p.id, {gives} + {3 * v.sumw} * d.band AS key FROM person p {' '.join(sql.certificates(v, 'p.id'))} "
        f"JOIN district_band d ON d.work = {v.district} AND d.home = p.district "
        f"WHERE available = 1 AND edu >= {v.min_edu} {has if v.must or v.certs else has_something} "
        f"ORDER BY key DESC, p.id LIMIT {k}"
    )


def _level(skill: int) -> str:
    return f"levels[idx(skills, {skill})]"


def _array(skills: Sequence[int]) -> str:
    return f"ARRAY[{','.join(map(str, skills))}]"
