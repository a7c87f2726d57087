"""Turns an Answer into the text a person sees: excerpts as quotes under each article's title and date."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot import texts
from bot.richtext import RichText, Style, Writer, plain, shorten
from retrieval.types import Answer, Emptiness, Excerpt, Outcome, Resolved, Source

LONGEST_HEADING = 300
"""UTF-16 units of a title that are shown."""

LONGEST_COPY_HEADING = 80
"""The same for an article that has only a copy."""


def render(answer: Answer) -> RichText:
    """Write an answer out.

    Excerpts of one article stand together under its title, articles in the order of their best excerpt. The
    only words that are not quoted are those of `bot.texts` and resolved days, which stand in brackets.
    """
    writer = Writer()
    for line in _understood(answer):
        writer.write(line, Style.ITALIC)
        writer.write("\n\n")
    if answer.outcome is Outcome.NOTHING:
        _write_nothing(writer, answer)
        return writer.finish()
    if answer.outcome is Outcome.WEAK:
        writer.write(texts.WEAK, Style.ITALIC)
        writer.write("\n\n")
    _write_excerpts(writer, answer.excerpts)
    if answer.missing:
        writer.write("\n\n")
        writer.write(texts.not_here(answer.missing), Style.ITALIC)
    return writer.finish()


def _understood(answer: Answer) -> Iterator[str]:
    """How the question was read, where that is not plain from the question itself."""
    if answer.suggestion is not None:
        yield texts.showing_results_for(answer.suggestion)
    if answer.unreadable:
        yield texts.not_understood(answer.unreadable)
    if answer.bounds:
        yield texts.limited_to(answer.bounds, explicit=answer.explicit)
    if answer.dropped and answer.excerpts and answer.outcome is not Outcome.NOTHING:
        yield texts.not_limited_to(answer.dropped)


def _write_nothing(writer: Writer, answer: Answer) -> None:
    reason = texts.WHY_NOTHING[answer.why or Emptiness.NOT_HELD]
    writer.write(reason)
    if answer.why in {Emptiness.NO_WORD, Emptiness.NO_ARTICLE}:
        return
    if answer.missing:
        writer.write("\n")
        writer.write(texts.not_found(answer.missing))
    writer.write("\n")
    writer.write(texts.TRY_FEWER if answer.why is Emptiness.CONDITIONS else texts.TRY_OTHER)


def _write_excerpts(writer: Writer, excerpts: Sequence[Excerpt]) -> None:
    best = {excerpt.source: place for place, excerpt in reversed(list(enumerate(excerpts)))}
    ordered = sorted(excerpts, key=lambda excerpt: best[excerpt.source])
    for number, (source, group) in enumerate(groupby(ordered, key=lambda item: item.source)):
        if number:
            writer.write("\n\n")
        _write_heading(writer, source)
        for excerpt in group:
            writer.write("\n")
            write_quote(writer, excerpt)
            if excerpt.also:
                writer.write("\n")
                _write_copies(writer, excerpt.also)


def _write_heading(writer: Writer, source: Source) -> None:
    # A file that gives its whole first paragraph as its title must leave room for the quotation.
    heading = shorten(plain(" ".join(source.heading.split())), LONGEST_HEADING)
    writer.write(heading.text, Style.BOLD, url=source.url)
    writer.write(f"\n{texts.long_day(source.date)}")


def _write_copies(writer: Writer, sources: Sequence[Source]) -> None:
    writer.write(texts.ALSO_IN)
    for number, source in enumerate(sources[: texts.MOST_COPIES]):
        writer.write(", " if number else " ")
        heading = shorten(plain(" ".join(source.heading.split())), LONGEST_COPY_HEADING)
        writer.write(heading.text, url=source.url)
        writer.write(f" ({texts.short_day(source.date)})")
    if len(sources) > texts.MOST_COPIES:
        writer.write(texts.and_more(len(sources) - texts.MOST_COPIES))


def write_quote(writer: Writer, excerpt: Excerpt) -> None:
    """Quote an excerpt: the question's words bold, resolved days in brackets behind theirs."""
    start = writer.position
    position = 0
    days = {found.end: found for found in excerpt.resolved}
    for span in excerpt.highlights:
        _write_plain(writer, excerpt.text, position, span.start, days)
        _write_plain(writer, excerpt.text, span.start, span.end, days, Style.BOLD)
        position = span.end
    _write_plain(writer, excerpt.text, position, len(excerpt.text), days)
    writer.mark(start, Style.QUOTE)


def _write_plain(
    writer: Writer, text: str, start: int, end: int, days: dict[int, Resolved], *styles: Style
) -> None:
    position = start
    for place in sorted(place for place in days if start < place <= end):
        writer.write(text[position:place], *styles)
        writer.write(f" [{_days(days[place])}]", Style.ITALIC)
        position = place
    writer.write(text[position:end], *styles)


def _days(found: Resolved) -> str:
    return texts.days(found.first, found.last)
