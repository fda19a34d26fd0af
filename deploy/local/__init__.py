"""The whole platform on one Linux machine, without containers: two servers and sixteen processes, kept running."""

from deploy.local.lifecycle import Platform
from deploy.local.obstacle import Obstacle

__all__ = ["Obstacle", "Platform"]
