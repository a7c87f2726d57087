"""One table a language, by its ISO 639-1 code."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from retrieval.dates.language import Language


class _Tables(Mapping[str, Language]):
    """Reads a table when it is asked for: few archives need them all, and names of months take time to look up.

    Args:
        codes: for each, there is a module of this name with its `TABLE`.
    """

    def __init__(self, *codes: str) -> None:
        self._codes = dict.fromkeys(codes)
        self._read: dict[str, Language] = {}

    def __getitem__(self, code: str) -> Language:
        if code not in self._read:
            if code not in self._codes:
                raise KeyError(code)
            self._read[code] = import_module(f"{__name__}.{code}").TABLE
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


LANGUAGES: Final[Mapping[str, Language]] = _Tables("en", "es", "de", "ru", "ar", "zh")
