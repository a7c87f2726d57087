"""A folder of articles for each test, and a short way to write and read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.reading import DEFAULT_LIMITS, ReadingLimits, read_corpus
from retrieval.types import Corpus

ReadFiles = Callable[..., Corpus]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    return made


@pytest.fixture
def read(folder: Path) -> ReadFiles:
    def read(files: dict[str, str | bytes], limits: ReadingLimits = DEFAULT_LIMITS) -> Corpus:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_corpus(folder, limits)

    return read
