"""Turns the remarks on the articles of one file into a few notes, however many articles it has."""

from collections.abc import Iterable, Iterator

from retrieval.reading.fields import Remark


class Remarks:
    """The remarks on one file: of each sort the first, and on how many articles."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Remark, int | None]] = {}
        self._count: dict[str, int] = {}

    def add(self, remarks: Iterable[Remark], line: int | None) -> None:
        """Takes in the remarks on one article, and the line it stands on if it has its own."""
        for remark in remarks:
            self._first.setdefault(remark.what, (remark, line))
            self._count[remark.what] = self._count.get(remark.what, 0) + 1

    def told(self) -> Iterator[str]:
        """The remarks, each sort once, in the order they came up."""
        for what, (remark, line) in self._first.items():
            place = "" if line is None else f"line {line}: "
            detail = f": {remark.detail}" if remark.detail else ""
            others = self._count[what] - 1
            more = f" (and {others} more)" if others else ""
            yield f"{place}{what}{detail}{more}"
