"""The local platform is tested on servers of its own, under a temporary root and on free ports."""

import random
import socket

import pytest

from deploy.local import Platform
from deploy.local.places import LOOPBACK

PORTS = 34


@pytest.fixture(autouse=True)
def empty_databases():
    """Leave the services' databases alone: nothing here stands on them."""


@pytest.fixture(scope="module")
def free_base():
    """Find bases of free ports, below those that the system hands out itself."""

    def is_free(port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            return probe.connect_ex((LOOPBACK, port)) != 0

    def find():
        while True:
            base = random.SystemRandom().randrange(20000, 32000)
            if all(is_free(base + at) for at in range(PORTS)):
                return base

    return find


@pytest.fixture(scope="module")
def platform(tmp_path_factory, free_base):
    # A blank, since paths may hold one.
    found = Platform(tmp_path_factory.mktemp("begawi here"), free_base())
    yield found
    found.down()
