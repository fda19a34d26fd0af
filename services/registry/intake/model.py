"""An intake: many people at once, as an institution sends them, each line taken or given back with its reason."""

from dataclasses import dataclass
from datetime import datetime

from services.common.errors import Missing

CHUNK = 100  # lines a transaction: commit → visible stays under 100 ms beside it


class IntakeUnknown(Missing):
    """No intake has this id."""


@dataclass(frozen=True, kw_only=True)
class LineError:
    """Why a line was not taken. It names fields, never what they held."""

    line: int  # from 1
    code: str
    fields: tuple[str, ...]  # JSON pointers


@dataclass(frozen=True, kw_only=True)
class Intake:
    id: str
    version: int
    institution_id: str
    job: str  # the id of the job that carries it out
    total: int
    errors: tuple[LineError, ...]
    created_at: datetime
