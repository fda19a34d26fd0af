"""What the registry hears, and what it does then: nothing yet."""

from services.common.event import Fact, State
from services.common.inbox import Keep, React

STATES: dict[type[State], Keep] = {}
FACTS: dict[type[Fact], React] = {}
