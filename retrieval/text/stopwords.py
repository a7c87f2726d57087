"""Words too common to tell one passage from another, by language; `data/README.md` says where they are from."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    lines = (
        (files("retrieval.text") / "data" / "stopwords.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    rows = (line.partition(": ") for line in lines)
    return {language: frozenset(words.split()) for language, _, words in rows}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language in one case; empty for a language without a list."""
    return _lists().get(language, frozenset())
