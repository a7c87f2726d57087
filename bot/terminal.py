"""The front end in the terminal: the same answers, drawn with bold words and quotes at a bar."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from bot import console_texts
from bot.language import Texts
from bot.pages import ask_usage_page, help_page
from bot.render import render
from bot.richtext import QUOTES, Mark, RichText, Style
from bot.services import Services

QUOTE_BAR = "│ "
SAY = Texts()
"""The terminal speaks English."""

WIDEST = 88
"""Columns; longer lines are hard to read."""

_LOOKS = {
    Style.BOLD: "bold",
    Style.ITALIC: "italic",
    Style.UNDERLINE: "underline",
    Style.CODE: "cyan",
}


def make_console() -> Console:
    """A console on standard output; styles and line breaks only where it is a terminal."""
    return Console(highlight=False, markup=False, emoji=False)


def show(console: Console, rich: RichText) -> None:
    """Print a text, its quotes behind a bar."""
    quotes = [mark for mark in rich.marks if mark.style in QUOTES]
    position = 0
    for quote in quotes:
        before = _styled(rich, position, quote.start)
        between_quotes = position and not before.plain.strip()
        _print(console, Text() if between_quotes else before[: len(before.plain.rstrip())], "")
        _print(console, _styled(rich, quote.start, quote.end), QUOTE_BAR)
        position = quote.end
    if position < len(rich.text):
        # The line of the last quote has been ended already.
        position += bool(quotes)
        _print(console, _styled(rich, position, len(rich.text)), "")


def _styled(rich: RichText, start: int, end: int) -> Text:
    text = Text(rich.text[start:end])
    for mark in rich.marks:
        first, last = max(mark.start, start) - start, min(mark.end, end) - start
        if first < last:
            text.stylize(_look(mark), first, last)
    return text


def _look(mark: Mark) -> str:
    if mark.style is Style.LINK:
        return f"link {mark.url}"
    return _LOOKS.get(mark.style, "")


def _print(console: Console, text: Text, prefix: str) -> None:
    if not console.is_terminal:
        for line in text.split("\n", allow_blank=True):
            console.print((prefix + line.plain).rstrip(), soft_wrap=True)
        return
    for line in text.wrap(console, min(console.width, WIDEST) - len(prefix)):
        line.rstrip()
        console.print(Text.assemble((prefix, "dim"), line))


def read_lines(stream: BinaryIO) -> Iterator[str]:
    """Lines of UTF-8 without their ends, as they come; what isn't UTF-8 is replaced."""
    for line in stream:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def chat(services: Services, console: Console) -> None:
    """Answer questions typed at the terminal, or one a line where standard input is not one."""
    if sys.stdin.isatty():
        show(console, help_page(services.archive, SAY, talking=False))
        console.print()
        console.print(console_texts.CHAT_HINT, style="dim")
        questions: Iterable[str] = _typed(console)
    else:
        questions = filter(str.strip, read_lines(sys.stdin.buffer))
    answer_each(questions, lambda line: show(console, _reply(services, line)), console)


def _reply(services: Services, line: str) -> RichText:
    """What the bot would say in a private chat, its commands included."""
    command, _, question = line.strip().partition(" ")
    if command in {"/start", "/help"}:
        return help_page(services.archive, SAY, talking=False)
    if command != "/ask":
        return render(services.ask(line), SAY)
    return (
        render(services.ask(question), SAY)
        if question.strip()
        else ask_usage_page(services.archive, SAY)
    )


def answer_each(
    questions: Iterable[str], answer: Callable[[str], object], console: Console
) -> None:
    """Answer one question after the other, a blank line behind each, and flush."""
    for question in questions:
        answer(question)
        console.print()
        console.file.flush()


def _typed(console: Console) -> Iterator[str]:
    while True:
        try:
            question = console.input(f"\n{console_texts.PROMPT}")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if not question.strip():
            return
        yield question
