"""The statement of the relational contenders, on the tables worker, worker_skill, worker_cert, district_band."""

from collections.abc import Iterable

from tests.benchmarks.matching.vacancies import FULL_LEVEL, Vac


def best(v: Vac, k: int, *, least: str) -> str:
    """Return the statement: worker and key of the best.

    Of an open vacancy only those who have something of what is asked for: `lists.may_miss_somebody` tells whether
    `best_of_all` has to be asked too.

    :param least: how the smaller of two numbers is called.
    """
    if v.must or v.certs:
        return best_of_all(v, k, least=least)
    return (
        f"SELECT w.id, t.gives + {3 * v.sumw} * d.band AS key FROM ("
        f"SELECT ws.worker, SUM({_gives(v, least)}) AS gives FROM worker_skill ws WHERE {_asked(v)} GROUP BY ws.worker"
        f") t JOIN worker w ON w.id = t.worker {_near(v)} WHERE {_may(v)} ORDER BY key DESC, w.id LIMIT {k}"
    )


def best_of_all(v: Vac, k: int, *, least: str) -> str:
    return (
        f"SELECT w.id, COALESCE(SUM({_gives(v, least)}), 0) + {3 * v.sumw} * MAX(d.band) AS key "
        f"FROM worker w {' '.join(_musts(v))} {_near(v)} LEFT JOIN worker_skill ws ON ws.worker = w.id AND {_asked(v)} "
        f"WHERE {_may(v)} GROUP BY w.id ORDER BY key DESC, w.id LIMIT {k}"
    )


def certificates(v: Vac, worker: str) -> Iterable[str]:
    """Yield the joins that everybody passes who has the certificates; `worker` names the column of their id."""
    for at, cert in enumerate(v.certs):
        is_this = f"c{at}.worker = {worker} AND c{at}.cert = {cert} AND c{at}.expiry >= {v.start}"
        yield f"JOIN worker_cert c{at} ON {is_this}"


def _musts(v: Vac) -> Iterable[str]:
    for at, (skill, level) in enumerate(v.must_skills):
        yield f"JOIN worker_skill m{at} ON m{at}.worker = w.id AND m{at}.skill = {skill} AND m{at}.level >= {level}"
    yield from certificates(v, "w.id")


def _asked(v: Vac) -> str:
    return f"ws.skill IN ({','.join(map(str, v.skills))})"


def _gives(v: Vac, least: str) -> str:
    terms = zip(v.skills, v.weights, v.mins, strict=True)
    cases = (
        f"WHEN {skill} THEN {2 * weight} * {least}({FULL_LEVEL}, ws.level * {FULL_LEVEL // level})"
        for skill, weight, level in terms
    )
    return f"CASE ws.skill {' '.join(cases)} END"


def _near(v: Vac) -> str:
    return f"JOIN district_band d ON d.work = {v.district} AND d.home = w.district"


def _may(v: Vac) -> str:
    return f"w.available = 1 AND w.edu >= {v.min_edu}"
