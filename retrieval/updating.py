"""Brings what an archive stands on up to date with its corpus: what changed is read and indexed, the rest stays."""

from array import array
from collections.abc import Callable, Generator, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from datetime import date
from pathlib import Path

from retrieval.analysis import Entries, Numbered, entries_of
from retrieval.catalogue import Catalogue, Taken, reading_it
from retrieval.contents import Contents
from retrieval.errors import CorpusError
from retrieval.index.damage import ReadingFiles
from retrieval.index.dead import Dead, Undertaker
from retrieval.index.protocol import Counts
from retrieval.index.tantivy import Standing, TantivyIndex
from retrieval.keys import text_hash
from retrieval.preparing import Prepared, prepared
from retrieval.records import Records, RecordWriter
from retrieval.rereading import Rereading
from retrieval.settings import CorpusSettings
from retrieval.snapshot import ARTICLES, PASSAGES, Manifest, Snapshot
from retrieval.spelling import Vocabulary, counts_for
from retrieval.store import StoredArticle, StoredPassage, placed
from retrieval.types import Refusal
from retrieval.wordcounts import WordCounts

NEWEST = 10
"""How many articles example questions are taken from."""

MOST_DEAD = 0.2
"""Share of the documents in an index that may be removed ones; beyond, it is built anew. They cost time and room."""

FEWEST_DEAD = 1_000
"""Documents; so few may be removed ones in any case."""

Progress = Callable[[int, int], None]
"""Called with the number of articles taken in so far, and of about how many there are to take in."""


class StartOverError(Exception):
    """An index is better built anew than brought up to date."""


class Update:
    """Brings one snapshot up to date.

    Args:
        settings: of the corpus.
        before: the snapshot there is, None to build from nothing.
        folder: holds a copy of all that `before` consists of, to be brought up to date; None keeps all in memory.
    """

    def __init__(
        self, settings: CorpusSettings, before: Snapshot | None, folder: Path | None
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._before = before
        self._old_passages = Records() if before is None else before.passages
        self._old_articles = Records() if before is None else before.articles
        self._index = TantivyIndex(folder)
        self._passages = RecordWriter(folder, PASSAGES, len(self._old_passages))
        self._articles = RecordWriter(folder, ARTICLES, len(self._old_articles))
        self._counts = Counts() if before is None else before.manifest.counts
        self._undertaker = Undertaker(Dead() if before is None else before.dead)
        self._words = WordCounts()
        self._read = 0
        self._come, self._told, self._gone = array("Q"), array("Q"), array("Q")

    def run(self, base: str, fingerprint: str, progress: Progress | None) -> Snapshot:
        """Read what changed and index it.

        Args:
            base: see `Manifest`.
            fingerprint: see there.
            progress: called for each article that is taken in.

        Raises:
            CorpusError: the corpus can't be read, or holds no usable article.
            IndexDamageError: what was there before is damaged.
            IndexStorageError: the index can't be written.
            StartOverError: it is better built anew.
        """
        with (
            reading_it(),
            self._passages as passages,
            self._articles as articles,
            Catalogue(self._folder) as catalogue,
        ):
            rereading = Rereading(
                self._settings.path, self._settings.limits, catalogue, self._articles.next
            )
            with closing(self._prepared(rereading, catalogue)) as analysed:
                for batch in analysed:
                    taken = len(self._come)
                    self._take_in(batch, catalogue)
                    if progress is not None:
                        for each in range(taken, len(self._come)):
                            progress(each + 1, rereading.reckon(self._read))
            for number, identity in rereading.gone():
                self._take_out(number, identity)
                catalogue.remove(number)
            refusals = (*rereading.refusals, *catalogue.refusals())
            if not self._counts.articles:
                raise CorpusError(_nothing_usable(self._settings.path, refusals))
            notes = tuple(catalogue.notes())
            facts = catalogue.facts(NEWEST)
            all_passages = self._old_passages.plus(passages.close())
            all_articles = self._old_articles.plus(articles.close())
            vocabulary = Vocabulary.empty() if self._before is None else self._before.vocabulary
            vocabulary = vocabulary.changed(self._words.items(), self._folder)
        if self._come or self._gone:
            self._index.commit()
            self._index.balance(self._counts)
        if self._index.ballast > max(FEWEST_DEAD, self._index.documents):
            raise StartOverError
        dead = self._undertaker.forget_merged(self._index.counts_on, self._stored)
        self._index.standing = Standing(self._counts, facts.places, dead)
        contents = Contents.empty() if self._before is None else self._before.contents
        contents = contents.changed(self._gone, self._come, self._told)
        manifest = Manifest(
            base=base,
            fingerprint=fingerprint,
            generation=contents.digest(base),
            first=date.fromordinal(facts.first),
            last=date.fromordinal(facts.last),
            languages=facts.languages,
            refusals=refusals,
            notes=notes,
            counts=self._counts,
            given=(len(all_passages), len(all_articles)),
            newest=facts.newest,
        )
        return Snapshot(
            manifest,
            self._index,
            all_passages,
            all_articles,
            vocabulary,
            contents,
        )

    def _prepared(
        self, rereading: Rereading, catalogue: Catalogue
    ) -> Generator[Prepared, None, None]:
        """The articles that come, written down and analysed, some at a time."""

        def written_down() -> Iterator[Numbered]:
            for come in rereading.articles():
                if rereading.replaced > max(FEWEST_DEAD, MOST_DEAD * len(self._old_articles)):
                    raise StartOverError
                catalogue.add(come.row, come.article.date.toordinal())
                self._read += 1
                yield come.row.number, come.article

        def left() -> int:
            return rereading.reckon(self._read) - self._read

        yield from prepared(written_down(), self._settings.language, left)

    def _take_in(self, batch: Prepared, catalogue: Catalogue) -> None:
        first = self._passages.next
        self._passages.extend(batch.passages)
        self._words.add(batch.words)
        self._counts = self._counts.plus(batch.counts)
        taken: list[Taken] = []
        for article in batch.articles:
            numbers = range(first, first + len(article.texts.passages))
            taken.append(Taken(article.number, article.language, first if numbers else None))
            self._index.add_texts(article.texts, numbers)
            self._articles.append(placed(article.record, first))
            self._come.append(article.identity)
            self._told.append(article.told)
            first = numbers.stop
        catalogue.complete(taken)

    def _take_out(self, number: int, identity: str) -> None:
        entries = self._entries(number)
        self._undertaker.bury(entries)
        self._index.remove(number)
        self._words.subtract(filter(counts_for, entries.words))
        self._counts = self._counts.minus(Counts.of(entries.article, entries.passages))
        dead, live = self._undertaker.documents, self._counts.passages + self._counts.articles
        if dead > max(FEWEST_DEAD, MOST_DEAD * (dead + live)):
            raise StartOverError
        self._gone.append(text_hash(identity))

    def _stored(self, articles: AbstractSet[int], passages: AbstractSet[int]) -> Iterator[Entries]:
        """The entries of articles, named by their own numbers or by those of their passages."""
        with ReadingFiles("a record"):
            owners = {
                StoredPassage.decode(number, self._old_passages[number]).article
                for number in passages
            }
        return map(self._entries, sorted(articles | owners))

    def _entries(self, number: int) -> Entries:
        with ReadingFiles("a record"):
            article = StoredArticle.decode(self._old_articles[number])
            first = article.first_passage
            passages = [
                StoredPassage.decode(place, self._old_passages[place])
                for place in range(first, first + article.passages)
            ]
            return entries_of(number, article, passages)


def _nothing_usable(path: Path, refusals: tuple[Refusal, ...]) -> str:
    if not refusals:
        return f"corpus.path: {path} holds no article; put .txt, .md or .jsonl files there"
    return (
        f"corpus.path: none of the {len(refusals)} files or lines in {path} can be used; "
        f"the first: {refusals[0]}"
    )
