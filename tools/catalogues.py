"""Brings the sentences of `bot/texts.py` into every catalogue of `bot/locale`.

What is translated stays. A sentence that has changed keeps the translation of the old one, marked `fuzzy` until
somebody has looked at it; one that is gone goes.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import normalize, read_po, write_po

from bot import texts
from bot.language import ENGLISH, LANGUAGES, catalogue_file

KEYWORDS = {"_": None, "_n": (1, 2)}
"""By the function that marks a sentence: which of its arguments are translated; None is the first."""

WIDTH = 110
"""Columns of a catalogue, where its words are short enough."""


def sentences(file: Path = Path(texts.__file__)) -> Catalog:
    """Every sentence that is marked in a file, in order."""
    catalogue = Catalog()
    for _, message, _, _ in extract_from_file("python", file, KEYWORDS):
        catalogue.add(message)
    return catalogue


def read(language: str) -> Catalog:
    """A language's catalogue as it stands in its file; an empty one if there is no file yet."""
    file = catalogue_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def updated(catalogue: Catalog, marked: Catalog) -> str:
    """What the file of a catalogue is to hold when these are the sentences.

    Args:
        catalogue: what is translated so far; it is brought up to date.
        marked: the sentences.
    """
    catalogue.update(marked)
    # Babel's own header also names dates and people, so it would change without any sentence having changed.
    headers = {
        "Language": catalogue.locale_identifier,
        "Plural-Forms": catalogue.plural_forms,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    header = "".join(f"{name}: {value}\n" for name, value in headers.items())
    written = io.BytesIO()
    write_po(written, catalogue, width=WIDTH, omit_header=True, ignore_obsolete=True)
    body = written.getvalue().decode().rstrip("\n")
    return f'msgid ""\nmsgstr {normalize(header, width=WIDTH)}\n\n{body}\n'


def main() -> None:
    """Write the catalogues anew."""
    for language in LANGUAGES:
        if language != ENGLISH:
            file = catalogue_file(language)
            file.parent.mkdir(exist_ok=True)
            text = updated(read(language), sentences())
            file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
