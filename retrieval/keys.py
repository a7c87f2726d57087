"""Makes short keys of articles' ids, fit for buttons and links that hold few bytes, and hashes of texts."""

import re
from base64 import urlsafe_b64encode
from hashlib import blake2b

KEY_BYTES = 9
"""72 bits: among ten million articles two share a key once in a hundred million archives."""

KEY_PATTERN = "[A-Za-z0-9_-]{12}"
"""The form of a key, as a regular expression."""

_KEY = re.compile(KEY_PATTERN)


HASH_BYTES = 8
"""64 bits: among ten million texts two share a hash once in four hundred thousand archives."""


def text_hash(text: str) -> int:
    """A number of 64 bits that stands for a text, the same in every run."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES)
    return int.from_bytes(digest.digest(), "little")


def article_key(identity: str) -> str:
    """Twelve letters, digits, `_` and `-` that stand for an article, the same in every run and every archive.

    Args:
        identity: the article's id, as in `Source.id`.
    """
    digest = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES)
    return urlsafe_b64encode(digest.digest()).decode("ascii")


def is_key(text: str) -> bool:
    """Whether a text has the form of a key."""
    return _KEY.fullmatch(text) is not None
