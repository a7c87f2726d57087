"""The group that all commands belong to: it keeps them in their order, and turns failures into lines for people."""

import errno
import io
import sys
from typing import Any, NoReturn

import click

from bot import console_texts
from retrieval.errors import DatelineError

DONE = 0
"""All went well, and there was an answer."""

NOT_ALL_WELL = 1
"""There was no answer, or something is to be looked at; the output says what."""

FAILED = 2
"""Bad usage or settings, or nothing that could be used; standard error says why."""


class Commands(click.Group):
    """Shows a DatelineError as lines on standard error, and exits with 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """In the order in which they are defined: those that most people need come first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A terminal of another encoding, or a file name that is no text, is no reason to fail.
            sys.stdout.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            # Whoever named no command may not know that there are any.
            hint = "" if ctx.invoked_subcommand else f"\n{console_texts.HELP_HINT}"
            fail(f"{error}{hint}")
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            reason = error.strerror or str(error)
            if error.filename is None:
                fail(console_texts.cannot_write(reason))
            fail(console_texts.cannot_use(error.filename, reason))


def fail(reasons: str) -> NoReturn:
    """Say on standard error what is wrong, one reason a line, and exit with 2."""
    for reason in reasons.splitlines():
        click.echo(f"dateline: {reason}", err=True)
    sys.exit(FAILED)


def print_versions(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    """Say which Dateline this is and what it stands on, as a report of a fault needs it, and exit."""
    if wanted and not context.resilient_parsing:
        # Reads the metadata of what is installed, which only this needs.
        from bot.versions import versions  # noqa: PLC0415

        click.echo(versions())
        context.exit()
