"""How much of a file is read before it is refused."""

from dataclasses import dataclass

BYTES_IN_MEGABYTE = 1_000_000
BYTES_IN_KILOBYTE = 1_000


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """The largest things that are read; a larger one is refused, and its reason names the limit.

    Args:
        max_file_megabytes: a file that holds one article, after it is unpacked.
        max_line_megabytes: one line of a .jsonl file, which is one article. The file itself may
            be of any size.
        max_front_matter_kilobytes: the YAML at the head of a Markdown file.
        max_id_characters: an id that a file gives.
        max_url_characters: an article with a longer URL is used without it.
    """

    max_file_megabytes: float = 20
    max_line_megabytes: float = 20
    max_front_matter_kilobytes: float = 64
    max_id_characters: int = 200
    max_url_characters: int = 2048

    @property
    def file_bytes(self) -> int:
        """`max_file_megabytes` in bytes."""
        return int(self.max_file_megabytes * BYTES_IN_MEGABYTE)

    @property
    def line_bytes(self) -> int:
        """`max_line_megabytes` in bytes."""
        return int(self.max_line_megabytes * BYTES_IN_MEGABYTE)

    @property
    def front_matter_bytes(self) -> int:
        """`max_front_matter_kilobytes` in bytes."""
        return int(self.max_front_matter_kilobytes * BYTES_IN_KILOBYTE)


DEFAULT_LIMITS = ReadingLimits()
