"""What the gateway tells of its roots: whose tokens hold, and since when."""

from gateway.account import store as accounts
from gateway.client import store as clients
from services import events
from services.common.relay import Telling, Told

TELLING: Telling = {
    events.Membership: Told("accounts", accounts.standing),
    events.Client: Told("clients", clients.standing),
}
