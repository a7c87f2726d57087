"""Brings a word as it is written into the form in which words are compared."""

import re
import unicodedata

_DOTTED_I = str.maketrans({"I": "ı", "İ": "i"})
# Soft hyphens, joiners, and the vowel points that Arabic and Hebrew text has or has not.
_UNSEEN = dict.fromkeys(
    [
        0xAD,
        0x640,
        0x670,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        *range(0x64B, 0x653),
        *range(0x591, 0x5C8),
    ]
)
_ELISION = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|nell|sull|dall|all|un|quest)'(?=\w)"
)
_ELIDING = frozenset({"fr", "it", "ca", "oc"})


def normalise(word: str, language: str) -> str:
    """One case, one width, one apostrophe, no elision or possessive, nothing unseen; accents stay.

    Args:
        word: as it is written.
        language: ISO 639-1 code.
    """
    if language == "tr":
        word = word.translate(_DOTTED_I)
    if not word.isascii():
        # A ligature of several words stays one: blanks would take it apart in the index, and nowhere else.
        word = unicodedata.normalize("NFKC", word.translate(_UNSEEN)).replace(" ", "")
        word = word.replace("’", "'").replace("ʼ", "'")
        if word.isdecimal():
            word = "".join(str(unicodedata.decimal(digit)) for digit in word)
    word = word.lower()
    if "'" in word:
        if language in _ELIDING:
            word = _ELISION.sub("", word, count=1)
        elif language == "tr":
            word = word.partition("'")[0]
        word = word.removesuffix("'s").replace("'", "")
    return word or "'"
