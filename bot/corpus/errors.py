"""What can go wrong when the files of a corpus are changed."""

from retrieval.errors import DatelineError


class ShelfError(DatelineError):
    """A file can't be added, removed or brought back; nothing was changed."""


class AlreadyThereError(ShelfError):
    """The very same file is there already."""


class NameTakenError(ShelfError):
    """Something else has the name.

    Args:
        reason: what, and what to do, in one line.
        replaceable: whether it is a file that may be replaced.
    """

    def __init__(self, reason: str, *, replaceable: bool = False) -> None:
        super().__init__(reason)
        self.replaceable = replaceable


class ChangedSinceError(ShelfError):
    """A change can't be taken back, because somebody else has changed the file since."""
