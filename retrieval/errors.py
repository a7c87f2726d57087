"""Every error that Dateline raises on purpose; each message says what was wrong, where, and what to do."""


class DatelineError(Exception):
    """Anything Dateline itself refuses to do. Its text is fit to be shown to the person who asked."""


class ConfigError(DatelineError):
    """A setting is missing, unknown or of the wrong kind."""


class CorpusError(DatelineError):
    """The corpus as a whole cannot be read: no such folder, or no usable article in it."""


class ArticleError(DatelineError):
    """One article cannot be used. The rest of the corpus loads.

    Args:
        reason: what is wrong and what was expected, in one line.
        line: the line of the file, counted from 1; None when the whole file is meant.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class IndexStorageError(DatelineError):
    """The index cannot be opened, built or searched."""


class IndexDamageError(IndexStorageError):
    """Files of the index are missing, or not as they were written; it can be built anew."""
