"""The engine's benchmark: the same people each time, contenders that tell the truth, a run that names who does not."""

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks import adapters
from tests.benchmarks.adapters import Absent
from tests.benchmarks.matching import engine, full, full_reference, goals, limit, reference, report, run
from tests.benchmarks.matching.contender import Measured
from tests.benchmarks.matching.data import Data, make_data
from tests.benchmarks.matching.vacancies import KINDS

pytestmark = pytest.mark.xdist_group("engine")  # they share what numba compiled
PEOPLE, VACANCIES, BEST = 2_000, 80, 100
SERVERLESS = ("begawi", "begawi_full", "numpy_postings", "sqlite", "tantivy")
CHANGED = 150
ORDERED_BY_COMING = {"tantivy"}  # of equals: whoever changed comes last
ALL_IN = dict.fromkeys(range(VACANCIES), 0.1)  # ms
FOUND = {
    "begawi": Measured(own=150 * PEOPLE, times=ALL_IN, changes=[0.04], seen=1),
    "mongo": Measured(times={0: 9.0, 1: 9.0}, changes=[1.0]),
    "postgres": Measured(times=dict.fromkeys(ALL_IN, 2.0), changes=[1.0]),
    "postgres_arrays": Measured(times=dict.fromkeys(ALL_IN, 1.0), changes=[1.0]),
}


@pytest.fixture(scope="module")
def data():
    return make_data(PEOPLE, seed=11, vacancies=VACANCIES)


@pytest.fixture(params=SERVERLESS)
def contender(request, data, tmp_path):
    try:
        adapter = adapters.load(request.param, tmp_path)
    except Absent as absent:
        pytest.skip(str(absent))
    adapter.build(data)
    yield request.param, adapter
    adapter.close()


def truths(name, data):
    if name != "begawi_full":
        return [reference.truth(data, vacancy, BEST) for vacancy in data.vac]
    crowd, taxonomy = full.make_crowd(data), full.make_taxonomy(data)
    scales = [full.make_scale(data, taxonomy, vacancy) for vacancy in data.vac]
    pairs = zip(data.vac, scales, strict=True)
    return [full_reference.truth(data, crowd, scale, vacancy, BEST) for vacancy, scale in pairs]


def wrong(adapter, data, true):
    answers = (adapter.query(vacancy, BEST) for vacancy in data.vac)
    return [at for at, answer in enumerate(answers) if not reference.is_exact(answer, true[at])]


class TestAContender:
    def test_finds_whom_scoring_everybody_finds(self, contender, data):
        name, adapter = contender

        assert wrong(adapter, data, truths(name, data)) == []

    def test_sees_changes_at_once(self, contender, data):
        name, adapter = contender
        if name in ORDERED_BY_COMING:
            pytest.skip("equals change their order")
        random = np.random.default_rng(3)
        skills, levels = zip(*(data.skills_of(wid) for wid in range(PEOPLE)), strict=True)
        skills, levels = list(skills), list(levels)

        for wid, other in random.integers(0, PEOPLE, (CHANGED, 2)).tolist():
            skills[wid], levels[wid] = skills[other], random.integers(1, 6, len(skills[other])).tolist()
            adapter.update(wid, skills[wid], levels[wid])

        begins = np.concatenate([[0], np.cumsum([len(each) for each in skills])])
        changed = replace(data, indptr=begins, sk=np.concatenate(skills), lv=np.concatenate(levels))
        assert wrong(adapter, changed, truths(name, changed)) == []


class TestTheVacancies:
    def test_ask_for_whatever_can_be_a_must_and_find_somebody(self, data):
        assert {vacancy.kind for vacancy in data.vac} == set(KINDS)
        assert sum(len(reference.truth(data, vacancy, BEST)[0]) for vacancy in data.vac) > VACANCIES


class TestTheData:
    def test_are_the_same_for_a_seed_and_others_for_another(self, data):
        same, other = (make_data(PEOPLE, seed, vacancies=VACANCIES) for seed in (11, 12))

        assert np.array_equal(same.sk, data.sk)
        assert [each.said for each in same.vac] == [each.said for each in data.vac]
        assert not np.array_equal(other.sk, data.sk)

    def test_are_in_files_as_they_were_made(self, data, tmp_path):
        data.save(tmp_path)

        kept = Data.load(tmp_path)

        assert (kept.n, kept.V) == (PEOPLE, data.V)
        assert np.array_equal(kept.ex, data.ex)
        assert reference.is_exact(reference.truth(kept, kept.vac[0], BEST), reference.truth(data, data.vac[0], BEST))


class TestARun:
    def test_tells_of_its_contenders_names_who_is_left_out_and_leaves_nothing_behind(self, monkeypatch, tmp_path):
        monkeypatch.setenv("BENCH_PEOPLE", "500")
        monkeypatch.setenv("BENCH_CONTENDERS", "numpy_postings,missing")
        monkeypatch.setattr(limit, "READ", 2**16)
        for name, value in {"FOLDER": tmp_path / "bench", "ROUND_S": 0.05, "CHANGES": 3}.items():
            monkeypatch.setattr(run, name, value)

        told = run.measure()

        assert told[2].split()[0] == "numpy_postings"
        assert told[2].endswith("3/3")  # changes that were seen
        assert told[3] == "  left out: missing: there is no module tests.benchmarks.adapters.missing"
        assert list((tmp_path / "bench").iterdir()) == []


class TestTheGoals:
    def test_are_told_beside_what_was_found(self, data):
        told = goals.lines(FOUND, data, (limit.bytes_read(data), 1e10), 2.0)

        assert "  times as fast as MongoDB, p50: 90; at least 80: yes" in told  # of those that both answered
        assert "  times as fast as PostgreSQL, p50: 10; at least 15: NO" in told  # the better of the two
        assert "  bytes a person: 150; at most 200: yes" in told
        assert not any("tantivy" in line for line in told)

    def test_stand_under_a_table_with_the_fastest_first(self, data):
        told = report.table(FOUND, data.vac)

        assert [line.split()[0] for line in told[1:]] == ["begawi", "postgres_arrays", "postgres", "mongo"]


def test_our_engine_is_measured_alone_and_others_are_not(data, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.01)
    ours, other = adapters.load("begawi", ""), adapters.load("numpy_postings", "")
    ours.build(data)

    found = engine.measure(ours, data.vac, BEST)

    assert len(found["alone"]) == VACANCIES
    assert min(found["together"], found["threads"]) > 0
    assert engine.measure(other, data.vac, BEST) is None
