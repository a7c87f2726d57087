"""Builds an index in a process of its own, `python -m retrieval.building`, so that whoever asks is not held up.

It reads one JSON object from standard input, and writes one a line to standard output: `{"articles": N}` now and
then, at the end `{"built": true}` or `{"refused": "why"}`.
"""

import gc
import json
import sys
import time

from retrieval.errors import DatelineError
from retrieval.generations import open_or_build
from retrieval.settings import ArchiveSettings, StrictModel

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among them; there is next to none in the rows of a large folder."""

EVERY = 0.5
"""Seconds between two words on how far it is."""


class Wanted(StrictModel):
    """What is to be built.

    Args:
        settings: from where, and where to.
        most_lost: the share of the articles there are that may be missing in the new index, 0 to 1.
    """

    settings: ArchiveSettings
    most_lost: float


def main() -> None:
    """Build, and say how far it is."""
    gc.set_threshold(COLLECT_AFTER)
    wanted = Wanted.model_validate_json(sys.stdin.read(), strict=False)
    told = time.monotonic()

    def progress(articles: int, _total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            _say({"articles": articles})

    try:
        open_or_build(wanted.settings, progress, wanted.most_lost)
    except DatelineError as error:
        _say({"refused": str(error)})
    else:
        _say({"built": True})


def _say(word: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(word)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
