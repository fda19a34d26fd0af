"""What the gateway hears, and what it does then."""

from gateway.notice import commands as notices
from gateway.notice.model import CERTIFICATE_ISSUED
from services import events
from services.common.event import Fact, State
from services.common.inbox import Keep, React
from services.common.mongo import Row, Tx, new_id
from services.reference import clock


def certificate_issued(tx: Tx, heard: Row) -> None:
    """Let the worker know."""
    params = {"certificate_id": heard["certificate_id"], "skill": heard["skill"]}
    asked = {"worker_id": heard["worker_id"], "kind": CERTIFICATE_ISSUED, "params": params}
    notices.give(tx, id=new_id(), now=clock.now(), **asked)


STATES: dict[type[State], Keep] = {}
FACTS: dict[type[Fact], React] = {events.CertificateIssued: certificate_issued}
