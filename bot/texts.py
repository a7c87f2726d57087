"""Every word the bot says by itself. All else that it shows is quoted from the articles."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date

LOCALE = "en"
LONG_DAY = "d MMMM y"
SHORT_DAY = "d MMM y"
SHORT_MONTH = "MMM y"
YEAR = "y"

ASK_USAGE = "Put your question after the command, for example:"
NOT_TEXT = "I can only read text. Type a question about the articles."
UNKNOWN_COMMAND = "I don't know that command. Type a question, or /help."
FAILED = (
    "Something went wrong on my side and I could not answer. The operator can see it in the log."
)
WEAK = "No clear answer in the articles. The nearest passages:"
NOTHING = "The articles hold no answer to this."
NOT_FOUND = "Not found in any article: {words}"
EMPTY_QUESTION = (
    "There is no word in this that I could look up. Type a question about the articles."
)
TRY_OTHER = "Try other words, or fewer: names and places work best."

COMMANDS = (("ask", "Ask the articles a question"), ("help", "What this bot does"))

WITHOUT_TOKEN = "TELEGRAM_BOT_TOKEN is not set, so this is a chat in the terminal (README: how to get a token)."
CHAT_HINT = "Type a question; an empty line or Ctrl-D ends."
PROMPT = "? "


def long_day(day: date) -> str:
    """26 April 2019."""
    return format_date(day, LONG_DAY, locale=LOCALE)


def short_day(day: date) -> str:
    """25 Apr 2019."""
    return format_date(day, SHORT_DAY, locale=LOCALE)


def days(first: date, last: date) -> str:
    """25 Apr 2019, Feb 2019, 2018, or 22 Apr 2019 – 28 Apr 2019."""
    after = last + timedelta(days=1) if last < date.max else None
    if first == last:
        return short_day(first)
    if first.day == 1 and after is not None and after.day == 1:
        if first.month == 1 and after.month == 1 and after.year == first.year + 1:
            return format_date(first, YEAR, locale=LOCALE)
        if (first.year, first.month) == (last.year, last.month):
            return format_date(first, SHORT_MONTH, locale=LOCALE)
    return f"{short_day(first)} – {short_day(last)}"


def holding(days: Sequence[date]) -> str:
    """How many articles there are and from when, given their days."""
    if not days:
        return "no article that can be used"
    return span_of(len(days), min(days), max(days))


def span_of(articles: int, first: date, last: date) -> str:
    """How many articles there are, and from when to when."""
    if articles == 1:
        return f"one article, of {long_day(last)}"
    if first == last:
        return f"{articles:,} articles, all of {long_day(last)}"
    return f"{articles:,} articles, from {long_day(first)} to {long_day(last)}"


def about(articles: int, first: date, last: date) -> str:
    """What the bot does and what it holds."""
    return (
        "I answer questions about a collection of news articles. Every answer is quoted from them, "
        "with title and date; I add nothing of my own but days in square brackets.\n\n"
        f"I hold {span_of(articles, first, last)}."
    )


EXAMPLES = "Type a question, for example:"


def not_found(words: Sequence[str]) -> str:
    """Which words no article holds."""
    return NOT_FOUND.format(words=", ".join(words))
