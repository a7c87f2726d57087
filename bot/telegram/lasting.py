"""Trouble that comes again and again: said at once, and then only now and then, with how often it came."""

import asyncio

REMIND_AFTER = 600.0
"""Seconds between two log lines about trouble that lasts: a night of it is some fifty lines, not thousands."""

OVER_AFTER = 90.0
"""Seconds without it after which it is over, and told at once if it comes again. Polling tries every 30 at least, and
takes 10 for a try."""


class Lasting:
    """One kind of trouble."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._began = self._told = 0.0
        self._times = 0

    def happens(self) -> dict[str, int] | None:
        """It happens now.

        Returns:
            What to add to the log line: nothing at the first time, later how often it happened and for how many
            minutes; None where it need not be said again yet.
        """
        now = asyncio.get_running_loop().time()
        if self._last is None or now - self._last > OVER_AFTER:
            self._began = self._told = now
            self._times = 0
        self._last = now
        self._times += 1
        if self._times == 1:
            return {}
        if now - self._told < REMIND_AFTER:
            return None
        self._told = now
        return {"times": self._times, "minutes": round((now - self._began) / 60)}
