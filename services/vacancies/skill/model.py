"""A skill of the registry's taxonomy, as vacancies needs it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Skill:
    id: str
    label_id: str
    label_en: str


def unknown(near: Sequence[str]) -> str:
    """Return what to say of an id that no skill has.

    :param near: the ids that may have been meant.
    """
    return f"No skill has this id; near it: {', '.join(near)}." if near else "No skill has this id."
