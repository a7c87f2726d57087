"""Reads much in a process of its own, `python -m bot.corpus.apart`, so that those who are answered are not held up.

It reads one JSON object from standard input, and writes one to standard output. What is small is read in place.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from bot.corpus import disk
from bot.corpus.errors import ShelfError
from retrieval.errors import DatelineError
from retrieval.keys import article_key
from retrieval.reading.limits import ReadingLimits
from retrieval.reading.places import Standing, Survey, find_article, stands_at, survey
from retrieval.types import Article, Note, Refusal

logger = structlog.get_logger("dateline.corpus")

SMALL = 2_000_000
"""Bytes that are read within a tenth of a second; to start a process would take longer."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where an article stands.

    Args:
        standing: its file, and its line.
        digest: of the file as it was then.
    """

    standing: Standing
    digest: str


def locate(corpus: Path, limits: ReadingLimits, key: str) -> Located | None:
    """Where an article stands in a corpus; None where it doesn't.

    Args:
        corpus: a folder or a file.
        limits: how much of a file is read.
        key: see `retrieval.keys`.

    Raises:
        DatelineError: the corpus can't be read.
    """
    found = find_article(corpus, limits, lambda one: article_key(one) == key)
    if found is None:
        return None
    path, line = found.path, found.line
    digest = disk.digest_of(path)
    if digest is None or not stands_at(path, found.name, line, found.article, limits):
        return None
    return Located(found, digest)


def locate_apart(corpus: Path, limits: ReadingLimits, key: str) -> Located | None:
    """The same as `locate`, without holding up other threads for long.

    Raises:
        DatelineError: the corpus can't be read.
    """
    if _is_small(_sizes(corpus)):
        return locate(corpus, limits, key)
    found = _asked({"corpus": os.fsencode(corpus).hex(), "limits": asdict(limits), "key": key})
    if not found:
        return None
    article = Article(**{**found["article"], "date": date.fromisoformat(found["article"]["date"])})
    path, name = _path(found["path"]), os.fsdecode(bytes.fromhex(found["name"]))
    return Located(Standing(article, path, name, found["line"]), found["digest"])


def survey_apart(file: Path, name: str, limits: ReadingLimits) -> Survey:
    """The same as `retrieval.reading.places.survey`, without holding up other threads for long.

    Raises:
        DatelineError: the reading broke down.
    """
    # What is packed may be far larger than it looks.
    if not name.lower().endswith(".gz") and _is_small(_sizes(file)):
        return survey(file, name, limits)
    found = _asked({"file": os.fsencode(file).hex(), "limits": asdict(limits), "name": name})
    refusals = tuple(Refusal(**one) for one in found["refusals"])
    return Survey(found["articles"], refusals, tuple(Note(**one) for one in found["notes"]))


def _sizes(place: Path) -> Iterator[int]:
    if place.is_file():
        yield place.stat().st_size
        return
    for folder, _, names in os.walk(place):
        for name in names:
            try:
                yield Path(folder, name).stat().st_size
            except OSError:
                # The reader will say what is wrong with it.
                continue


def _is_small(sizes: Iterator[int]) -> bool:
    read = 0
    for size in sizes:
        read += size
        if read > SMALL:
            return False
    return True


def _path(text: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(text)))


def _asked(wanted: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    command = (sys.executable, "-m", "bot.corpus.apart")
    order = json.dumps(wanted).encode()
    try:
        done = subprocess.run(command, input=order, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise ShelfError(f"no process could be started to read the articles ({error})") from error
    if done.returncode:
        logger.error("reading broke down", output=done.stderr.decode(errors="replace"))
        raise ShelfError("reading the articles broke down; the operator can see why in the log")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise ShelfError(str(found["refused"]))
    return found


def _answer(wanted: dict[str, Any]) -> dict[str, Any]:
    limits = ReadingLimits(**wanted["limits"])
    if "file" in wanted:
        brought = survey(_path(wanted["file"]), wanted["name"], limits)
        return {
            "articles": brought.articles,
            "refusals": [asdict(one) for one in brought.refusals],
            "notes": [asdict(one) for one in brought.notes],
        }
    found = locate(_path(wanted["corpus"]), limits, wanted["key"])
    if found is None:
        return {}
    standing, article = found.standing, found.standing.article
    values = {field.name: getattr(article, field.name) for field in fields(article)}
    return {
        "article": {**values, "date": article.date.isoformat()},
        "path": os.fsencode(standing.path).hex(),
        "name": os.fsencode(standing.name).hex(),
        "line": standing.line,
        "digest": found.digest,
    }


def main() -> None:
    """Read what is wanted, and say what was found."""
    try:
        found = _answer(json.loads(sys.stdin.buffer.read()))
    except DatelineError as error:
        found = {"refused": str(error)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
