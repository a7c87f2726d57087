"""Writes made-up news as people keep it: each article in a file of its own, or many in few files of lines."""

import gzip
import json
import math
import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import TextIOBase
from itertools import islice
from pathlib import Path

from benchmarks.scale.news import News, NewsArticle

FILES_AT_MOST = 5_000
"""More articles than that are written as lines."""

FILES_PER_FOLDER = 1_000
LINES_PER_FILE = 50_000
FASTEST = 1
"""Level of gzip."""


class Files:
    """Each article has a .txt file, a thousand of them in a folder."""

    name = ".txt, one article each"

    def write(self, corpus: Path, news: News) -> None:
        """Make all of them up."""
        for number, article in enumerate(news):
            self._write(corpus, number, article)

    def change(self, corpus: Path, news: News, numbers: Collection[int], edition: int) -> None:
        """Have some articles end in another paragraph than before."""
        for number in numbers:
            self._write(corpus, number, news.article(number), edition)

    @staticmethod
    def _write(corpus: Path, number: int, article: NewsArticle, edition: int = 0) -> None:
        folder = corpus / f"{number // FILES_PER_FOLDER:04}"
        folder.mkdir(parents=True, exist_ok=True)
        head = f"Title: {article.title}\nDate: {article.date}\nId: {article.id}\n\n"
        text = head + _edited(article.text, number, edition) + "\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


class Lines:
    """Articles are lines of a few .jsonl.gz files."""

    name = f".jsonl.gz, {LINES_PER_FILE:,} articles each"

    def write(self, corpus: Path, news: News) -> None:
        """Make all of them up."""
        corpus.mkdir(parents=True)
        articles = iter(news)
        for part in range(math.ceil(news.articles / LINES_PER_FILE)):
            with _writing(self._file(corpus, part)) as file:
                file.writelines(map(_line, islice(articles, LINES_PER_FILE)))

    def change(self, corpus: Path, news: News, numbers: Collection[int], edition: int) -> None:
        """Have some articles end in another paragraph than before; the other lines are copied."""
        chosen = frozenset(numbers)
        for part in sorted({number // LINES_PER_FILE for number in chosen}):
            old = self._file(corpus, part)
            new = old.with_name("new")
            with gzip.open(old, "rt", encoding="utf-8") as lines, _writing(new) as file:
                for number, line in enumerate(lines, part * LINES_PER_FILE):
                    changed = number in chosen
                    file.write(_line(news.article(number), edition) if changed else line)
            new.replace(old)

    @staticmethod
    def _file(corpus: Path, part: int) -> Path:
        return corpus / f"news-{part:03}.jsonl.gz"


Layout = Files | Lines


def layout_for(news: News) -> Layout:
    """As a newsroom with so many articles might keep them."""
    return Files() if news.articles <= FILES_AT_MOST else Lines()


@contextmanager
def _writing(path: Path) -> Iterator[TextIOBase]:
    with gzip.open(path, "wt", compresslevel=FASTEST, encoding="utf-8") as file:
        yield file


def _line(article: NewsArticle, edition: int = 0) -> str:
    row = {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat(),
        "text": _edited(article.text, int(article.id[1:]), edition),
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _edited(text: str, number: int, edition: int) -> str:
    """A text with a paragraph of its own words behind it, another one for each edition but the 0th."""
    if not edition:
        return text
    words = [word for word in text.split() if word.isalpha() and word.islower()]
    drawn = random.Random(f"{number} {edition}").sample(words, min(25, len(words)))  # noqa: S311 - words, not secrets
    return f"{text}\n\n{' '.join(drawn).capitalize()}."
