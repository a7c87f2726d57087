"""Trouble to order: server errors, floods and connections that break."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import ConnectionLostError, RefusalError, too_many_requests

PHRASES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


@dataclass(slots=True)
class Fault:
    """One kind of trouble and how many more requests it will meet."""

    method: str | None
    status: int | None
    retry_after: int | None
    drop: str | None
    times: int


class Faults:
    """Faults waiting for a request to befall."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def order(
        self,
        method: str | None = None,
        *,
        status: int | None = None,
        retry_after: int | None = None,
        drop: str | None = None,
        times: int = 1,
    ) -> None:
        """Make the next requests fail.

        Args:
            method: Only this method, or any.
            status: Answer with this code (500, 502, ...).
            retry_after: Answer 429 with so many seconds.
            drop: "before" loses the request, "after" carries it out and loses the answer.
            times: How many requests it befalls.
        """
        if [status, retry_after, drop].count(None) != 2:
            raise ValueError("order one of status, retry_after and drop")
        if drop not in {None, "before", "after"}:
            raise ValueError('drop is "before" or "after"')
        self.waiting.append(Fault(method, status, retry_after, drop, times))

    def clear(self) -> None:
        """Call everything off."""
        self.waiting.clear()

    def strike(self, method: str) -> bool:
        """Raise what was ordered for this request; True means: drop the answer afterwards."""
        for fault in self.waiting:
            if fault.method is None or fault.method.lower() == method.lower():
                break
        else:
            return False
        fault.times -= 1
        if fault.times <= 0:
            self.waiting.remove(fault)
        if fault.drop == "before":
            raise ConnectionLostError
        if fault.retry_after is not None:
            raise too_many_requests(fault.retry_after)
        if fault.status is not None:
            raise RefusalError(fault.status, PHRASES.get(fault.status, "Error"))
        return True
