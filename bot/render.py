"""Turns an Answer into the text a person sees: excerpts as quotes under each article's title and date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot import texts
from bot.bidi import direction, isolate
from bot.language import Texts, in_short
from bot.richtext import RichText, Style, Writer, plain, shorten
from retrieval.types import Answer, Emptiness, Excerpt, Order, Outcome, Resolved, Source

LONGEST_HEADING = 300
"""UTF-16 units of a title that are shown."""

LONGEST_COPY_HEADING = 80
"""The same for an article that has only a copy."""

MOST_COPIES = 3
"""Articles with a copy that are named."""

_PLACE = "\0"


@dataclass(frozen=True, slots=True)
class Layout:
    """How an answer is set.

    Args:
        folded: quotes are shown by their first lines and unfold at a touch, as suits a group.
        question: the question is shown too, for where it does not stand beside the answer.
    """

    folded: bool = False
    question: bool = False


PLAIN = Layout()


def render(answer: Answer, say: Texts, layout: Layout = PLAIN) -> RichText:
    """Write an answer out.

    Excerpts of one article stand together under its title, articles in the order of their best excerpt. The
    only words that are not quoted are those of `bot.texts` and resolved days, which stand in brackets.
    """
    writer = Writer()
    for line in _understood(answer, say, layout):
        writer.write(line, Style.ITALIC)
        writer.write("\n\n")
    if answer.outcome is Outcome.NOTHING:
        _write_nothing(writer, answer, say)
        return writer.finish()
    if answer.outcome is Outcome.WEAK:
        writer.write(say(texts.WEAK), Style.ITALIC)
        writer.write("\n\n")
    _write_excerpts(writer, answer.excerpts, say, Style.FOLDED if layout.folded else Style.QUOTE)
    if answer.missing:
        writer.write("\n\n")
        writer.write(say(texts.NOT_HERE, words=say.words(answer.missing)), Style.ITALIC)
    return writer.finish()


def _understood(answer: Answer, say: Texts, layout: Layout) -> Iterator[str]:
    """How the question was read, where that is not plain from the question itself."""
    if layout.question:
        yield say(texts.QUESTION_WAS, question=in_short(answer.question))
    if answer.follows is not None:
        yield say(texts.FOLLOWING, question=in_short(answer.follows))
    if answer.suggestion is not None:
        yield say(texts.SHOWING_RESULTS_FOR, question=in_short(answer.suggestion))
    if answer.unreadable:
        yield say(texts.NOT_FOLLOWED, limits=say.words(answer.unreadable))
    if answer.bounds:
        limited = say.limited_to(answer.bounds)
        yield limited if answer.explicit else f"{limited} {say(texts.HOW_TO_DROP)}"
    if answer.outcome is Outcome.NOTHING:
        return
    if answer.dropped and answer.excerpts:
        yield say.not_limited_to(answer.dropped)
    if answer.order is Order.NEWEST and not answer.listing and len(answer.excerpts) > 1:
        yield say(texts.NEWEST_FIRST)


def _write_nothing(writer: Writer, answer: Answer, say: Texts) -> None:
    writer.write(say(texts.WHY_NOTHING[answer.why or Emptiness.NOT_HELD]))
    if answer.why in {Emptiness.NO_WORD, Emptiness.NO_ARTICLE}:
        return
    if answer.missing:
        writer.write("\n")
        writer.write(say(texts.NOT_FOUND, words=say.words(answer.missing)))
    writer.write("\n")
    writer.write(say(texts.TRY_FEWER if answer.why is Emptiness.CONDITIONS else texts.TRY_OTHER))


def _write_excerpts(writer: Writer, excerpts: Sequence[Excerpt], say: Texts, quote: Style) -> None:
    for number, (source, group) in enumerate(by_article(excerpts)):
        if number:
            writer.write("\n\n")
        write_heading(writer, source, say)
        for excerpt in group:
            writer.write("\n")
            write_quote(writer, excerpt, say, quote)
            if excerpt.also:
                writer.write("\n")
                _write_copies(writer, excerpt.also, say)


def by_article(excerpts: Sequence[Excerpt]) -> list[tuple[Source, list[Excerpt]]]:
    """Excerpts of one article together, articles in the order of their best excerpt."""
    best = {excerpt.source: place for place, excerpt in reversed(list(enumerate(excerpts)))}
    ordered = sorted(excerpts, key=lambda excerpt: best[excerpt.source])
    return [
        (source, list(group)) for source, group in groupby(ordered, key=lambda item: item.source)
    ]


def heading_of(source: Source, longest: int = LONGEST_HEADING) -> str:
    """An article's title on one line; a file may give its whole first paragraph as its title."""
    return shorten(plain(" ".join(source.heading.split())), longest).text


def write_heading(writer: Writer, source: Source, say: Texts) -> None:
    """An article's title, linked where it can be read, and its date below."""
    writer.write(heading_of(source), Style.BOLD, url=source.url)
    writer.write(f"\n{say.long_day(source.date)}")


def _write_copies(writer: Writer, sources: Sequence[Source], say: Texts) -> None:
    before, _, after = say(texts.ALSO_IN, articles=_PLACE).partition(_PLACE)
    writer.write(before)
    for number, source in enumerate(sources[:MOST_COPIES]):
        writer.write(say.comma if number else "")
        heading = heading_of(source, LONGEST_COPY_HEADING)
        writer.write(isolate(heading, say.direction), url=source.url)
        writer.write(f" ({say.short_day(source.date)})")
    if len(sources) > MOST_COPIES:
        writer.write(f" {say.plural(texts.AND_MORE, len(sources) - MOST_COPIES)}")
    writer.write(after)


def write_quote(writer: Writer, excerpt: Excerpt, say: Texts, quote: Style = Style.QUOTE) -> None:
    """Quote an excerpt: the question's words bold, resolved days in brackets behind theirs."""
    start = writer.position
    position = 0
    days = Days(excerpt.text, excerpt.resolved, say)
    for span in excerpt.highlights:
        days.write(writer, position, span.start)
        days.write(writer, span.start, span.end, Style.BOLD)
        position = span.end
    days.write(writer, position, len(excerpt.text))
    writer.mark(start, quote)


class Days:
    """Writes stretches of a text, each relative day followed by the day it means, in brackets.

    Args:
        text: what is quoted.
        resolved: relative days in it.
        say: the reader's language.
    """

    def __init__(self, text: str, resolved: Sequence[Resolved], say: Texts) -> None:
        self._text = text
        self._days = {found.end: found for found in resolved}
        self._say = say
        self._direction = direction(text) or say.direction

    def write(self, writer: Writer, start: int, end: int, *styles: Style) -> None:
        """Write `text[start:end]` in some styles."""
        position = start
        for place in sorted(place for place in self._days if start < place <= end):
            found = self._days[place]
            writer.write(self._text[position:place], *styles)
            days = f"[{self._say.days(found.first, found.last)}]"
            writer.write(f" {isolate(days, self._direction)}", Style.ITALIC)
            position = place
        writer.write(self._text[position:end], *styles)
