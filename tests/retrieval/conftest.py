"""Archives of a few articles, in memory."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.archive import Archive
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings

SEEDS = Path(__file__).parents[2] / "seeds"

ArchiveOf = Callable[..., Archive]


def settings(path: Path, index: str = IN_MEMORY, language: str = "auto") -> ArchiveSettings:
    return ArchiveSettings(
        corpus=CorpusSettings(path=path, language=language),
        retrieval=RetrievalSettings(index=index),
    )


@pytest.fixture(scope="session")
def seeds() -> Archive:
    return Archive.load(settings(SEEDS))


@pytest.fixture
def archive_of(tmp_path: Path) -> ArchiveOf:
    """Build an archive: `archive_of("text", {"title": "T", "text": "…"}, language="en")`."""

    def build(
        *articles: str | dict[str, str], language: str = "en", index: str = IN_MEMORY
    ) -> Archive:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        with (folder / "all.jsonl").open("w", encoding="utf-8") as file:
            for number, article in enumerate(articles):
                given = {"text": article} if isinstance(article, str) else article
                row = {"id": f"a{number}", "title": "", "date": "2020-01-01", **given}
                file.write(json.dumps(row) + "\n")
        return Archive.load(settings(folder, index, language))

    return build
