"""Every word the bot says by itself. All else that it shows is quoted from the articles."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date

from retrieval.types import Bounds, Emptiness

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
NOT_HERE = "Not found in these passages: {words}"
EMPTY_QUESTION = (
    "There is no word in this that I could look up. Type a question about the articles."
)
NOTHING_THEN = "There is no article of that time."
NO_SUCH_PASSAGE = "No passage meets all that was asked of it."
WHY_NOTHING = {
    Emptiness.NO_WORD: EMPTY_QUESTION,
    Emptiness.NO_ARTICLE: NOTHING_THEN,
    Emptiness.CONDITIONS: NO_SUCH_PASSAGE,
    Emptiness.NOT_HELD: NOTHING,
}
TRY_FEWER = "Try fewer conditions: dates, quotes, title: and -words."
TRY_OTHER = "Try other words, or fewer: names and places work best."

MOST_WORDS = 8
LONGEST_QUESTION = 200
LONGEST_WORD = 40
"""Of the words that were not found, in characters."""

COMMANDS = (("ask", "Ask the articles a question"), ("help", "What this bot does"))

TERMINAL_INSTEAD = "TELEGRAM_BOT_TOKEN is not set, so this is a chat in the terminal (README: how to get a token)."
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


READING = "Reading the articles …"


def reading(articles: int) -> str:
    """How far the reading is."""
    return f"{READING} {articles:,}"


def cannot_write(reason: str) -> str:
    """What to say when output can't be written."""
    return f"the output can't be written: {reason}"


SETTINGS_GOOD = "settings: good"


def noted(remark: object) -> str:
    """Something worth knowing about a file."""
    return f"note: {remark}"


def refused(refusal: object) -> str:
    """A file that can't be used."""
    return f"refused: {refusal}"


ALSO_IN = "also in"
MOST_COPIES = 3


def and_more(count: int) -> str:
    """How many are not named."""
    return f" and {count:,} more"


def showing_results_for(question: str) -> str:
    """The question as it was read after its spelling was repaired."""
    shown = question if len(question) <= LONGEST_QUESTION else f"{question[:LONGEST_QUESTION]}…"
    return f"Showing results for: {' '.join(shown.split())}"


def limited_to(bounds: Bounds, *, explicit: bool) -> str:
    """The days that the answer is limited to, and how to be rid of them."""
    drop = "" if explicit else " Add dates:any to search all."
    return f"Only articles {_period(bounds)}.{drop}"


def not_limited_to(bounds: Bounds) -> str:
    """Days that were understood and not kept to."""
    return f"Nothing better was found in articles {_period(bounds)}, so these are of any date."


def not_understood(limits: Sequence[str]) -> str:
    """Date limits that could not be followed."""
    return f"Dates that could not be followed: {_list(limits)}"


def _period(bounds: Bounds) -> str:
    if bounds.after is not None and bounds.before is not None:
        return f"of {days(bounds.after, bounds.before)}"
    if bounds.after is not None:
        return f"from {short_day(bounds.after)} on"
    return f"up to {short_day(bounds.before)}" if bounds.before is not None else ""


def _list(words: Sequence[str]) -> str:
    shown = [
        word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…"
        for word in words[:MOST_WORDS]
    ]
    if len(words) > MOST_WORDS:
        shown.append(f"and {len(words) - MOST_WORDS:,} more")
    return ", ".join(shown)


def not_found(words: Sequence[str]) -> str:
    """Which words no article holds; the first few of many, and of a long one its head."""
    return NOT_FOUND.format(words=_list(words))


def not_here(words: Sequence[str]) -> str:
    """Which words the passages shown don't hold."""
    return NOT_HERE.format(words=_list(words))
