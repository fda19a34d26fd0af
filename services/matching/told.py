"""What matching tells."""

from services.common.relay import Telling

TELLING: Telling = {}
