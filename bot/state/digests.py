"""Turns questions, chats and people into short keyed hashes that say whether two are the same, and no more."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field

SALT_BYTES = 32

DIGEST_BYTES = 16
"""Two of a thousand million things share a digest with a probability of 10^-21."""

LABEL_LENGTH = 8
"""Characters of a label, so that people can tell two apart; of a thousand, two share one by a chance of 10^-4."""

_UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def new_salt() -> bytes:
    """A random salt."""
    return secrets.token_bytes(SALT_BYTES)


def storable(text: str) -> str:
    """A text as every database takes it: NUL and lone surrogates become the replacement character."""
    return text.translate(_UNSTORABLE)


def folded(text: str) -> str:
    """A text in one case, composed, with white space folded: what two wordings of a question share."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Digests:
    """Hashes that cannot be compared with those of another database.

    Args:
        salt: the key; without it, trying out questions or user ids is of no use.
    """

    salt: bytes = field(repr=False)

    def question(self, text: str) -> bytes:
        """Of a question, whatever its white space."""
        return self._digest(b"question", " ".join(text.split()))

    def topic(self, text: str) -> bytes:
        """Of a question, whatever its case and white space."""
        return self._digest(b"topic", folded(text))

    def chat(self, chat_id: int) -> bytes:
        """Of a chat."""
        return self._digest(b"chat", str(chat_id))

    def person(self, user_id: int) -> bytes:
        """Of a person: the same in every chat, so that all of theirs can be found and deleted."""
        return self._digest(b"person", str(user_id))

    def label(self, user_id: int) -> str:
        """Of a person, to be read: the same each time, and found in no other table."""
        return f"~{self._digest(b'label', str(user_id)).hex()[:LABEL_LENGTH]}"

    def _digest(self, kind: bytes, text: str) -> bytes:
        encoded = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(
            encoded, digest_size=DIGEST_BYTES, key=self.salt, person=kind
        ).digest()
