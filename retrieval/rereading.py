"""Reads those files of a corpus again that changed, and tells what came, moved and went.

What comes out is what reading every file would give. Files are read in their order, and an id goes to the first that
asks for it, so a change in one file may reach others: those that asked in vain for an id that may now be free, and
those whose id an earlier file has taken. They are read again too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.catalogue import Catalogue, Row, packed, unpacked
from retrieval.reading.corpus import find_files
from retrieval.reading.ids import Ids, Place
from retrieval.reading.kinds import named
from retrieval.reading.limits import ReadingLimits
from retrieval.reading.reader import Reader, Remembered, place_of
from retrieval.reading.walk import state_of
from retrieval.types import Article, Refusal


@dataclass(frozen=True, slots=True)
class Come:
    """An article that is new, or says something else.

    Args:
        article: what it says.
        row: where it was read; its number is new.
    """

    article: Article
    row: Row


class Rereading:
    """One look at a corpus of which a catalogue remembers an earlier one.

    Args:
        path: of the corpus.
        limits: the largest things that are read.
        catalogue: is brought up to date but for the articles that came, which `Catalogue.add` writes down.
        first_number: the number of the first article that comes.

    Raises:
        CorpusError: there is nothing at the path, or it cannot be opened.
    """

    def __init__(
        self, path: Path, limits: ReadingLimits, catalogue: Catalogue, first_number: int
    ) -> None:
        self._catalogue = catalogue
        self._next = first_number
        self._kept = bytearray(first_number)
        self._reader = Reader(limits, Ids(self), self._remembered)
        self._found = find_files(path, self._reader)
        self.refusals: tuple[Refusal, ...] = tuple(self._reader.refusals)
        """What of the folder itself could not be walked."""
        self.replaced = 0
        """About how many articles came so far that take the place of one with the same id."""
        self._states = [state_of(file.path) for file in self._found]
        self._numbers, self._gone = self._compare()
        self._places = {number: place for place, number in enumerate(self._numbers)}
        self._current = -1
        self._old: Iterator[Row] = iter(())
        self._at: Row | None = None
        self._recalled: list[Row] = []
        self._taken: set[str] = set()
        self._bytes_wanted = self._bytes_done = 0

    def _compare(self) -> tuple[list[int], frozenset[int]]:
        """Number the files and find those to be read; those that are gone are forgotten."""
        before = self._catalogue.files()
        self._again: set[int] = set()
        numbers: list[int] = []
        moved = False
        for place, (file, state) in enumerate(zip(self._found, self._states, strict=True)):
            known = before.pop(file.name, None)
            if known is None:
                number = self._catalogue.put_file(None, file.name, None, place)
                self._again.add(number)
                moved = True
            else:
                number, read = known
                if state != read:
                    self._again.add(number)
            numbers.append(number)
        gone = frozenset(number for number, _ in before.values())
        for number in gone:
            self._catalogue.drop_file(number)
            self._catalogue.clear(number)
        if moved or gone:
            self._catalogue.put_places((number, place) for place, number in enumerate(numbers))
        return numbers, gone

    def articles(self) -> Iterator[Come]:
        """Read, and give each article that came; it must be written into the catalogue before the next is taken."""
        if self._kept:
            for number in [*self._again, *self._gone]:
                self._reach(number)
        self._bytes_wanted = sum(
            self._size(place)
            for place, number in enumerate(self._numbers)
            if number in self._again
        )
        for place, number in enumerate(self._numbers):
            if number in self._again:
                self._current = place
                self._reader.taken = 0
                yield from self._read(place, number)
                self._bytes_done += self._size(place)

    def reckon(self, taken: int) -> int:
        """About how many articles will have come in the end, where so many have: by the bytes that were read."""
        here = min(self._reader.taken, self._size(self._current))
        return max(taken, round(taken * self._bytes_wanted / max(1, self._bytes_done + here)))

    def gone(self) -> Iterator[tuple[int, str]]:
        """When all are read: number and id of the articles that are gone; the catalogue still has them."""
        for file in [*self._again, *self._gone]:
            for number, identity in self._catalogue.ids_of(file):
                if not self._is_kept(number):
                    yield number, identity

    def _read(self, place: int, number: int) -> Iterator[Come]:
        file, reader = self._found[place], self._reader
        self._catalogue.clear(number)
        self._old = self._catalogue.of_file(number)
        self._at = next(self._old, None)
        reader.refusals.clear()
        reader.notes.clear()
        for item in reader.items(file):
            row = Row(
                self._next,
                item.id,
                number,
                item.line,
                item.print,
                item.given_line,
                packed(item.remarks),
            )
            if item.article is not None:
                self._next += 1
                if self._kept:
                    self._taken.add(item.id)
                yield Come(item.article, row)
            else:
                self._keep(row)
        self._catalogue.refuse(number, reader.refusals)
        self._catalogue.note(number, reader.notes)
        self._catalogue.put_file(number, file.name, self._states[place], place)

    def _size(self, place: int) -> int:
        state = self._states[place]
        return 0 if state is None else state.size

    def _keep(self, row: Row) -> None:
        """An article that was there before is found again, here."""
        held = next(each for each in self._recalled if each.id == row.id)
        self._kept[held.number] = 1
        now = row._replace(number=held.number)
        if now != held:
            self._catalogue.move(now)

    def _reach(self, number: int) -> None:
        """Have those files read again that a change in one may reach."""
        waiting = [number]
        while waiting:
            for loser in self._catalogue.losers_to(waiting.pop()):
                if loser not in self._again and loser in self._places:
                    self._again.add(loser)
                    waiting.append(loser)

    def _unkept(self, print_: bytes) -> Iterator[Row]:
        """What the files that are read again gave before of some bytes, and was not found again yet."""
        for row in self._catalogue.with_print(print_):
            if not self._is_kept(row.number) and (
                row.file in self._again or row.file in self._gone
            ):
                yield row

    def _is_kept(self, number: int) -> bool:
        return number >= len(self._kept) or bool(self._kept[number])

    def _remembered(self, print_: bytes, line: int) -> Remembered | None:
        if not self._kept:
            return None
        while self._at is not None and self._at.line < line:
            self._at = next(self._old, None)
        here = self._at
        # Most often the same bytes stand on the same line as before; then nothing has to be looked for.
        if (
            here is not None
            and (here.line, here.print) == (line, print_)
            and not self._is_kept(here.number)
        ):
            rows = [here]
        else:
            rows = list(self._unkept(print_))
        self._recalled = rows
        if not rows:
            return None
        one = rows[0]
        return Remembered(
            given=None if one.given_line is None else one.id,
            given_line=one.given_line,
            remarks=unpacked(one.remarks),
            ids=frozenset(row.id for row in rows),
        )

    def get(self, identity: str) -> Place | None:
        """Who holds an id, for `Ids`."""
        here = self._recalled
        if len(here) == 1 and here[0].id == identity and identity not in self._taken:
            # It was the article's own, and nobody has taken it since.
            return None
        for row in self._catalogue.with_id(identity):
            if row.file in self._again or row.file not in self._places:
                if not self._is_kept(row.number):
                    self.replaced += 1
                    continue
            elif self._places[row.file] > self._current:
                # An earlier file takes the id of a later one, which has to be read again in its turn.
                self._again.add(row.file)
                self._reach(row.file)
                continue
            self._catalogue.lose(identity, self._numbers[self._current])
            return self._place(row)
        return None

    def __setitem__(self, identity: str, place: Place) -> None:
        """The catalogue knows whose an id is as soon as the article stands in it."""

    def _place(self, row: Row) -> Place:
        name = self._found[self._places[row.file]].name
        return place_of(name, named(name).bare, row.line or None)
