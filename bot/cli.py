"""The command line: `python -m bot`, with `run`, `chat`, `ask`, `check` and `backup`."""

import asyncio
import errno
import io
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn

import click
import structlog
from rich.console import Console

from bot import console_texts
from bot.changing import shelf_of
from bot.config import Config, load_config
from bot.corpus.errors import ShelfError
from bot.data import to_json
from bot.logs import set_up_logging
from bot.render import render
from bot.services import Services
from bot.state import State
from bot.state.backup import backup
from bot.telegram.app import serve
from bot.terminal import SAY, answer_each, chat, make_console, read_lines, show
from bot.web.checks import tls_of
from retrieval.archive import Archive
from retrieval.errors import DatelineError
from retrieval.reading import read_corpus
from retrieval.snapshot import keep_apart
from retrieval.types import Answer

logger = structlog.get_logger("dateline")

ANSWERED = 0
NOTHING_FOUND = 1
BAD_USAGE = 2
STANDARD_INPUT = "-"

Command = Callable[..., Any]


class Failures(click.Group):
    """Shows a DatelineError as lines on standard error, and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A terminal of another encoding, or a file name that is no text, is no reason to fail.
            sys.stdout.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            _fail(str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _fail(console_texts.cannot_write(error.strerror or str(error)))


def _fail(reasons: str) -> NoReturn:
    for reason in reasons.splitlines():
        click.echo(f"dateline: {reason}", err=True)
    sys.exit(BAD_USAGE)


def with_config(command: Command) -> Command:
    """Give a command the options that settings come from, and the settings."""

    @click.option(
        "--config",
        "file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Settings; config.yaml of this folder unless given.",
    )
    @click.option(
        "--corpus",
        type=click.Path(path_type=Path),
        metavar="FOLDER_OR_FILE",
        help="Articles to ask instead of corpus.path; indexed in memory unless --index is given.",
    )
    @click.option(
        "--index",
        metavar="FOLDER",
        help="Where the index is kept, or :memory:; instead of retrieval.index.",
    )
    @wraps(command)
    def configured(
        file: Path | None, corpus: Path | None, index: str | None, **options: object
    ) -> Any:  # noqa: ANN401
        reread = partial(load_config, file, corpus=corpus, index=index)
        click.get_current_context().obj = reread
        config = reread()
        token = config.token.get_secret_value() if config.token else None
        set_up_logging(
            config.log.level, token, as_json=config.log.format == "json", secrets=config.secrets
        )
        return command(config, **options)

    return configured


@click.group(
    cls=Failures,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="dateline", prog_name="dateline")
@click.pass_context
def main(context: click.Context) -> None:
    """Ask a folder of dated news articles; every answer is a quotation.

    Without a command: the Telegram bot if TELEGRAM_BOT_TOKEN is set, else a chat in the terminal.
    """
    if context.invoked_subcommand is None:
        context.invoke(start)


@main.command(hidden=True)
@with_config
def start(config: Config) -> None:
    """Be the Telegram bot if there is a token, else chat in the terminal."""
    if config.token is None:
        click.echo(console_texts.TERMINAL_INSTEAD)
        chat(_services(config), make_console())
    else:
        _be_the_bot(config)


@main.command()
@with_config
def run(config: Config) -> None:
    """Be the Telegram bot, until SIGTERM or Ctrl-C."""
    config.require_token()
    _be_the_bot(config)


@main.command("chat")
@with_config
def chat_command(config: Config) -> None:
    """Ask in the terminal. Reads one question a line where standard input isn't a terminal."""
    chat(_services(config), make_console())


@main.command(short_help="Print the answer to a question.")
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one line of JSON.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000),
    metavar="N",
    help="Excerpts at most; answers.excerpts of the settings unless given.",
)
@with_config
def ask(config: Config, question: tuple[str, ...], *, as_json: bool, limit: int | None) -> None:
    """Print the answer to QUESTION; with - as the question, to each line of standard input.

    Exits with 0 if it was answered or standard input came to its end, 1 if it was not, even if the nearest
    passages are shown, and 2 on bad usage or settings.
    """
    console = make_console()
    archive = _load(config)
    excerpts = limit or config.answers.excerpts

    def answer(text: str) -> Answer:
        found = archive.ask(text, limit=excerpts, words=config.answers.words)
        if as_json:
            click.echo(to_json(found).encode("utf-8", "replace"))
        else:
            show(console, render(found, SAY))
        return found

    if question != (STANDARD_INPUT,):
        sys.exit(ANSWERED if answer(" ".join(question)).answered else NOTHING_FOUND)
    questions: Iterable[str] = read_lines(sys.stdin.buffer)
    if as_json:
        for text in questions:
            answer(text)
    else:
        answer_each(questions, answer, console)


@main.command(short_help="Check settings and articles.")
@with_config
def check(config: Config) -> None:
    """Check settings and corpus; list every file that would be refused, and why.

    Exits with 0 if all is well, 1 if something would be refused, 2 if nothing could be used.
    """
    keep_apart(Path(config.retrieval.index), config.corpus.path)
    if config.telegram.mode == "webhook":
        tls_of(config.webhook)
    corpus = read_corpus(config.corpus.path, config.corpus.limits)
    days = [article.date for article in corpus.articles]
    held = SAY.holding(len(days), min(days), max(days)) if days else console_texts.NO_ARTICLE
    # Looks only: another Dateline may be running on the tables as they are.
    earlier = asyncio.run(State.check(config.state.url))
    click.echo(console_texts.SETTINGS_GOOD)
    if earlier:
        click.echo(console_texts.STATE_EARLIER)
    click.echo(f"corpus: {config.corpus.path}: {held}")
    for note in corpus.notes:
        click.echo(console_texts.noted(note))
    for refusal in corpus.refusals:
        click.echo(console_texts.refused(refusal))
    if not corpus.articles:
        advice = "see above" if corpus.refusals else "put .txt, .md or .jsonl files there"
        _fail(f"{config.corpus.path}: {held}; {advice}")
    sys.exit(NOTHING_FOUND if corpus.refusals else ANSWERED)


@main.command("backup", short_help="Copy the state, also while the bot runs.")
@click.argument("to", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@with_config
def backup_command(config: Config, to: Path | None) -> None:
    """Copy what the bot remembers (state.url) to FILE, also while it runs.

    Without FILE, or with a folder, the copy gets a name with the time of UTC, beside the state or in that folder.
    Nothing is overwritten. docs/state.md says how to restore it.
    """
    click.echo(console_texts.backed_up(backup(config.state.url, to, datetime.now(UTC))))


def _services(config: Config) -> Services:
    archive = _load(config)
    if archive.refusals:
        logger.warning(console_texts.SOME_REFUSED, refused=len(archive.refusals))
    return Services(archive, config, click.get_current_context().obj)


def _be_the_bot(config: Config) -> None:
    # What was half done when the bot was killed is settled before the articles are read.
    try:
        shelf_of(config).recover()
    except ShelfError as error:
        logger.warning(console_texts.NOT_SETTLED, error=str(error))
    serve(_services(config))


def _load(config: Config) -> Archive:
    """Load the archive; on a terminal, say how far it is while that takes its time."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return Archive.load(config.archive)
    with console.status(console_texts.READING) as status:
        return Archive.load(
            config.archive, lambda count: status.update(console_texts.reading(count))
        )
