"""What every part of the local platform raises when it cannot go on."""


class Obstacle(Exception):
    """Something keeps the platform from running; its words say what, and what the operator can do."""
