"""A person's sex."""

from functools import lru_cache

from rapidfuzz.distance import OSA

_WORDS = {
    "L": "l lk lki lkl laki lakilaki lelaki laki2 pria priya cowok cowo putra m male man boy jantan 1 tuan tn bpk",
    "P": "p pr prp pmp perempuan wanita cewek cewe putri female woman girl w wnt f 2 ibu ny nn",
}
_SEX = {word: sex for sex, words in _WORDS.items() for word in words.split()}
_LONG = {word: sex for word, sex in _SEX.items() if len(word) > 5}  # noqa: PLR2004
_LONGEST = 40  # characters that are looked at
_TYPOS = 2  # letters of a long word that may be wrong


@lru_cache(maxsize=4096)
def read(text: str) -> str | None:
    """Return L (man) or P (woman), or None where neither is said, or both."""
    words = "".join(sign if sign.isalnum() else " " for sign in text[:_LONGEST].casefold()).split()
    whole = _of_word("".join(words))
    found = {whole} if whole else {_of_word(word) for word in words} - {None}
    return found.pop() if len(found) == 1 else None


def _of_word(word: str) -> str | None:
    if word in _SEX or len(word) < 6:  # noqa: PLR2004
        return _SEX.get(word)
    near = {sex for known, sex in _LONG.items() if OSA.distance(word, known, score_cutoff=_TYPOS) <= _TYPOS}
    return near.pop() if len(near) == 1 else None
