"""What keeps the platform from running is said in words that help."""

import socket

import pytest

from deploy.local import Obstacle, Platform, mongodb, rabbitmq, status
from deploy.local.places import LOOPBACK

WAYS_OUT = ("MONGO_URL", "AMQP_URL", "compose.yaml")


class TestStarting:
    def test_names_the_port_that_a_stranger_holds(self, tmp_path, free_base):
        base = free_base()
        with socket.create_server((LOOPBACK, base + 2)), pytest.raises(Obstacle) as raised:
            Platform(tmp_path, base, amqp_url="amqp://127.0.0.1:1//").servers_up()
        assert f"{base + 2} (vacancies.web)" in str(raised.value)
        assert "BEGAWI_PORT" in str(raised.value)

    @pytest.mark.parametrize("port", ["eighty", "80", "65530"])
    def test_refuses_a_port_that_cannot_be(self, port):
        with pytest.raises(Obstacle, match=f"BEGAWI_PORT is '?{port}"):
            _ = Platform.of_environment({"BEGAWI_PORT": port}).places

    def test_says_that_a_given_mongodb_does_not_answer(self, free_base):
        with pytest.raises(Obstacle, match="MONGO_URL does not answer"):
            mongodb.await_foreign(f"mongodb://{LOOPBACK}:{free_base()}/", timeout_s=0.2)

    def test_says_that_a_given_rabbitmq_does_not_answer(self, free_base):
        with pytest.raises(Obstacle, match="RabbitMQ does not become ready"):
            rabbitmq.await_answer(f"amqp://{LOOPBACK}:{free_base()}//", timeout_s=0)


class TestAMachineThatCannotRunTheServers:
    def test_is_told_the_ways_out_of_a_mongod_that_does_not_run(self, tmp_path, monkeypatch):
        broken = tmp_path / "mongod"
        broken.write_text("#!/bin/sh\necho 'libcrypto.so.3: cannot open' >&2; exit 127\n")
        monkeypatch.setattr(mongodb, "installed", lambda: broken)
        with pytest.raises(Obstacle) as raised:
            mongodb.program()
        assert all(word in str(raised.value) for word in ("libcrypto", "AVX", WAYS_OUT[0], WAYS_OUT[2]))

    def test_is_told_the_three_ways_out_where_rabbitmq_cannot_be_installed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(rabbitmq, "PROGRAM", tmp_path / "absent")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(Obstacle) as raised:
            rabbitmq.install_if_missing()
        assert all(word in str(raised.value) for word in ("apt-get install rabbitmq-server", *WAYS_OUT[1:]))


class TestStatus:
    def test_says_that_nothing_runs(self, tmp_path, free_base, capsys):
        assert status.show(Platform(tmp_path, free_base())) == 1
        assert "make up" in capsys.readouterr().out
