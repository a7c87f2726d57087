"""What `check` looks at: the settings, the articles and the way to Telegram; each prints what it finds."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot import console_texts
from bot.command_group import fail
from bot.config import Config
from bot.language import Texts
from retrieval.generations import keep_apart
from retrieval.reading.corpus import read_articles
from retrieval.reading.reader import Reader

_SAY = Texts()


async def check_settings(config: Config) -> None:
    """Look whether the places for index and state can be used; another Dateline may be running on them as they are.

    Raises:
        IndexStorageError: the index lies among the articles.
        ShelfError: the folder for what is taken out does.
        StateError: the state can't be used.
        ConfigError: the webhook's certificate can't be used.
    """
    # SQLAlchemy takes long to import, and what changes articles is needed by this and the bot alone.
    from bot.changing import shelf_of  # noqa: PLC0415
    from bot.state import State  # noqa: PLC0415

    keep_apart(Path(config.retrieval.index), config.corpus.path)
    shelf_of(config).check()
    if config.telegram.mode == "webhook":
        from bot.web.checks import tls_of  # noqa: PLC0415 - few have one

        tls_of(config.webhook)
    earlier = await State.check(config.state.url)
    click.echo(console_texts.SETTINGS_GOOD)
    if earlier:
        click.echo(console_texts.STATE_EARLIER)


def check_corpus(config: Config) -> bool:
    """Read all articles, and list those that would be refused.

    Returns:
        Whether none would be. If all would be, the program ends.

    Raises:
        CorpusError: the corpus can't be read.
    """
    path = config.corpus.path
    reader = Reader(config.corpus.limits)
    days = Counter(article.date for article in read_articles(path, reader))
    held = _SAY.holding(days.total(), min(days), max(days)) if days else console_texts.NO_ARTICLE
    click.echo(f"corpus: {path}: {held}")
    for note in reader.notes:
        click.echo(console_texts.noted(note))
    for refusal in reader.refusals:
        click.echo(console_texts.refused(refusal))
    if not days:
        advice = "see above" if reader.refusals else "put .txt, .md or .jsonl files there"
        fail(f"{path}: {held}; {advice}")
    return not reader.refusals


async def check_telegram(config: Config) -> bool:
    """Log in to Telegram, and say what the bot is and may do there, and what is in its way.

    Returns:
        Whether nothing is in its way.

    Raises:
        ConfigError: there is no token, or Telegram doesn't know it.
        UnreachableError: Telegram can't be reached.
    """
    from bot.telegram.reach import reach  # noqa: PLC0415 - its library takes long to import

    found = await reach(config.require_token(), config.telegram.api_url)
    click.echo(console_texts.reached(found.name, found.api_url, found.seconds))
    for able, can, cannot in (
        (found.joins_groups, console_texts.JOINS_GROUPS, console_texts.JOINS_NO_GROUPS),
        (found.reads_groups, console_texts.READS_GROUPS, console_texts.READS_NO_GROUPS),
        (found.inline, console_texts.INLINE, console_texts.NO_INLINE),
        (found.guest, console_texts.GUEST, console_texts.NO_GUEST),
    ):
        click.echo(can if able else cannot)
    click.echo(console_texts.pending(found.pending))
    if found.webhook_host is None:
        return True
    own = config.telegram.mode == "webhook" and found.webhook_host == _host(config.webhook.url)
    if not own:
        click.echo(console_texts.webhook_elsewhere(found.webhook_host))
    if found.webhook_error is not None:
        click.echo(console_texts.webhook_failed(found.webhook_error))
    return own and found.webhook_error is None


def _host(address: str | None) -> str | None:
    return urlsplit(address or "").hostname
