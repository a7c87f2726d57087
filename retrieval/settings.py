"""The settings that retrieval needs; every key stands in `config.yaml` with a comment."""

from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from retrieval.reading import ReadingLimits

IN_MEMORY = ":memory:"
"""The value of `retrieval.index` that keeps the index in memory."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}|auto)$")]


class StrictModel(BaseModel):
    """A group of settings: unknown keys and wrong types are refused, nothing changes after reading."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def _named(value: object) -> object:
    if value == "":
        raise ValueError("a folder or file of articles")
    return value


class CorpusSettings(StrictModel):
    """Where the articles are and how they are read."""

    path: Annotated[Path, BeforeValidator(_named)] = Field(default=Path("seeds"), strict=False)
    language: LanguageCode = "auto"
    max_file_megabytes: int = Field(default=20, ge=1, le=2_000)

    @property
    def limits(self) -> ReadingLimits:
        """How much of a file is read before it is refused."""
        return ReadingLimits(
            max_file_megabytes=self.max_file_megabytes, max_line_megabytes=self.max_file_megabytes
        )


def _no_address(value: str) -> str:
    if "://" in value:
        raise ValueError(f"a folder, or {IN_MEMORY}; addresses of servers are not supported")
    return value


class RetrievalSettings(StrictModel):
    """How passages are found."""

    index: Annotated[str, AfterValidator(_no_address)] = Field(default="var/index", min_length=1)


class ArchiveSettings(StrictModel):
    """Everything an `Archive` is loaded from."""

    corpus: CorpusSettings = CorpusSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
