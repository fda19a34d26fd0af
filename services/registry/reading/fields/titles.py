"""Titles and degrees around a name, which the identity card does not have."""

import re

_BEFORE = re.compile(
    r"""
    ^[\W\d_]* (?:
        (?: prof|drs?|dra|drg|ir|hj?|hjh|kh|ust(?:adz?(?:ah)?)?|tn|ny|nn|sdra?|sdri|bpk|alm|almh|mr|mrs ) (?:\.\s*|\s+)
      | (?: bapak|ibu|saudara|saudari|ananda|almarhum(?:ah)?|haji|hajj?ah ) \s+
      | (?: apt|ns|ners|lc ) \.\s* | h (?= m[.\s] )
      | k\.\s?h\.\s* | a\.?n\.\s* | a/n\s+ | yth\.?\s+
    ) (?=\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DOT = r"[.\s]{0,2}"
_DEGREE = rf"""
    s{_DOT}(?:pd(?:{_DOT}(?:i|sd|aud))?|kom|t|e|h|sos(?:{_DOT}i)?|ag|kep|km|ip|p|pi|pt|hut|tp|si|psi|sn|ds|{_DOT}i{_DOT}kom|e{_DOT}i
        |h{_DOT}i|farm|gz|keb|ab|ap|st|th{_DOT}i|hum|or|par|ak|akun|ked|tr(?:{_DOT}(?:t|kes|keb|kep|kom|ak|p|gz|ip))?)
    | m{_DOT}(?:pd(?:{_DOT}i)?|kom|t|e|m|h|si|sos|ag|kes|kep|hum|ip|ap|ak|sc|kn|a|b{_DOT}a)
    | a{_DOT}m{_DOT}(?:d|k|g)(?:{_DOT}(?:keb|kep|kom|t|ak|par|kg|gz|farm|pd|p))?
    | d{_DOT}(?:[1-4]|i{{1,3}}|iv) | s{_DOT}[1-3] | ph{_DOT}d | lc | ners | ns | apt | gr | b{_DOT}(?:a|sc|eng) | skm
"""
_AFTER = re.compile(
    rf"(?P<gap>\s*[,;]\s*|\s+|(?<=[a-z])\.\s?)(?P<degree>{_DEGREE})[\s.,]*$", re.VERBOSE | re.IGNORECASE
)
# Degrees that are nobody's name, even without a point or a comma.
_PLAIN = frozenset(
    (
        "spd",
        "skom",
        "amd",
        "skm",
        "spdi",
        "sag",
        "ssos",
        "skep",
        "mpd",
        "msi",
        "mkom",
        "sst",
        "shut",
        "spsi",
        "mkes",
        "amk",
    )
)
_PLAIN_CAPITALS = frozenset(("SE", "SH", "ST", "MM", "MT", "MH", "SP"))
_REMARK = re.compile(r"\s*(?:\([^)]*\)?|\[[^\]]*\]?)\s*|\s+(?:alias|als)\b.*$", re.IGNORECASE)
_EDGES = re.compile(r"^[\W\d_]+|(?:[\d_]|[^\w.'])+$")
_ALONE = re.compile(r"\W*(?:hj?|hjh|ir|drs?|dra|sdr[ai]?|bpk|tn|ny|nn|kh|prof)\W*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")


def without(name: str) -> str:
    """Return a name without titles, degrees, the number in front of it and remarks behind it.

    Where nothing else is there, it stays as it is.
    """
    while (shorter := _shortened(name)) != name:
        name = shorter
    return name


def _shortened(name: str) -> str:
    for around in (_REMARK, _EDGES, _BEFORE):
        name = _kept(around.sub(" " if around is _REMARK else "", name).strip(), name)
    return _without_degree(name)


def are_all(name: str) -> bool:
    """Tell whether nothing but a title stands there."""
    return _ALONE.fullmatch(name) is not None


def _kept(shorter: str, name: str) -> str:
    return shorter if _WORD.search(shorter) else name


def _without_degree(name: str) -> str:
    found = _AFTER.search(name)
    if not found:
        return name
    rest = name[: found.start()].strip()
    return rest if len(_WORD.findall(rest)) > 1 and _is_degree(found, rest) else name


def _is_degree(found: re.Match[str], rest: str) -> bool:
    """Tell a degree from the last word of a name: it has a comma or a point, or is nothing else."""
    degree = found["degree"]
    if found["gap"].strip() or "." in degree or found[0].endswith(".") or any(map(str.isdigit, degree)):
        return True
    plain = "".join(degree.split())
    return plain.casefold() in _PLAIN or (plain in _PLAIN_CAPITALS and " " in rest)
