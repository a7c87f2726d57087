"""Turns text into the terms that are indexed and searched, the same way for passage and question."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import Stemmer

from retrieval.text.irregular import ENGLISH
from retrieval.text.stopwords import stop_words
from retrieval.text.words import WORD

GRAM_LENGTH = 3
"""Characters in a term of Thai, Lao, Khmer or Burmese, which are written without spaces (S@1 0.93)."""

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
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u0640"))
_UNSEEN.update(dict.fromkeys(range(0x64B, 0x653)))
_NUMBER_GROUP = re.compile(
    r"\d{1,3}(?:[,.’' \u00a0\u202f]\d{3})+(?![\d.,]*\d)|\d+[.,]\d+(?![\d.,]*\d)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.’' \u00a0\u202f]\d{3})+")


@dataclass(frozen=True, slots=True)
class Token:
    """One term and where it stands.

    Args:
        term: what is indexed: the stem, a number, an ideograph or a pair of them.
        surface: the word as written, in one case.
        start, end: characters of the text.
        stop: whether it is too common to count for anything.
    """

    term: str
    surface: str
    start: int
    end: int
    stop: bool


class Analyzer:
    """The terms of one language. Safe to share between threads.

    Args:
        language: ISO 639-1 code. Without a Snowball stemmer for it, words stay as they are.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop = stop_words(language)
        self._forms = ENGLISH if language == "en" else {}
        # A stemmer keeps a cache inside, and is not meant for two threads at once.
        self._lock = threading.Lock()
        name = _SNOWBALL.get(language)
        self._stem: Callable[[list[str]], list[str]] = (
            Stemmer.Stemmer(name).stemWords if name else list
        )

    def tokens(self, text: str) -> list[Token]:
        """Find the terms of a text, in order; those of ideographs overlap."""
        found = list(self._raw(text))
        stemmed = [
            index
            for index, token in enumerate(found)
            if not token.stop and token.term.replace("'", "").isalpha()
        ]
        with self._lock:
            stems = self._stem(
                [self._forms.get(found[index].term, found[index].term) for index in stemmed]
            )
        for index, stem in zip(stemmed, stems, strict=True):
            token = found[index]
            found[index] = Token(stem, token.surface, token.start, token.end, token.stop)
        return found

    def terms(self, text: str) -> list[str]:
        """Only the terms that count, as the index is given them."""
        return [token.term for token in self.tokens(text) if not token.stop]

    def _raw(self, text: str) -> Iterable[Token]:
        skip_to = 0
        previous: re.Match[str] | None = None
        for match in WORD.finditer(text):
            if match.start() < skip_to:
                continue
            if match["ideograph"]:
                yield Token(match[0], match[0], match.start(), match.end(), match[0] in self._stop)
                if previous is not None and previous.end() == match.start():
                    pair = previous[0] + match[0]
                    yield Token(pair, pair, previous.start(), match.end(), pair in self._stop)
                previous = match
                continue
            previous = None
            if match["spaceless"]:
                yield from self._grams(match)
            elif match[0][0].isdigit() and (number := _NUMBER_GROUP.match(text, match.start())):
                skip_to = number.end()
                yield self._number(number)
            else:
                yield self._word(match, text)

    def _word(self, match: re.Match[str], text: str) -> Token:
        written = match[0]
        surface = self.normalise(written)
        if match["initials"]:
            surface = surface.replace(".", "")
        capitals = written.isupper() and len(surface) > 1 and surface in self._stop
        if capitals and (match["initials"] or not _shouts(text)):
            # US, WHO and IT are not us, who and it.
            surface = ".".join(surface)
            return Token(surface, surface, match.start(), match.end(), stop=False)
        return Token(surface, surface, match.start(), match.end(), surface in self._stop)

    def _number(self, match: re.Match[str]) -> Token:
        digits = "".join(filter(str.isdigit, match[0]))
        surface = digits if _GROUPED.fullmatch(match[0]) else match[0].replace(",", ".")
        return Token(surface, surface, match.start(), match.end(), stop=False)

    def _grams(self, match: re.Match[str]) -> Iterable[Token]:
        run = match[0]
        for index in range(max(1, len(run) - GRAM_LENGTH + 1)):
            gram = run[index : index + GRAM_LENGTH]
            start = match.start() + index
            yield Token(gram, gram, start, start + len(gram), stop=False)

    def normalise(self, word: str) -> str:
        """Fold case, width and typographic apostrophes, and drop what is not seen; accents stay."""
        if self.language == "tr":
            word = word.translate(_DOTTED_I)
        folded = unicodedata.normalize("NFKC", word).casefold().translate(_UNSEEN)
        return unicodedata.normalize("NFC", folded).replace("’", "'").replace("ʼ", "'")


def _shouts(text: str) -> bool:
    lower = sum(map(str.islower, text))
    return lower < sum(map(str.isupper, text))


@cache
def analyzer(language: str) -> Analyzer:
    """The analyzer of a language, made once."""
    return Analyzer(language)
