"""Turns text into the words and stems that are indexed and searched, the same way for passage and question."""

import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

import Stemmer

from retrieval.text.irregular import ENGLISH
from retrieval.text.lexicon import UNKNOWN, Lexicon
from retrieval.text.normalising import normalise
from retrieval.text.numerals import ISO_DATE, month_names, number_words, plain_ordinal
from retrieval.text.stopwords import stop_words
from retrieval.text.words import FIRST_IDEOGRAPH, WORD, is_ideograph, is_spaceless

SPACELESS_GRAM = 3
"""Characters in a word of Thai, Lao, Khmer or Burmese, which are written without spaces (S@1 0.93)."""

GRAM = 4
"""Characters in a gram: inside words, so that endings and compounds meet (German S@1 +3.4 points)."""

HANGUL_GRAM = 2

BETWEEN = "\n\n"
"""What texts are told apart by where several are read in one go; no word and no number reaches across."""

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


class _Place(NamedTuple):
    surface: str
    start: int
    end: int


class Found(NamedTuple):
    """The words of some texts, as columns.

    Attributes:
        lexicon: what is known of the words.
        numbers: of the words in the lexicon, one text's after the other's.
        starts, ends: characters where each stands, in the texts joined with `BETWEEN`.
        offsets: where each text begins there, and where one more would.
    """

    lexicon: Lexicon
    numbers: list[int]
    starts: list[int]
    ends: list[int]
    offsets: list[int]


class Analyzer:
    """The words of one language. Safe to share between threads.

    Args:
        language: ISO 639-1 code. Without a Snowball stemmer for it, words stay as they are.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop = stop_words(language)
        self._forms = {**(ENGLISH if language == "en" else {}), **number_words(language)}
        self._lexicon = Lexicon(self._stems, self._stop)
        # A stemmer keeps a cache inside, and is not meant for two threads at once.
        self._lock = threading.Lock()
        name = _SNOWBALL.get(language)
        self._snowball = Stemmer.Stemmer(name, 0) if name else None

    def find(self, texts: Sequence[str]) -> Found:
        """Find the words of some texts, one text's after the other's.

        Args:
            texts: none of them is read as if it went on in the next.
        """
        text = BETWEEN.join(texts)
        offsets = [0, *accumulate(len(each) + len(BETWEEN) for each in texts)]
        if self._lexicon.full:
            # Whoever holds the old one, in another thread, goes on with it.
            self._lexicon = Lexicon(self._stems, self._stop)
        lexicon = self._lexicon
        pieces = WORD.split(text)
        written = pieces[1::2]
        places = list(accumulate(map(len, pieces)))
        numbers = list(map(lexicon.written.get, written, repeat(UNKNOWN)))
        found = Found(lexicon, numbers, places[:-1:2], places[1::2], offsets)
        unknown = [at for at, number in enumerate(numbers) if number == UNKNOWN]
        return self._completed(found, text, written, unknown) if unknown else found

    def tokens(self, text: str) -> list[Token]:
        """Find the words of a text, in order."""
        lexicon, numbers, starts, ends, _ = self.find((text,))
        surfaces = map(lexicon.surfaces.__getitem__, numbers)
        stems = map(lexicon.stems.__getitem__, numbers)
        stops = map(lexicon.stops.__getitem__, numbers)
        return list(map(Token._make, zip(surfaces, stems, starts, ends, stops, strict=True)))

    def content(self, text: str) -> list[str]:
        """Only the stems that count."""
        return [token.stem for token in self.tokens(text) if not token.stop]

    def grams(self, words: Iterable[tuple[str, bool]]) -> list[str]:
        """Four-character grams inside the words that count (two in Hangul); of ideographs, pairs of neighbours.

        Args:
            words: in one case, and whether each is a stop word.
        """
        grams: list[str] = []
        before = ""
        for word, stop in words:
            if word >= FIRST_IDEOGRAPH and is_ideograph(word):
                if before:
                    grams.append(before + word)
                before = word
                continue
            before = ""
            if not stop:
                grams.extend(word_grams(word))
        return grams

    def lemma(self, surface: str) -> str:
        """The dictionary form of an irregular word, digits for a number word; other words as they are."""
        return self._forms.get(surface, surface)

    def _stems(self, surfaces: Sequence[str]) -> Sequence[str]:
        """The stems of words; numbers, and words of languages without a stemmer, stay as they are."""
        found = list(map(self._forms.get, surfaces, surfaces))
        if self._snowball is None:
            return found
        with self._lock:
            stems = self._snowball.stemWords(found)
        return [
            word if word[0].isdigit() or "." in word else stem or word
            for word, stem in zip(found, stems, strict=True)
        ]

    def _completed(
        self, found: Found, text: str, written: Sequence[str], unknown: Sequence[int]
    ) -> Found:
        """Find out about words that the lexicon can't tell of: new ones, numbers, what depends on the text around.

        Args:
            found: the others.
            text: all of it.
            written: the words as they are written.
            unknown: which they are.
        """
        lexicon, numbers, starts, _, offsets = found
        new = dict.fromkeys(map(written.__getitem__, unknown))
        told = {word: surface for word in new if (surface := self._surface(word)) is not None}
        lexicon.learn(told)
        others: list[tuple[int, int, list[_Place]]] = []
        shouted: dict[int, bool] = {}
        past = 0
        for at in unknown:
            word, start = written[at], starts[at]
            if start < past:
                continue
            known = lexicon.written.get(word)
            if known is not None:
                numbers[at] = known
            elif word[0].isdigit():
                places = self._numbers(text, word, start)
                past = places[-1].end
                others.append((at, bisect_left(starts, past, at + 1), places))
            elif is_spaceless(word):
                others.append((at, at + 1, _spaceless(word, start)))
            else:
                within = bisect_right(offsets, start) - 1
                if within not in shouted:
                    shouted[within] = _shouts(text[offsets[within] : offsets[within + 1]])
                surface = normalise(word, self.language)
                # US, WHO and IT are not us, who and it.
                numbers[at] = lexicon.number(surface if shouted[within] else ".".join(surface))
        return _replaced(found, others) if others else found

    def _surface(self, word: str) -> str | None:
        """A word in one case; None where that depends on what stands around it."""
        if word.isascii() and word.islower() and word.isalpha():
            return word
        if word[0].isdigit() or is_spaceless(word):
            return None
        if len(word) == 1 and is_ideograph(word):
            return word
        surface = normalise(word, self.language)
        initials = "." in word
        if initials:
            surface = surface.replace(".", "")
        if not (word.isupper() and len(surface) > 1 and surface in self._stop):
            return surface
        return ".".join(surface) if initials else None

    def _numbers(self, text: str, word: str, start: int) -> list[_Place]:
        """The words that a date or number is read as; it may go on behind the word that it begins with."""
        if (day := ISO_DATE.match(text, start)) and (months := month_names(self.language)):
            surfaces = (day[1], months[int(day[2]) - 1], day[3].lstrip("0"))
            return [_Place(surface, *day.span(part)) for part, surface in enumerate(surfaces, 1)]
        if number := _NUMBER.match(text, start):
            digits = "".join(filter(str.isdigit, number[0]))
            surface = digits if _GROUPED.fullmatch(number[0]) else number[0].replace(",", ".")
            return [_Place(surface, start, number.end())]
        surface = plain_ordinal(normalise(word, self.language), self.language)
        return [_Place(surface, start, start + len(word))]


def _spaceless(run: str, start: int) -> list[_Place]:
    """What stands for words in a run of a script without spaces."""
    grams = range(max(1, len(run) - SPACELESS_GRAM + 1))
    pieces = [run[at : at + SPACELESS_GRAM] for at in grams]
    return [_Place(piece, start + at, start + at + len(piece)) for at, piece in enumerate(pieces)]


def _replaced(found: Found, others: Sequence[tuple[int, int, Sequence[_Place]]]) -> Found:
    """What was found, with other words from one to another, from left to right."""
    lexicon = found.lexicon
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for first, last, places in others:
        numbers += found.numbers[done:first]
        starts += found.starts[done:first]
        ends += found.ends[done:first]
        for place in places:
            numbers.append(lexicon.number(place.surface))
            starts.append(place.start)
            ends.append(place.end)
        done = last
    return found._replace(
        numbers=numbers + found.numbers[done:],
        starts=starts + found.starts[done:],
        ends=ends + found.ends[done:],
    )


def word_grams(word: str) -> tuple[str, ...]:
    """The grams of a word in one case, at least one."""
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
