"""Numbers the words that an analyzer has met, so that what is known of a word is looked up and not found again."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from weakref import WeakSet

WORDS_KEPT = 131_072
"""Words that all lexicons of a process together remember with their stems, half a kB each; looking one up costs a tenth
of finding it."""

KEPT_EACH = 16_384
"""Words that each may remember, however many lexicons there are: a batch of articles has as many."""

UNKNOWN = -1
"""No word has this number."""


_all: "WeakSet[Lexicon]" = WeakSet()


class Lexicon:
    """What is known of words, each under a number. Safe to share between threads.

    Args:
        stems_of: gives the stems of words in one case.
        stops: words that are too common to count for anything.

    Attributes:
        written: words as texts have them, and the number of what they are in one case.
        surfaces: words in one case, by their numbers.
        stems: of each, what is indexed.
        stops: whether it is too common to count.
    """

    def __init__(
        self, stems_of: Callable[[Sequence[str]], Sequence[str]], stops: AbstractSet[str]
    ) -> None:
        self.written: dict[str, int] = {}
        self.surfaces: list[str] = []
        self.stems: list[str] = []
        self.stops: list[bool] = []
        self._stems_of = stems_of
        self._stop_words = stops
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()
        _all.add(self)

    @property
    def full(self) -> bool:
        """Whether so many words are known that it should be begun anew."""
        most = max(KEPT_EACH, WORDS_KEPT // len(_all))
        return max(len(self.written), len(self.surfaces)) >= most

    def number(self, surface: str) -> int:
        """The number of a word in one case."""
        found = self._numbers.get(surface)
        if found is None:
            self._add((surface,))
            found = self._numbers[surface]
        return found

    def learn(self, surfaces: Mapping[str, str]) -> None:
        """Remember what words are, whatever stands around them.

        Args:
            surfaces: by each word as it is written, the same in one case.
        """
        self._add(surfaces.values())
        numbers = map(self._numbers.__getitem__, surfaces.values())
        self.written.update(zip(surfaces, numbers, strict=True))

    def _add(self, surfaces: Iterable[str]) -> None:
        with self._lock:
            new = [each for each in dict.fromkeys(surfaces) if each not in self._numbers]
            first = len(self.surfaces)
            self.stems.extend(self._stems_of(new))
            self.stops.extend(map(self._stop_words.__contains__, new))
            self.surfaces.extend(new)
            self._numbers.update(zip(new, range(first, first + len(new)), strict=True))
