"""What the registry hears, and what it does then."""

from services import events
from services.common import standing
from services.common.event import Fact, State
from services.common.inbox import Keep, React

STATES: dict[type[State], Keep] = {events.Membership: standing.keep, events.Client: standing.keep}
FACTS: dict[type[Fact], React] = {}
