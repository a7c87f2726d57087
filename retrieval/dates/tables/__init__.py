"""One table a language, by its ISO 639-1 code."""

from collections.abc import Mapping
from typing import Final

from retrieval.dates.language import Language
from retrieval.dates.tables.ar import ARABIC
from retrieval.dates.tables.de import GERMAN
from retrieval.dates.tables.en import ENGLISH
from retrieval.dates.tables.es import SPANISH
from retrieval.dates.tables.ru import RUSSIAN
from retrieval.dates.tables.zh import CHINESE

LANGUAGES: Final[Mapping[str, Language]] = {
    language.code: language for language in (ENGLISH, SPANISH, GERMAN, RUSSIAN, ARABIC, CHINESE)
}
