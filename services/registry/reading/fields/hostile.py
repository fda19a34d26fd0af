"""Text that a program would run: formulas of a spreadsheet, and HTML."""

import html
import re

# ="6311…" is no attack but the way to keep a CSV's digits as text.
_KEPT_AS_TEXT = re.compile(r'\s*=\s*"([^"]*)"\s*')
_FORMULA = re.compile(
    r"""
    =\s*\S                                          # an equals sign is never the first of a text
    | [+@] \s* \$?[A-Z]{1,3}\$?\d{1,7} \s* (?:[-+*/:!^]|\Z)   # +A1, but "-K3" is an item of a list
    | [+@] \s* @? [A-Za-z_.]{2,} \( | - [A-Z_.]{2,} \(   # @SUM(
    | [+-] \s* \d+ [\d.,]* \s* [+*/^%] \s* [\d(A-Z$]    # -2+3
    | [+-] \s* \d{1,4} \s* - \s* \d{1,4} \s* \Z       # -2-3
    | [+@-] \s* \(\s*[\dA-Z$]                        # +(1…
    | [+@-] .{0,99} \|\s*'?.{0,99} !                   # +cmd|'/C calc'!A0
    """,
    re.VERBOSE,
)
# A slip of the finger before words or a long number: =Budi Santoso, =6311…
_SLIP = re.compile(r"=\s*([^\W\d_]{2}[^\W\d_]*(?:[ .,'-]+[^\W\d_]+)*\.?|\d[\d .-]{5,})\s*['\"]?")
# Plain words behind a formula, where two fields stand in one cell: =1+1, Desa Lajar
_BEHIND = re.compile(r"[^,()]{1,99}(?:\([^()]{0,300}\))?[^,()]{0,99},\s*([^\W\d_]{2}[\w\s.,/'-]*)")
_SCRIPT = re.compile(r"<\s*(script|style|iframe|object)\b.*?(?:</\s*\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li|tr|td|hr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*(?![\w.+-]+@)[a-zA-Z/!?][^<>]*>|<\s*/?\s*[a-zA-Z]+\s[^<>]*\Z|<!--.*?(?:-->|\Z)", re.DOTALL)
_SCHEME = re.compile(r"\b(?:javascript|vbscript|data:text/html)\s*:", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]{2,8});")
_PEELS = 3  # layers of HTML within HTML; of what is left then, no angle bracket stays


def unwrapped(text: str) -> str:
    """Return what ="…" holds: somebody kept a number's zeros with it."""
    found = _KEPT_AS_TEXT.fullmatch(text) if text[:1] in {"=", " "} else None
    return found[1] if found else text


def harmless(text: str, *, signed: bool = False) -> tuple[str, bool]:
    """Return what may be kept of a text, and whether anything had to go.

    Of HTML the words stay (not a script's), of a formula nothing, since its text says nothing about a person.

    :param signed: a plus or minus at its start belongs to it, as to a phone number.
    """
    bare, marked = _without_html(text) if "<" in text or "&" in text else (text, False)
    start = bare.lstrip(" \t\n'\"")
    if start and start[0] in ("=@" if signed else "=@+-") and _FORMULA.match(start):
        slip = _SLIP.fullmatch(start) or _BEHIND.fullmatch(start)
        return (slip[1] if slip else ""), True
    if _SCHEME.search(bare):
        return "", True
    return bare, marked


def _without_html(text: str) -> tuple[str, bool]:
    bare = _unescaped(text)
    before = bare
    for _ in range(_PEELS):
        peeled = _unescaped(_TAG.sub("", _BREAK.sub(" ", _SCRIPT.sub(" ", bare))))
        if peeled == bare:
            return bare, bare != before
        bare = peeled
    return bare.replace("<", "").replace(">", ""), True


def _unescaped(text: str) -> str:
    return html.unescape(text) if _ENTITY.search(text) else text
