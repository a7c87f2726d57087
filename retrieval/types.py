"""The values that flow from a file to an answer. All are frozen; offsets count characters (code points)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file gives it.

    Args:
        id: the file's name without its ending, or the id that the file gives; unique in a corpus.
        title: may be empty where the file gives none.
        date: the day it was published.
        text: the body, paragraphs apart by a blank line, otherwise exactly as the file has it.
        url: where it can be read, http or https.
        language: ISO 639-1 code, None where the file doesn't say.
    """

    id: str
    title: str
    date: date
    text: str
    url: str | None = None
    language: str | None = None

    @property
    def source(self) -> "Source":
        """What is shown of the article beside a quotation."""
        return Source(self.id, self.title or self.id, self.date, self.url)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or one line of it, that could not be used.

    Args:
        file: the path below the corpus folder.
        line: counted from 1; None when the whole file is meant.
        reason: what is wrong and what to do, one line.
    """

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        """`file:line: reason`, as compilers write it."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about a file that was used all the same, such as its encoding."""

    file: str
    remark: str

    def __str__(self) -> str:
        """`file: remark`."""
        return f"{self.file}: {self.remark}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What reading a folder gave, in the order of the files' names."""

    articles: tuple[Article, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What is shown of an article beside a quotation.

    Args:
        id: of the article.
        heading: its title, else its id.
        date: the day it was published.
        url: where it can be read, or None.
    """

    id: str
    heading: str
    date: date
    url: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A relative date in a text and the days it means, both ends included.

    Args:
        start, end: where the words stand.
        first, last: the days; equal for a single day.
    """

    start: int
    end: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A whole article, to be read.

    Args:
        source: what is shown of it.
        text: its body as the corpus has it; `Excerpt.start` counts in it.
        language: ISO 639-1 code it was analysed in.
        resolved: relative dates in `text`, in order, and the days they mean.
    """

    source: Source
    text: str
    language: str
    resolved: tuple[Resolved, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days a question is about, both ends included; None is open."""

    after: date | None = None
    before: date | None = None

    def __bool__(self) -> bool:
        """Whether anything is bounded."""
        return self.after is not None or self.before is not None


class Outcome(StrEnum):
    """How sure an answer is."""

    ANSWER = "answer"
    WEAK = "weak"
    NOTHING = "nothing"


class Emptiness(StrEnum):
    """Why there is nothing to show."""

    NO_WORD = "no word to look up"
    NO_ARTICLE = "no article of that time"
    CONDITIONS = "no passage meets the conditions"
    NOT_HELD = "not in the articles"


class Order(StrEnum):
    """What the excerpts of an answer are sorted by."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation: adjacent sentences of one passage that hold most of the question's weight.

    Args:
        source: the article it stands in.
        passage: the whole passage.
        text: the excerpt exactly as the article has it.
        start: where it begins in the article's text.
        highlights: the question's words, offsets into `text`.
        resolved: relative dates, offsets into `text`.
        score: the rank score of its passage.
        also: other articles that have nearly the same passage, such as copies of one agency report.
    """

    source: Source
    passage: str
    text: str
    start: int
    highlights: tuple[Span, ...]
    resolved: tuple[Resolved, ...]
    score: float
    also: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive has to say to one question.

    Args:
        question: as it was asked.
        outcome: answer, weak or nothing.
        confidence: 0 to 1, comparable from question to question.
        total: passages that hold at least one word of the question that counts.
        excerpts: one page of them, in `order`. When the outcome is not `answer` they are only the nearest there is.
        suggestion: the question as it was understood after spelling was repaired, or None.
        bounds: the days the question was limited to.
        explicit: whether the bounds were given by operators, rather than understood from words.
        dropped: days understood from its words that it was not limited to, because nothing was found then.
        unreadable: limits that could not be understood.
        why: why there is nothing, where the outcome is nothing.
        missing: words of the question that no passage shown holds; that no article holds, if the outcome is nothing.
        skipped: excerpts of the pages before this one.
        more: whether there are excerpts behind this page.
        order: what the excerpts are sorted by.
        listing: whether this is what was written on some days, rather than passages found for words. Such a list is
            newest first whatever was wished.
        follows: the earlier question that it was understood together with, as given, or None.
        milliseconds: how long it took.
    """

    question: str
    outcome: Outcome
    confidence: float
    total: int
    excerpts: tuple[Excerpt, ...]
    suggestion: str | None = None
    bounds: Bounds = Bounds()
    explicit: bool = False
    dropped: Bounds = Bounds()
    unreadable: tuple[str, ...] = ()
    why: Emptiness | None = None
    missing: tuple[str, ...] = ()
    skipped: int = 0
    more: bool = False
    order: Order = Order.BEST
    listing: bool = False
    follows: str | None = None
    milliseconds: float = 0.0

    @property
    def answered(self) -> bool:
        """Whether the excerpts may be taken for an answer."""
        return self.outcome is Outcome.ANSWER
