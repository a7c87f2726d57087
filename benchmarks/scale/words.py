"""The words of made-up news: real common ones, made-up rarer ones, and names of people, places and organisations."""

import math
from itertools import chain, count, filterfalse, islice
from pathlib import Path

import numpy as np


def _words(name: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


COMMON_WORDS = _words("common_words.txt")
"""Of English news, the commoner first: the highest ranks of the vocabulary."""

_KNOWN = frozenset(COMMON_WORDS)

HEAPS_K, HEAPS_BETA = 44.0, 0.49
"""Different words in a text of n words: k n^beta; as measured on Reuters' news (RCV1)."""

_ONSETS = (
    *"bcdfghjklmnprstvw",
    *("br", "ch", "cl", "dr", "fl", "gr", "pl", "pr", "sh", "st", "tr"),
)
_VOWELS = "aeiou"
_SYLLABLES = tuple(onset + vowel for onset in _ONSETS for vowel in _VOWELS)
_CODAS = "klmnrt"
"""No letter that an ending begins or ends with, so that no two words come out the same."""

_ENDINGS = ("", "s", "ed", "ing")
_STRIDE = 7_919
"""A prime, so that words next to each other in rank are not next to each other in spelling."""

FIRST_NAMES = _words("first_names.txt")
_SURNAME_ENDINGS = ("son", "ov", "ez", "man", "ski", "ini", "sen", "wick")
_PLACE_ENDINGS = ("ton", "ville", "burg", "grad", "ford", "mouth", "ia", "holm")
ORGANISATIONS = ("Party", "Bank", "Council", "Union", "Group", "Institute", "Agency", "Airways")


def vocabulary_size(words: int) -> int:
    """How many different words a text of so many words is made of, by Heaps' law."""
    return len(COMMON_WORDS) + math.ceil(HEAPS_K * math.pow(words, HEAPS_BETA))


def vocabulary(size: int) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Different words, the commonest first; the same ones whatever the size."""
    made = filterfalse(_KNOWN.__contains__, map(_made_up, count()))
    return np.array(list(islice(chain(COMMON_WORDS, made), size)), object)


def surname(source: np.random.Generator) -> str:
    """A made-up family name."""
    return _name(source, _SURNAME_ENDINGS)


def place(source: np.random.Generator) -> str:
    """A made-up town or country."""
    return _name(source, _PLACE_ENDINGS)


def _name(source: np.random.Generator, endings: tuple[str, ...]) -> str:
    one, other = source.integers(len(_SYLLABLES), size=2).tolist()
    ending = endings[int(source.integers(len(endings)))]
    return f"{_SYLLABLES[one]}{_SYLLABLES[other]}{ending}".capitalize()


def _made_up(place: int) -> str:
    """The word of a rank behind the common ones: two syllables or more, a consonant, an ending."""
    root, ending = divmod(place, len(_ENDINGS))
    syllables, roots = 2, len(_SYLLABLES) ** 2 * len(_CODAS)
    while root >= roots:
        root -= roots
        syllables, roots = syllables + 1, roots * len(_SYLLABLES)
    rest, coda = divmod(root * _STRIDE % roots, len(_CODAS))
    letters = ""
    for _ in range(syllables):
        rest, syllable = divmod(rest, len(_SYLLABLES))
        letters += _SYLLABLES[syllable]
    return letters + _CODAS[coda] + _ENDINGS[ending]
