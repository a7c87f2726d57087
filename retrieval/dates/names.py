"""Names of months and weekdays, taken from Babel and completed by hand where a language declines them."""

from collections.abc import Iterable, Mapping
from typing import Literal

from babel import Locale

type_of_name = Literal["wide", "abbreviated"]


def months(
    *locales: str, width: type_of_name = "wide", extra: Iterable[str] = ()
) -> dict[str, int]:
    """Lower-case month names to 1..12; each `extra` is twelve more names, blank-separated, `_` for none."""
    # Only the "format" names: Babel 2.18 answers "stand-alone" in the wrong language where
    # a locale inherits it (French in Chinese, once Chinese was loaded).
    tables: list[Mapping[int, str]] = [
        Locale.parse(locale).months["format"][width] for locale in locales
    ]
    found = {
        name.lower().rstrip("."): number for table in tables for number, name in table.items()
    }
    for line in extra:
        found |= _listed(line, first=1)
    return found


def weekdays(*locales: str, extra: Iterable[str] = ()) -> dict[str, int]:
    """Lower-case weekday names to 0 (Monday)..6; each `extra` is seven more names."""
    found = {
        name.lower(): number
        for locale in locales
        for number, name in Locale.parse(locale).days["format"]["wide"].items()
    }
    for line in extra:
        found |= _listed(line, first=0)
    return found


def count(line: str) -> dict[str, int]:
    """Number words from 1 on; variants of one number are joined by `|`."""
    return {
        word: number for number, words in enumerate(line.split(), 1) for word in words.split("|")
    }


def _listed(line: str, first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(line.split(), first) if name != "_"}
