"""The highest level of education, from all that it has been called."""

import re
from functools import lru_cache

# The first that is found counts: what contains another stands before it.
_LEVELS = (
    ("none", r"(?:tidak|tdk|belum|blm|tak)\s*(?:pernah\s*)?(?:sekolah|(?:tamat|lulus)(?:\s*sd)?$)|buta\s*huruf"),
    ("", r"(?:tidak|tdk|belum|blm|tak|putus)\s*(?:tamat|lulus|sekolah)"),  # of a level that was not reached
    ("SD", r"paket\s*a"),
    ("SMP", r"paket\s*b"),
    ("SMA", r"paket\s*c"),
    ("S3", r"s\s*3|strata\s*(?:3|iii|tiga)|dokt?or(?:al)?|ph\s*d"),
    ("S2", r"s\s*2|strata\s*(?:2|ii|dua)|magister|master|m\s*(?:pd|si|kom|kes|m|h|t|ap|ag|hum|sc)|pasca\s*sarjana"),
    ("D4", r"d\s*(?:4|iv)|diploma\s*(?:4|iv|empat)|sarjana\s*(?:sains\s*)?terapan|s\s*tr"),
    ("D3", r"d\s*(?:3|iii)|diploma\s*(?:3|iii|tiga)|a\s*md|sarjana\s*muda"),
    ("D2", r"d\s*(?:2|ii)|diploma\s*(?:2|ii|dua)"),
    ("D1", r"d\s*(?:1|i)|diploma\s*(?:1|i|satu)"),
    ("S1", r"s\s*(?:1|i)|strata\s*(?:1|i|satu)|sarjana|bachelor"),
    ("S1", r"s\s*(?:pd|pdi|kom|h|e|t|sos|ag|kep|ip|ikom|farm|hut|tp|p|si|psi|km|ked)"),
    ("D3", r"diploma|akademi|politeknik"),
    ("SMK", r"smk[ns]?|s\s?m\s?k|stm|skka|smea|smkk|smip|smf|stk|spk|spma|mak|menengah\s*kejuruan"),
    ("SMP", r"smp[ns]?|s\s?m\s?p|sltp|smtp|m\s*ts[ns]?|tsanawiy?ah|menengah\s*pertama|wustha"),
    ("SMA", r"sma[ns]?|s\s?m\s?a|slta|smta|smu|m\s*a[ns]?|aliy?ah|spg|pga|menengah\s*(?:atas|umum)|ulya"),
    ("SD", r"s\s?d[ns]?|m\s*i[ns]?|ibtidaiy?ah|sekolah\s*(?:dasar|rakyat)|sr"),
)  # fmt: skip
# A school's own number may stand right behind it: SMKN1.
_PATTERNS = tuple((level, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z]|(?<=\d)\d)")) for level, words in _LEVELS)


_LONGEST = 80  # characters that are looked at


@lru_cache(maxsize=4096)
def read(text: str) -> str | None:
    """Return the level's code as services.reference.education has it, or None where none is said or understood."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", text[:_LONGEST].casefold()).split())
    return next((level for level, words in _PATTERNS if words.search(plain)), None) or None
