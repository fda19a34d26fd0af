"""What the gateway sends to a service itself, and once more only where that does no harm."""

import socket

import pytest

from gateway import upstream
from gateway.upstream import ServiceBroken
from services.common.tokens import Actor


@pytest.fixture
def send():
    said = {"b": 1, "a": 2}
    actor = Actor("gateway", "gateway")
    return lambda **more: upstream.send("registry", "POST", "/v1/things", said, actor=actor, language="id", **more).body


@pytest.fixture
def breaking(registry):
    """The registry, which hangs up: `breaking(times)`."""

    def breaking(times):
        def answer(asked):
            if len(registry.asked) > times:
                asked.say({"done": True})
                return
            asked.connection.shutdown(socket.SHUT_RDWR)
            asked.close_connection = True

        registry.answer = answer
        return registry

    return breaking


class TestWhatIsSentWithAKey:
    def test_is_sent_once_more_where_the_connection_broke_and_is_the_same(self, send, breaking):
        registry = breaking(1)

        assert send(key="k-1") == {"done": True}
        assert [asked.headers["Idempotency-Key"] for asked in registry.asked] == ["k-1"] * 2
        assert [asked.body for asked in registry.asked] == [b'{"a": 2, "b": 1}'] * 2

    def test_is_not_sent_a_third_time(self, send, breaking):
        registry = breaking(2)

        with pytest.raises(ServiceBroken):
            send(key="k-1")
        assert len(registry.asked) == 2


class TestWhatIsSentWithoutAKey:
    def test_is_sent_once(self, send, breaking):
        registry = breaking(1)

        with pytest.raises(ServiceBroken):
            send()
        assert len(registry.asked) == 1
        assert "Idempotency-Key" not in registry.asked[0].headers
