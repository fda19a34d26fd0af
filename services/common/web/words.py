"""What a client reads, in its language: Indonesian first, English second.

English sentences are the keys; `id.po` of the kernel and of each deployable holds the
Indonesian ones, read at start. A key with {places} also translates sentences that were
filled in elsewhere, as marshmallow's are.
"""

import re
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask import has_request_context, request

LANGUAGES = ["id", "en"]
PLACE = re.compile(r"\\\{(\w+)\\\}")

_said: dict[str, str] = {}
_filled: list[tuple[re.Pattern[str], str]] = []


def learn(folder: Path) -> None:
    """Take in a folder's id.po."""
    with (folder / "id.po").open("rb") as file:
        for message in read_po(file, locale="id"):
            if not message.id or not message.string:
                continue
            _said[str(message.id)] = str(message.string)
            if "{" in message.id:
                _filled.append((_pattern(str(message.id)), str(message.string)))
    _in_indonesian.cache_clear()


def language() -> str:
    """Return the language of whoever asks: id or en."""
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]


def say(sentence: str, to: str | None = None) -> str:
    """Return the sentence in the language of whoever asks, or in `to`; as it is when it has no translation."""
    return _in_indonesian(sentence) if (to or language()) == "id" else sentence


def is_known(sentence: str) -> bool:
    """Tell whether there is an Indonesian sentence for it."""
    return sentence in _said or any(pattern.fullmatch(sentence) for pattern, _ in _filled)


@lru_cache(maxsize=2000)
def _in_indonesian(sentence: str) -> str:
    if sentence in _said:
        return _said[sentence]
    found = ((pattern.fullmatch(sentence), said) for pattern, said in _filled)
    return next((said.format(**match.groupdict()) for match, said in found if match), sentence)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(r"(?P<\1>.+?)", re.escape(sentence)))


learn(Path(__file__).parent)
