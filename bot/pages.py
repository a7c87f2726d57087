"""The pages that are not answers: help, and how to use a command."""

from collections.abc import Sequence

from bot import texts
from bot.language import Texts
from bot.richtext import RichText, Style, Writer, plain
from retrieval.archive import Archive


def help_page(archive: Archive, say: Texts, *, talking: bool = True) -> RichText:
    """What the bot does, what it holds, two questions to try, and how to ask more exactly.

    Args:
        archive: what is asked.
        say: the reader's language.
        talking: whether there are replies, edits and settings, as in Telegram.
    """
    held = say.holding(archive.articles, archive.first_day, archive.last_day)
    writer = Writer()
    writer.write(f"{say(texts.ABOUT)}\n\n{say(texts.HOLDING, articles=held)}")
    _write_examples(writer, f"\n\n{say(texts.EXAMPLES)}", archive.examples)
    writer.write(f"\n\n{say(texts.HELP_WORDS)}")
    if talking:
        writer.write(f"\n\n{say(texts.HELP_TALK)}")
    return writer.finish()


def ask_usage_page(archive: Archive, say: Texts) -> RichText:
    """How `/ask` is used."""
    questions = [f"/ask {question}" for question in archive.examples[:1]]
    if not questions:
        return plain(say(texts.ASK_USAGE))
    writer = Writer()
    _write_examples(writer, say(texts.ASK_USAGE_EXAMPLE), questions)
    return writer.finish()


def _write_examples(writer: Writer, heading: str, questions: Sequence[str]) -> None:
    if not questions:
        return
    writer.write(heading)
    for question in questions:
        writer.write("\n• ")
        writer.write(question, Style.CODE)
