"""What Supervisor is to keep running: epmd, mongod and RabbitMQ unless others take their place, and the sixteen."""

import sys

from deploy.local import mongodb, processes, rabbitmq
from deploy.local.places import LOOPBACK, Places
from deploy.local.supervision import PROCESSES, SERVERS, Program

FLUSH_S = 60  # what a server may take to write down what it holds, before it is killed


def of(places: Places, *, own_mongodb: bool, own_rabbitmq: bool) -> list[Program]:
    """Return them, after making sure that the servers can run here.

    :raises Obstacle: one of them cannot.
    """
    found = [_process(each) for each in processes.sixteen(places.port)]
    if own_rabbitmq:
        found += _rabbitmq(places)
    if own_mongodb:
        found.append(Program("mongod", SERVERS, mongodb.command(places), patience_s=FLUSH_S))
    return found


def ports(places: Places, *, own_mongodb: bool, own_rabbitmq: bool) -> dict[int, str]:
    """Return every port that the platform needs, and what for."""
    found = {each.port: each.name for each in processes.sixteen(places.port)}
    if own_mongodb:
        found[places.mongodb_port] = "MongoDB"
    if own_rabbitmq:
        found |= {places.amqp_port: "RabbitMQ", places.distribution_port: "RabbitMQ", places.epmd_port: "epmd"}
    return found


def _process(process: processes.Process) -> Program:
    private = {**process.listening, "HOST": LOOPBACK, "MALLOC_ARENA_MAX": "2"}  # glibc's arenas cost memory by thread
    return Program(process.name, PROCESSES, [sys.executable, "-m", process.module], private)


def _rabbitmq(places: Places) -> list[Program]:
    rabbitmq.install_if_missing()
    rabbitmq.prepare(places)
    private = rabbitmq.environment(places)
    return [
        Program("epmd", SERVERS, rabbitmq.epmd_command(places)),
        Program("rabbitmq", SERVERS, [str(rabbitmq.PROGRAM)], private, FLUSH_S),
    ]
