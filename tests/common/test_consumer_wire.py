"""What a consumer says to the broker, where nothing else would show it."""

import struct

import pytest

from tests.common import queues
from tests.common.conftest import declared, new_service, opened, starting
from tests.common.wire import Wire
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("consumer wire")
TUNE_OK, EXCHANGE_DECLARE, QUEUE_DECLARE, QOS, CONSUME = (10, 31), (40, 10), (50, 10), (60, 10), (60, 20)


@pytest.fixture(scope="module")
def service():
    return new_service()


@pytest.fixture(scope="module")
def said(service, tmp_path_factory):
    """Return the methods that a consumer sent until it waits for its first event."""
    folder, wire = tmp_path_factory.mktemp("wire"), Wire()
    with opened(service), declared(service), starting(folder) as start:
        process = start("tests.common.trial.consumer", service, folder / "never", AMQP_URL=wire.url)
        until(lambda: process.logged(f"{service}@"), within_s=30)
        until(lambda: queues.is_consumed(service), within_s=30)
        methods = wire.methods()
        process.kill()
        wire.close()
        yield methods


def names(said, method):
    """Return the names in the declarations: after two reserved bytes, a length and as many bytes."""
    return {arguments[3 : 3 + arguments[2]].decode() for found, arguments in said if found == method}


class TestAConsumersConversation:
    def test_has_no_heartbeats_since_a_handler_that_waits_sends_none(self, said):
        consuming = [struct.unpack(">HLH", arguments)[2] for found, arguments in said if found == TUNE_OK]

        assert set(consuming) == {0}

    def test_takes_one_event_at_a_time(self, said):
        counts = [struct.unpack_from(">LH", arguments)[1] for found, arguments in said if found == QOS]

        assert counts
        assert set(counts) == {1}

    def test_declares_its_own_queues_and_none_for_remote_control(self, said, service):
        declared = {name for name in names(said, QUEUE_DECLARE) if not name.startswith("celery_delayed")}

        assert declared == {service, f"{service}.work", f"{service}.dead", "events.unheard"}

    def test_has_no_quorum_queues_for_delays_that_we_do_not_use(self, said):
        delays = [arguments for found, arguments in said if found == QUEUE_DECLARE and b"celery_delayed" in arguments]

        assert [arguments for arguments in delays if b"quorum" in arguments] == []

    def test_consumes_its_queue_alone(self, said, service):
        assert names(said, CONSUME) == {service}
