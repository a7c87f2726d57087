"""A corpus to be changed by hand, and what stands in it."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from bot.corpus.apart import locate
from bot.corpus.shelf import Shelf
from retrieval.keys import article_key
from retrieval.reading import DEFAULT_LIMITS, read_corpus


def article(number: int, text: str = "It rained all day.") -> bytes:
    return f"Title: Rain {number}\nDate: 2020-01-{number:02}\n\n{text}\n".encode()


def line(number: int) -> str:
    fields = {"title": f"Snow {number}", "date": f"2021-02-{number:02}", "text": "It snowed."}
    return json.dumps(fields) + "\n"


@dataclass
class Office:
    """A folder of articles, and its shelf."""

    root: Path

    def __post_init__(self):
        self.corpus = self.root / "corpus"
        self.corpus.mkdir()
        self.shelf = Shelf(self.corpus, self.root / "removed", DEFAULT_LIMITS)

    def put(self, name: str, content: bytes) -> None:
        file = self.corpus / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def given(self, content: bytes) -> Path:
        file = self.root / "given"
        file.write_bytes(content)
        return file

    def find(self, identity: str):
        return locate(self.corpus, DEFAULT_LIMITS, article_key(identity))

    def files(self) -> dict[str, bytes]:
        """All that stands in the folder; of packed files, what they say."""
        found = {}
        for file in self.corpus.rglob("*"):
            if file.is_file():
                data = file.read_bytes()
                name = str(file.relative_to(self.corpus))
                found[name] = gzip.decompress(data) if name.endswith(".gz") else data
        return found

    def ids(self) -> list[str]:
        return [one.id for one in read_corpus(self.corpus, DEFAULT_LIMITS).articles]
