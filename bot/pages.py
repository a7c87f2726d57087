"""The pages that are not answers: help, privacy, and how to use a command."""

from collections.abc import Sequence

from bot import texts
from bot.language import Texts
from bot.richtext import RichText, Style, Writer, plain
from bot.settings import StateSettings
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
        writer.write(f"\n\n{say(texts.HELP_TALK)} {say(texts.HELP_PRIVACY)}")
    return writer.finish()


def privacy_page(state: StateSettings, say: Texts) -> RichText:
    """What is kept of people, and how they remove it.

    Args:
        state: says how long questions are kept, and whether.
        say: the reader's language.
    """
    if not state.keep_questions:
        questions = say(texts.PRIVACY_NO_QUESTIONS)
    elif state.keep_misses_days:
        questions = say.plural(texts.PRIVACY_QUESTIONS, state.keep_misses_days)
    else:
        questions = say(texts.PRIVACY_QUESTIONS_ALWAYS)
    sentences = (say(texts.PRIVACY_KEPT), questions, say(texts.PRIVACY_FORGET))
    return plain("\n\n".join(sentences))


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
