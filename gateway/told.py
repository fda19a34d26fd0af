"""What the gateway tells of its roots: nothing yet."""

from services.common.relay import Telling

TELLING: Telling = {}
