"""The operator's command for what is dead and what nobody heard."""

import pytest
from kombu import Connection, Queue

from services.common import bus, letters, mongo, settings
from tests.common import queues
from tests.common.wire import Wire
from tests.waiting import until

PUBLISH, ACK = b"\x00\x3c\x00\x28", b"\x00\x3c\x00\x50"  # AMQP 0-9-1: class basic, its methods 40 and 80
THING = [{"id": "t-1", "version": 1, "label": "what only its hearer should read"}]


@pytest.fixture
def command(queue, capsys):
    """Run the command as the operator does; return the lines it says."""

    def run(*arguments):
        letters.main(arguments, services=[queue])
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def wire(monkeypatch):
    wire = Wire()
    monkeypatch.setattr(settings, "AMQP_URL", wire.url)
    yield wire
    monkeypatch.undo()
    wire.close()


def dead(service, payload=THING, name="x.thing", **headers):
    """Let a message lie among the dead letters, as a handler that refused it leaves it; return its id."""
    headers = {"reason": "Wrong: no label", "queue": service, "request_id": "r-1"} | headers
    event_id = mongo.new_id()
    bus.connect(service)(name, event_id, payload, headers, to=f"{service}.dead")
    return event_id


def rejected(service):
    """Let the broker itself put a message among the dead letters; return its id."""
    event_id = mongo.new_id()
    bus.connect(service)("x.thing", event_id, THING, to=service)
    with queues.channel() as channel:
        Queue(service, channel=channel, no_declare=True).get().reject()
    until(lambda: bus.depth(f"{service}.dead")[0], queues.COMES_WITHIN_S)
    return event_id


def ids(queue, count):
    return [message.headers["id"] for message in queues.taken(queue, count)]


class TestListingLetters:
    def test_says_of_each_what_died_where_when_and_why_and_whose_it_is(self, command, queue):
        letter = dead(queue)

        head, row, count = command("list")[0], *command("list", "--service", queue)[1:]

        assert head.split() == ["queue", "event", "id", "since", "of", "reason"]
        assert row.split()[:3] == [f"{queue}.dead", "x.thing", letter]
        assert row.split()[3].startswith("20")
        assert row.endswith("t-1  Wrong: no label")
        assert count == "1 found"

    def test_is_what_it_does_when_nothing_is_asked(self, command, queue):
        letter = dead(queue)

        assert any(letter in line for line in command())

    def test_never_shows_what_a_message_carries(self, command, queue):
        dead(queue)
        dead(queue, {"certificate_id": "c-1", "worker_id": "w-1", "skill": "secret"}, "x.issued")

        said = "\n".join(command("--service", queue))

        assert "c-1, w-1" in said
        assert [word for word in ("label", "hearer", "secret") if word in said.replace("no label", "")] == []

    def test_counts_the_ids_of_a_message_of_many(self, command, queue):
        dead(queue, [{"id": f"t-{n}"} for n in range(200)])

        assert "t-0, t-1, t-2 and 197 more" in command("--service", queue)[1]

    def test_knows_from_the_broker_what_it_put_there(self, command, queue):
        letter = rejected(queue)

        row = command("--service", queue)[1]

        assert letter in row
        assert row.endswith("rejected")

    def test_leaves_them_where_they_are_in_their_order(self, command, queue):
        letters_there = [dead(queue) for _ in range(5)]

        for _ in range(3):
            command("--service", queue)
        command("resend", "--id", letters_there[1])

        assert ids(f"{queue}.dead", 4) == [letters_there[n] for n in (0, 2, 3, 4)]

    def test_of_messages_that_are_none_of_ours_shows_what_there_is(self, command, queue):
        with Connection(settings.AMQP_URL) as connection:
            connection.Producer().publish(
                "not \n JSON", exchange="events.dead", routing_key=queue, content_type="text/plain"
            )

        assert command("--service", queue)[1].split() == [f"{queue}.dead", queue, "-", "-", "-", "unknown"]

    def test_as_often_as_one_likes_loses_none(self, command, queue):
        queues.delete(f"{queue}.dead")
        with queues.channel() as channel:  # with the limit that RabbitMQ 4 sets by itself
            limit = {**bus.QUORUM, "x-delivery-limit": 20}
            Queue(f"{queue}.dead", bus.DIRECT, f"{queue}.dead", channel, queue_arguments=limit).declare()
        letter = dead(queue)

        shown = [command("--service", queue)[1] for _ in range(30)]

        assert set(shown) == {shown[0]}
        [message] = queues.taken(f"{queue}.dead")
        assert (message.headers["id"], message.headers["queue"], queues.said(message)) == (letter, queue, THING)

    def test_of_a_service_that_never_ran_is_empty(self, capsys):
        letters.main(["list", "--service", "nobody"], services=["nobody"])

        assert capsys.readouterr().out == "0 found\n"


class TestSendingLettersAgain:
    @pytest.mark.parametrize("kind", ["", ".work"])
    def test_puts_each_into_the_queue_it_came_from_as_it_was(self, command, queue, kind):
        letter = dead(queue, queue=queue + kind)

        said = command("resend", "--service", queue)

        assert (letter in said[1], said[2]) == (True, "1 sent again")
        [message] = queues.taken(queue + kind)
        assert (message.headers["id"], message.headers["task"], queues.said(message)) == (letter, "x.thing", THING)
        assert message.headers["request_id"] == "r-1"
        assert [name for name in ("reason", "queue", "x-death") if name in message.headers] == []
        assert bus.depth(f"{queue}.dead")[0] == 0

    def test_knows_from_the_broker_where_a_rejected_one_came_from(self, command, queue):
        letter = rejected(queue)

        command("resend", "--service", queue)

        assert ids(queue, 1) == [letter]

    def test_of_some_leaves_the_others(self, command, queue):
        first, second, third = (dead(queue) for _ in range(3))

        command("resend", "--id", first, "--id", third)

        assert ids(queue, 2) == [first, third]
        assert ids(f"{queue}.dead", 1) == [second]

    def test_lets_a_crash_before_the_broker_has_it_lose_nothing(self, command, queue, wire):
        letter = dead(queue)
        wire.cut_when = PUBLISH

        with pytest.raises(SystemExit, match="RabbitMQ is away"):
            command("resend", "--service", queue)

        assert ids(f"{queue}.dead", 1) == [letter]
        assert bus.depth(queue)[0] == 0

    def test_lets_a_crash_after_it_send_it_twice(self, command, queue, wire):
        letter = dead(queue)
        wire.cut_when = ACK

        with pytest.raises(SystemExit, match="RabbitMQ is away"):
            command("resend", "--service", queue)

        assert ids(queue, 1) == [letter]
        assert ids(f"{queue}.dead", 1) == [letter]


class TestLettersThatNobodyHeard:
    @pytest.fixture(autouse=True)
    def _there(self, queue):
        """Ask for the queues: among them is the one of the unheard."""

    def listed(self, command, event_id):
        """Wait until the command sees it: others look into this queue too."""
        return until(lambda: [line for line in command("--unheard") if event_id in line], queues.COMES_WITHIN_S)[0]

    def test_are_sent_to_those_who_hear_them_now(self, command, queue):
        name, event_id = f"{queue}.nothing", mongo.new_id()
        bus.connect(queue)(name, event_id, THING)
        assert self.listed(command, event_id).endswith("nobody hears it")
        bus.declare(queue, [name])

        until(lambda: len(command("resend", "--unheard", "--id", event_id)) > 1, queues.COMES_WITHIN_S)

        assert ids(queue, 1) == [event_id]

    def test_and_were_for_one_queue_go_to_that_one_alone(self, command, queue):
        event_id, late = mongo.new_id(), f"{queue}-late"
        bus.connect(queue)(f"{queue}.thing", event_id, THING, to=late)
        assert self.listed(command, event_id).endswith(f"there was no queue {late}")
        bus.declare(late)

        until(lambda: len(command("resend", "--unheard", "--id", event_id)) > 1, queues.COMES_WITHIN_S)

        assert ids(late, 1) == [event_id]
        assert bus.depth(queue)[0] == 0
        queues.delete(late, f"{late}.work", f"{late}.dead")


class TestDroppingLetters:
    def test_drops_those_that_are_named(self, command, queue):
        first, second = dead(queue), dead(queue)

        assert command("drop", "--id", first)[-1] == "1 dropped"

        assert ids(f"{queue}.dead", 1) == [second]
        assert bus.depth(queue)[0] == 0

    def test_needs_names(self, command, queue, capsys):
        letter = dead(queue)

        with pytest.raises(SystemExit) as end:
            command("drop", "--service", queue)

        assert (end.value.code, "--id" in capsys.readouterr().err) == (2, True)
        assert ids(f"{queue}.dead", 1) == [letter]
