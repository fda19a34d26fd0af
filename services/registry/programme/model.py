"""A programme: a kind of training, and what it teaches."""

from dataclasses import dataclass

from services.common.errors import Conflict, Missing


class ProgrammeUnknown(Missing):
    """No programme has this id."""


class ProgrammeTaken(Conflict):
    """A programme of this name is there already, at the address in Location."""

    path = "/v1/programmes/{}"


@dataclass(frozen=True, kw_only=True)
class TaughtSkill:
    skill: str
    level: int  # 1 to 5, of whoever passes


@dataclass(frozen=True, kw_only=True)
class Programme:
    id: str
    version: int
    name: str
    hours: int
    skills: tuple[TaughtSkill, ...]
