"""Looking into queues of the real RabbitMQ, and taking from them."""

from contextlib import contextmanager

from kombu import Connection, Queue

from services.common import bus, settings
from tests.waiting import until

BROKER = settings.AMQP_URL  # whatever a test makes of the setting
COMES_WITHIN_S = 30


@contextmanager
def channel():
    with Connection(BROKER) as connection:
        yield connection.default_channel


def waiting(queue):
    """Return how many messages wait in a queue for somebody to take them."""
    with channel() as open_channel:
        return Queue(queue, channel=open_channel).queue_declare(passive=True).message_count


def is_consumed(queue):
    try:
        return bus.depth(queue)[1] > 0
    except LookupError:
        return False


def taken(queue, count=1):
    """Wait for so many messages in a queue, take them, and see that there are no more."""
    until(lambda: waiting(queue) >= count, COMES_WITHIN_S)
    with channel() as open_channel:
        found = []
        while (message := Queue(queue, channel=open_channel, no_declare=True).get(no_ack=True)) is not None:
            found.append(message)
    assert len(found) == count
    return found


def picked(queue, event_id):
    """Wait for one message in a queue that others use too, take it, and leave theirs."""

    def look():
        with channel() as open_channel:
            while (message := Queue(queue, channel=open_channel, no_declare=True).get()) is not None:
                if message.headers["id"] == event_id:
                    message.ack()
                    return message
        return None

    return until(look, COMES_WITHIN_S)


def said(message):
    """Return what an event carries."""
    return message.payload[1]["payload"]


def delete(*names):
    with channel() as open_channel:
        for name in names:
            open_channel.queue_delete(name)
