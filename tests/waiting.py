"""Waiting for what comes about, instead of sleeping and hoping."""

import time

LOOK_EVERY_S = 0.02


def until(condition, within_s):
    """Look until the condition gives something true, and return that; fail when it does not in time."""
    end = time.monotonic() + within_s
    while not (found := condition()):
        assert time.monotonic() < end, f"did not come about within {within_s} s: {condition}"
        time.sleep(LOOK_EVERY_S)
    return found
