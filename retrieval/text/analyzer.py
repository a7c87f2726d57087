"""Turns text into the words and stems that are indexed and searched, the same way for passage and question."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from retrieval.text.irregular import ENGLISH
from retrieval.text.numerals import ISO_DATE, month_names, number_words, plain_ordinal
from retrieval.text.stopwords import stop_words
from retrieval.text.words import FIRST_IDEOGRAPH, WORD, is_ideograph

SPACELESS_GRAM = 3
"""Characters in a word of Thai, Lao, Khmer or Burmese, which are written without spaces (S@1 0.93)."""

GRAM = 4
"""Characters in a gram: inside words, so that endings and compounds meet (German S@1 +3.4 points)."""

HANGUL_GRAM = 2

WORDS_KEPT = 65_536
"""Words that are remembered with their stems; looking one up costs a tenth of finding it."""

QUESTIONS_KEPT = 256
"""Questions whose words are remembered, in one language each; some 5 kB."""

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
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
_NUMBER = re.compile(
    r"(?<![\d][.,])(?:\d{1,3}(?:[,.’' \u00a0\u202f]\d{3})+|\d+[.,]\d+)(?![\d.,]*\d)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.’' \u00a0\u202f]\d{3})+")
_HANGUL = re.compile("[\uac00-\ud7a3]")


class Token(NamedTuple):
    """One word and where it stands.

    Attributes:
        surface: the word in one case, without possessive ending.
        stem: what is indexed: its stem, a number in digits, an ideograph.
        start, end: characters of the text.
        stop: whether it is too common to count for anything.
    """

    surface: str
    stem: str
    start: int
    end: int
    stop: bool


_new = tuple.__new__


class Analyzer:
    """The words of one language. Safe to share between threads.

    Args:
        language: ISO 639-1 code. Without a Snowball stemmer for it, words stay as they are.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop = stop_words(language)
        self._forms = {**(ENGLISH if language == "en" else {}), **number_words(language)}
        self._stems: dict[str, str] = {}
        self._words: dict[str, tuple[str, str, bool]] = {}
        # A stemmer keeps a cache inside, and is not meant for two threads at once.
        self._lock = threading.Lock()
        name = _SNOWBALL.get(language)
        self._snowball: Callable[[str], str] | None = (
            Stemmer.Stemmer(name, 0).stemWord if name else None
        )

    def tokens(self, text: str) -> list[Token]:
        """Find the words of a text, in order."""
        found: list[Token] = []
        past = 0
        known_as = self._words.get
        for match in WORD.finditer(text):
            start, end = match.span()
            if start < past:
                continue
            written = match[0]
            known = known_as(written)
            if known is not None:
                surface, stem, stop = known
                found.append(_new(Token, (surface, stem, start, end, stop)))
            elif match["word"] is None:
                found.extend(self._unspaced(match))
            elif written[0].isdigit():
                numbers, past = self._numbers(text, match)
                found.extend(numbers)
            else:
                found.append(self._word(match, text))
        return found

    def content(self, text: str) -> list[str]:
        """Only the stems that count."""
        return [token.stem for token in self.tokens(text) if not token.stop]

    def grams(self, tokens: Sequence[Token]) -> list[str]:
        """Four-character grams inside the words that count (two in Hangul); of ideographs, pairs of neighbours."""
        grams: list[str] = []
        before = ""
        for token in tokens:
            word = token.surface
            if word >= FIRST_IDEOGRAPH and is_ideograph(word):
                if before:
                    grams.append(before + word)
                before = word
                continue
            before = ""
            if not token.stop:
                grams.extend(_word_grams(word))
        return grams

    def lemma(self, surface: str) -> str:
        """The dictionary form of an irregular word, digits for a number word; other words as they are."""
        return self._forms.get(surface, surface)

    def lemmas(self, surfaces: Sequence[str]) -> list[str]:
        """The dictionary forms of words, see `lemma`."""
        return list(map(self._forms.get, surfaces, surfaces))

    def stem(self, surface: str) -> str:
        """The stem of a word; numbers, and words of languages without a stemmer, stay as they are."""
        found = self._stems.get(surface)
        if found is None:
            found = self._forms.get(surface, surface)
            if self._snowball is not None and not found[0].isdigit() and "." not in found:
                with self._lock:
                    found = self._snowball(found) or found
            if len(self._stems) >= WORDS_KEPT:
                self._stems.clear()
            self._stems[surface] = found
        return found

    def _token(self, surface: str, start: int, end: int) -> Token:
        return Token(surface, self.stem(surface), start, end, surface in self._stop)

    def _word(self, match: re.Match[str], text: str) -> Token:
        start, end = match.span()
        surface = self._normalise(match[0])
        if match["initials"]:
            surface = surface.replace(".", "")
        if (
            match[0].isupper()
            and len(surface) > 1
            and surface in self._stop
            and (match["initials"] or not _shouts(text))
        ):
            # US, WHO and IT are not us, who and it.
            surface = ".".join(surface)
            return self._token(surface, start, end)
        token = self._token(surface, start, end)
        if not match["initials"] and not match[0].isupper():
            if len(self._words) >= WORDS_KEPT:
                self._words.clear()
            self._words[match[0]] = (token.surface, token.stem, token.stop)
        return token

    def _numbers(self, text: str, match: re.Match[str]) -> tuple[Iterator[Token], int]:
        """The tokens of a date or number, and where they end."""
        start, end = match.span()
        if (day := ISO_DATE.match(text, start)) and (months := month_names(self.language)):
            surfaces = (day[1], months[int(day[2]) - 1], day[3].lstrip("0"))
            places = map(day.span, (1, 2, 3))
            tokens = (
                self._token(surface, *place)
                for surface, place in zip(surfaces, places, strict=True)
            )
            return tokens, day.end()
        if number := _NUMBER.match(text, start):
            digits = "".join(filter(str.isdigit, number[0]))
            surface = digits if _GROUPED.fullmatch(number[0]) else number[0].replace(",", ".")
            return iter([self._token(surface, start, number.end())]), number.end()
        surface = plain_ordinal(self._normalise(match[0]), self.language)
        return iter([self._token(surface, start, end)]), end

    def _unspaced(self, match: re.Match[str]) -> Iterator[Token]:
        size = 1 if match["ideograph"] else SPACELESS_GRAM
        run, first = match[0], match.start()
        for at in range(max(1, len(run) - size + 1)):
            piece = run[at : at + size]
            yield self._token(piece, first + at, first + at + len(piece))

    def _normalise(self, word: str) -> str:
        """One case, one width, one apostrophe, no elision or possessive, nothing unseen; accents stay."""
        if self.language == "tr":
            word = word.translate(_DOTTED_I)
        if not word.isascii():
            word = unicodedata.normalize("NFKC", word.translate(_UNSEEN))
            word = word.replace("’", "'").replace("ʼ", "'")
            if word.isdecimal():
                word = "".join(str(unicodedata.decimal(digit)) for digit in word)
        word = word.lower()
        if "'" in word:
            if self.language in _ELIDING:
                word = _ELISION.sub("", word, count=1)
            elif self.language == "tr":
                word = word.partition("'")[0]
            word = word.removesuffix("'s").replace("'", "")
        return word or "'"


@lru_cache(WORDS_KEPT)
def _word_grams(word: str) -> tuple[str, ...]:
    size = HANGUL_GRAM if _HANGUL.match(word) else GRAM
    return tuple(word[at : at + size] for at in range(len(word) - size + 1)) or (word,)


def _shouts(text: str) -> bool:
    return sum(map(str.islower, text)) < sum(map(str.isupper, text))


@lru_cache(QUESTIONS_KEPT)
def question_tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words of a question in one language; several steps on the way to an answer look at them."""
    return tuple(analyzer(language).tokens(text))


@cache
def analyzer(language: str) -> Analyzer:
    """The analyzer of a language, made once."""
    return Analyzer(language)
