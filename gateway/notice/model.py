"""A notice: what the platform lets a person know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

CERTIFICATE_ISSUED = "certificate-issued"
SENTENCES = {CERTIFICATE_ISSUED: "You were issued a certificate; it now counts in your profile."}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """params: what it is about, as ids and codes; never a personal datum."""

    id: str
    worker_id: str
    kind: str
    params: Mapping[str, str]
    created_at: datetime
    read_at: datetime | None = None

    @property
    def sentence(self) -> str:
        """What a person reads, in English."""
        return SENTENCES[self.kind]
