"""What the terminal makes of the styles that only Telegram has."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.richtext import QUOTES, RichText, Style, Writer
from bot.terminal import show


def drawn(rich: RichText, *, terminal: bool) -> str:
    file = io.StringIO()
    show(Console(file=file, force_terminal=terminal, width=40, highlight=False), rich)
    return file.getvalue()


@pytest.mark.parametrize("style", sorted(QUOTES, key=str))
def test_a_folded_quote_stands_behind_a_bar_as_any_other(style):
    writer = Writer()
    writer.write("Title\n")
    writer.write("It rained.\nThen it stopped.", style)
    writer.write("\n\nAnd so on")
    assert drawn(writer.finish(), terminal=False) == (
        "Title\n│ It rained.\n│ Then it stopped.\n\nAnd so on\n"
    )


def test_underlined_text_is_underlined_and_a_moment_is_written_out():
    writer = Writer()
    writer.write("rain", Style.UNDERLINE)
    writer.write(" at 14:05 UTC", at=datetime(2019, 4, 26, 14, 5, tzinfo=UTC))
    assert drawn(writer.finish(), terminal=True) == "\x1b[4mrain\x1b[0m at 14:05 UTC\n"
