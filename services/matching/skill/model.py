"""A skill, as matching needs it: what it is called."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Skill:
    id: str
    label_id: str
    label_en: str

    def label(self, language: str) -> str:
        return self.label_id if language == "id" else self.label_en
