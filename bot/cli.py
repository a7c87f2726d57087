"""The command line: `python -m bot`, with `run`, `chat`, `ask`, `check` and more.

Each command imports what it needs and no more: an answer in the terminal should not wait for Telegram's library, and
Tab for none at all.
"""

import gc
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import console_texts
from bot.command_group import DONE, NOT_ALL_WELL, Commands, print_versions

if TYPE_CHECKING:
    from bot.config import Config
    from bot.services import Services
    from retrieval.archive import Archive
    from retrieval.types import Answer

STANDARD_INPUT = "-"

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among them. Its own 700 are few for answers made of thousands."""

Command = Callable[..., Any]


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
        type=click.Path(),
        metavar="FOLDER",
        help="Where the index is kept, or :memory:; instead of retrieval.index.",
    )
    @wraps(command)
    def configured(
        file: Path | None, corpus: Path | None, index: str | None, **options: object
    ) -> Any:  # noqa: ANN401
        from bot.config import default_file, load_config, load_config_again
        from bot.logs import set_up_logging

        file = file or default_file()
        config = load_config(file, corpus=corpus, index=index)
        again = partial(load_config_again, file, corpus=corpus, index=index)
        click.get_current_context().obj = again
        token = config.token.get_secret_value() if config.token else None
        set_up_logging(
            config.log.level, token, as_json=config.log.format == "json", secrets=config.secrets
        )
        return command(config, **options)

    return configured


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=console_texts.MAIN_EPILOG,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_versions,
    help="Show the version, Python's and the libraries', and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Ask a folder of dated news articles; every answer is a quotation.

    Without a command: the Telegram bot if TELEGRAM_BOT_TOKEN is set, else a chat in the terminal.
    """
    # Libraries that are being imported leave no garbage; to look for it takes a tenth of the time.
    gc.disable()
    context.call_on_close(gc.enable)
    gc.set_threshold(COLLECT_AFTER)
    if context.invoked_subcommand is None:
        context.invoke(start)


@main.command(hidden=True)
@with_config
def start(config: "Config") -> None:
    """Be the Telegram bot if there is a token, else chat in the terminal."""
    if config.token is None:
        click.echo(console_texts.TERMINAL_INSTEAD)
        _chat(config)
    else:
        _run(config)


@main.command(short_help="Be the Telegram bot.", epilog=console_texts.RUN_EPILOG)
@with_config
def run(config: "Config") -> None:
    """Be the Telegram bot, until SIGTERM or Ctrl-C.

    Needs the bot's token, in TELEGRAM_BOT_TOKEN, in .env or in the file that TELEGRAM_BOT_TOKEN_FILE names. SIGHUP
    has the articles read again.
    """
    _run(config)


@main.command(
    "chat", short_help="Ask in the terminal, again and again.", epilog=console_texts.CHAT_EPILOG
)
@with_config
def chat_command(config: "Config") -> None:
    """Ask in the terminal. Reads one question a line where standard input isn't a terminal."""
    _chat(config)


@main.command(short_help="Print the answer to a question.", epilog=console_texts.ASK_EPILOG)
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one line of JSON.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000),
    metavar="N",
    help="Excerpts at most; answers.excerpts of the settings unless given.",
)
@with_config
def ask(config: "Config", question: tuple[str, ...], *, as_json: bool, limit: int | None) -> None:
    """Print the answer to QUESTION; with - as the question, to each line of standard input."""
    from bot.data import to_json
    from bot.render import render
    from bot.terminal import SAY, answer_each, make_console, read_lines, show

    console = make_console()
    archive = _load(config)
    excerpts = limit or config.answers.excerpts

    def answer(text: str) -> "Answer":
        found = archive.ask(text, limit=excerpts, words=config.answers.words)
        if as_json:
            click.echo(to_json(found).encode("utf-8", "replace"))
        else:
            show(console, render(found, SAY))
        return found

    if question != (STANDARD_INPUT,):
        sys.exit(DONE if answer(" ".join(question)).answered else NOT_ALL_WELL)
    questions: Iterable[str] = read_lines(sys.stdin.buffer)
    if as_json:
        for text in questions:
            answer(text)
    else:
        answer_each(questions, answer, console)


@main.command(
    short_help="Check settings, articles and the token.", epilog=console_texts.CHECK_EPILOG
)
@click.option(
    "--telegram", is_flag=True, help="Log in to Telegram as well, and say what the bot may do."
)
@with_config
def check(config: "Config", *, telegram: bool) -> None:
    """Check settings and corpus; list every file that would be refused, and why."""
    import asyncio

    from bot.checking import check_corpus, check_settings, check_telegram

    _collect_garbage()
    asyncio.run(check_settings(config))
    well = check_corpus(config)
    if telegram:
        well = asyncio.run(check_telegram(config)) and well
    sys.exit(DONE if well else NOT_ALL_WELL)


@main.command(
    "backup",
    short_help="Copy the state, also while the bot runs.",
    epilog=console_texts.BACKUP_EPILOG,
)
@click.argument("to", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@with_config
def backup_command(config: "Config", to: Path | None) -> None:
    """Copy what the bot remembers (state.url) to FILE, also while it runs.

    Without FILE, or with a folder, the copy gets a name with the time of UTC, beside the state or in that folder.
    Nothing is overwritten. docs/state.md says how to restore it.
    """
    from bot.state.backup import backup

    _collect_garbage()
    click.echo(console_texts.backed_up(backup(config.state.url, to, datetime.now(UTC))))


@main.command(
    short_help="Print what completes commands in your shell.",
    epilog=console_texts.COMPLETION_EPILOG,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that lets SHELL complete the words of the `dateline` command.

    `dateline` is what installing puts beside `python`, and the same as `python -m bot`.
    """
    from bot.completion import script

    click.echo(script(main, shell), nl=False)


def _run(config: "Config") -> None:
    config.require_token()
    # While the archive is loaded there is nobody yet who listens to these two.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(DONE))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    from bot.changing import shelf_of
    from bot.corpus.errors import ShelfError
    from bot.telegram.app import serve

    # What was half done when the bot was killed is settled before the articles are read.
    try:
        shelf_of(config).recover()
    except ShelfError as error:
        _logger().warning(console_texts.NOT_SETTLED, error=str(error))
    serve(_services(config))


def _chat(config: "Config") -> None:
    from bot.terminal import chat, make_console

    chat(_services(config), make_console())


def _logger() -> Any:  # noqa: ANN401 - structlog's own type
    import structlog

    return structlog.get_logger("dateline")


def _services(config: "Config") -> "Services":
    from bot.services import Services

    archive = _load(config)
    if archive.refusals:
        _logger().warning(console_texts.SOME_REFUSED, refused=len(archive.refusals))
    return Services(archive, config, click.get_current_context().obj)


def _collect_garbage() -> None:
    """Look for garbage from now on, but not among what has been imported."""
    gc.freeze()
    gc.enable()


def _load(config: "Config") -> "Archive":
    from rich.console import Console

    from bot.loading import load

    _collect_garbage()
    return load(config.archive, Console(stderr=True))
