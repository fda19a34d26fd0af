"""A look: somebody was shown personal data of a worker, or tried to learn some."""

from dataclasses import dataclass
from datetime import datetime

CLAIM_CHECK = "claim-check"  # a certificate's number was held against the worker's
CLAIM_CODE = "claim-code"  # whoever has a one-time code said a NIK
CLAIM_LETTER = "claim-letter"  # a code was to be sent to the worker's e-mail
CANDIDATES = "candidates"  # the office saw them named among those who fit a vacancy
ASKED = (CANDIDATES,)  # for which somebody may ask to look
REASONS = (CLAIM_CHECK, CLAIM_CODE, CLAIM_LETTER, *ASKED)
AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Look:
    """by: the account that looked, or `gateway`; role: as what; why: one of REASONS.

    worker_id: None where nobody was found. It is written all the same: a search for somebody who is
    not here must take as long as one for somebody who is.
    """

    id: str
    worker_id: str | None
    by: str
    role: str
    why: str
    at: datetime
