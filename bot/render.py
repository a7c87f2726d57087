"""Turns an Answer into the text a person sees: excerpts as quotes under each article's title and date."""

from collections.abc import Sequence
from itertools import groupby

from bot import texts
from bot.richtext import RichText, Style, Writer
from retrieval.types import Answer, Excerpt, Outcome, Resolved, Source


def render(answer: Answer) -> RichText:
    """Write an answer out.

    Excerpts of one article stand together under its title, articles in the order of their best excerpt. The
    only words that are not quoted are those of `bot.texts` and resolved days, which stand in brackets.
    """
    writer = Writer()
    if answer.outcome is Outcome.NOTHING:
        _write_nothing(writer, answer)
        return writer.finish()
    if answer.outcome is Outcome.WEAK:
        writer.write(texts.WEAK, Style.ITALIC)
        writer.write("\n\n")
    _write_excerpts(writer, answer.excerpts)
    if answer.missing:
        writer.write("\n\n")
        writer.write(texts.not_found(answer.missing), Style.ITALIC)
    return writer.finish()


def _write_nothing(writer: Writer, answer: Answer) -> None:
    if not answer.total and not answer.missing:
        writer.write(texts.EMPTY_QUESTION)
        return
    writer.write(texts.NOTHING)
    if answer.missing:
        writer.write("\n")
        writer.write(texts.not_found(answer.missing))
    writer.write("\n")
    writer.write(texts.TRY_OTHER)


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


def _write_heading(writer: Writer, source: Source) -> None:
    writer.write(" ".join(source.heading.split()), Style.BOLD, url=source.url)
    writer.write(f"\n{texts.long_day(source.date)}")


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
