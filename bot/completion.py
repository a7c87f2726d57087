"""Lets shells complete the words of the `dateline` command, by what click knows of them."""

import click
from click.shell_completion import get_completion_class

PROGRAM = "dateline"
"""The command that installing makes; `python -m bot` is completed as Python's own."""

VARIABLE = "_DATELINE_COMPLETE"
"""By this click knows that it is the shell that asks."""


def script(group: click.Group, shell: str) -> str:
    """What a shell has to run once to complete words from then on.

    Args:
        group: the commands.
        shell: bash, zsh or fish.

    Raises:
        LookupError: another shell.
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise LookupError(f"no completion for {shell}")
    return completion(group, {}, PROGRAM, VARIABLE).source()
