"""Turns a folder into the files in it that may be articles; links are followed inside it only."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import ArticleError
from retrieval.reading.files import explained
from retrieval.reading.wording import shown

Refusing = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read.

    Args:
        path: where it can be opened; links are resolved. It is no `Path`, as there may be very many.
        name: its path below the corpus folder, with `/`, as the disk has it.
    """

    path: str
    name: str


class State(NamedTuple):
    """What the disk says about a file; it differs once the file has changed.

    Attributes:
        size: in bytes.
        modified, changed: when its content, and anything about it, changed last, in nanoseconds.
    """

    size: int
    modified: int
    changed: int


def state_of(path: str) -> State | None:
    """The state of a file, links followed; None if that can't be told."""
    try:
        return _state(os.stat(path))  # noqa: PTH116 - there may be very many
    except OSError:
        return None


def states_below(folder: Path) -> Iterator[tuple[str, State | None]]:
    """All that a walk over a folder looks at, by its path below it, with its state, in an order that stays the same.

    What can't be looked at has no state, as a link has that leads nowhere.
    """
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(folder / here) as entries:
                below = sorted(
                    (entry for entry in entries if not _passed_over(entry.name)),
                    key=lambda entry: entry.name,
                )
        except OSError:
            yield here, None
            continue
        for entry in below:
            name = _joined(here, entry.name)
            try:
                yield name, _state(entry.stat())
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
            except OSError:
                yield name, None


def _state(found: os.stat_result) -> State:
    return State(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class Walk:
    """One walk over a folder. What is no link comes first, so that a link to it is refused."""

    def __init__(self, root: Path, refusing: Refusing) -> None:
        self._root = os.path.realpath(root)
        self._refusing = refusing
        self._links: list[Found] = []
        self._folders: set[str] = set()
        self._files: dict[str, str] = {}

    def files(self) -> list[Found]:
        """The files, in the order of their names. What cannot be walked is refused."""
        found = list(self._below(self._root, ""))
        while self._links:
            links, self._links = sorted(self._links, key=_order), []
            for link in links:
                with self._refusing(link.name):
                    found.extend(self._followed(link))
        return sorted(found, key=_order)

    def _below(self, folder: str, name: str) -> Iterator[Found]:
        waiting = [Found(folder, name)]
        while waiting:
            here = waiting.pop()
            with self._refusing(here.name):
                if here.path in self._folders:
                    raise ArticleError("this folder is read already, by a link; remove the link")
                self._folders.add(here.path)
                for entry in _entries(here.path):
                    below = Found(entry.path, _joined(here.name, entry.name))
                    with self._refusing(below.name):
                        if entry.is_symlink():
                            self._links.append(below)
                        elif _is_folder(entry):
                            waiting.append(below)
                        else:
                            yield self._once(below)

    def _followed(self, link: Found) -> Iterator[Found]:
        target = os.path.realpath(link.path)
        if not Path(target).is_relative_to(self._root):
            reason = f"a link that leads out of the corpus folder, to {shown(target)}"
            raise ArticleError(f"{reason}; copy the file in, or remove the link")
        if not _leads_to_folder(link.path, target):
            yield self._once(Found(target, link.name))
        elif target in self._folders:
            reason = f"a link to a folder that is read already, {shown(target)}"
            raise ArticleError(f"{reason}; remove the link")
        else:
            yield from self._below(target, link.name)

    def _once(self, file: Found) -> Found:
        first = self._files.setdefault(file.path, file.name)
        if first != file.name:
            raise ArticleError(f"a link to a file seen before, {shown(first)}; remove the link")
        return file


def _leads_to_folder(link: str, target: str) -> bool:
    try:
        return stat.S_ISDIR(Path(link).stat().st_mode)
    except FileNotFoundError as error:
        reason = (
            f"a link to {shown(Path(target).name)}, which does not exist; remove or mend the link"
        )
        raise ArticleError(reason) from error
    except OSError as error:
        raise ArticleError(explained(error)) from error


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not _passed_over(entry.name)]
    except OSError as error:
        raise ArticleError(f"the folder was not read: {explained(error)}") from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError as error:
        raise ArticleError(f"the folder was not read: {explained(error)}") from error


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _order(file: Found) -> list[str]:
    return file.name.split("/")
