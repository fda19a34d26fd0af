"""What vacancies hears, and what it does then."""

from services import events
from services.common import standing
from services.common.event import Fact, State
from services.common.inbox import Keep, React
from services.vacancies.skill import store as skills

STATES: dict[type[State], Keep] = {
    events.Membership: standing.keep,
    events.Client: standing.keep,
    events.Skill: skills.keep,
}
FACTS: dict[type[Fact], React] = {}
