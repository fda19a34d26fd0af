"""Killing one process, twice, in the middle of a thousand writes."""

import pytest

from tests.chaos import aftermath, crowd, kills

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(400)]


@pytest.fixture
def survives(platform, ledger):
    """Kill a process while a crowd writes, and see that everything acknowledged arrived, and arrived once."""

    def run(name, *ways):
        before = kills.pids(platform)
        with crowd.at_work(platform, ledger, name, 1_000) as writers:
            for reached, kill in zip((300, 600), ways or (kills.kill, kills.kill), strict=True):
                writers.reaches(reached)
                kills.comes_back(platform, name, kill(platform, name))
        quiet_s = aftermath.is_quiet(platform, ledger)
        print(f"{name}: {dict(writers.answers)}, slowest {writers.slowest_s:.1f} s, quiet after {quiet_s:.1f} s")
        after = kills.pids(platform)
        assert {each for each in before if before[each] != after[each]} <= {name}

    return run


class TestAKill:
    def test_of_the_registrys_web_or_of_its_master_alone_loses_nothing(self, survives):
        survives("registry.web", kills.kill_alone, kills.kill)

    def test_of_the_relay_loses_nothing_and_tells_nothing_twice(self, survives):
        survives("registry.relay")

    def test_of_matchings_consumer_loses_nothing(self, survives):
        survives("matching.consumer")

    def test_of_rabbitmq_loses_nothing(self, survives):
        survives("rabbitmq")

    def test_of_mongodb_loses_nothing(self, survives):
        survives("mongod")
