"""Links into the private chat that carry what is wanted there: a question to type on, or what /start is to do.

`https://t.me/BOT?text=…` puts a text into the line where one writes. `https://t.me/BOT?start=…` sends /start with up
to 64 letters, digits, `-` and `_`.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from retrieval.keys import KEY_PATTERN
from retrieval.text.analyzer import analyzer
from retrieval.types import Span

LONGEST_PAYLOAD = 64
"""Characters behind `?start=`, set by Telegram."""

LONGEST_DRAFT_LINK = 2_000
"""Bytes of a link with a question in it; browsers and phones take such links everywhere."""

_HOST = "https://t.me/"
_READ = re.compile(rf"r-({KEY_PATTERN})-([0-9a-z]{{1,9}})-([0-9a-z]{{1,9}})")
_QUESTION = re.compile(r"q([ucaw])([A-Za-z0-9_-]+)")

_ENCODINGS = {"u": "utf-8", "c": "cp1251", "a": "cp1256", "w": "utf-16-be"}
"""By letter. Cyrillic and Arabic letters take one byte in their code pages, Chinese ones two in UTF-16, and each
two or three in UTF-8."""

_MOST_BYTES = (LONGEST_PAYLOAD - len("qu")) * 3 // 4


@dataclass(frozen=True, slots=True)
class ReadLink:
    """An article to read from an excerpt on.

    Args:
        key: of the article, see `retrieval.keys`.
        excerpt: the stretch of its text to mark.
    """

    key: str
    excerpt: Span


def base36(number: int) -> str:
    """A number in digits and small letters."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number or not text:
        number, place = divmod(number, 36)
        text = digits[place] + text
    return text


def start_link(bot: str, payload: str) -> str:
    """A link that opens the private chat with a bot and sends it /start with a payload."""
    return f"{_HOST}{bot}?start={payload}"


def read_payload(link: ReadLink) -> str:
    """What /start is sent with to read an article."""
    start, length = link.excerpt.start, link.excerpt.end - link.excerpt.start
    return f"r-{link.key}-{base36(start)}-{base36(length)}"


def question_payload(question: str, language: str = "en") -> str:
    """What /start is sent with to ask a question; empty where there is none.

    One that is too long loses the words that are never looked up, and then its last words.
    """
    words = question.encode("utf-8", "replace").decode().split()
    fitting = _encoded(" ".join(words))
    if fitting is None:
        text = " ".join(words)
        tokens = [token for token in analyzer(language).tokens(text) if not token.stop]
        words = [text[token.start : token.end] for token in tokens] or words
    while words and fitting is None:
        fitting = _encoded(" ".join(words))
        words = words[:-1]
    return fitting or ""


def _encoded(text: str) -> str | None:
    for letter, encoding in _ENCODINGS.items():
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if 0 < len(raw) <= _MOST_BYTES:
            return f"q{letter}{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"
    return None


def read_start(payload: str) -> ReadLink | str | None:
    """What a payload of /start asks for: to read an article, a question, or neither (None)."""
    if match := _READ.fullmatch(payload):
        start, length = int(match[2], 36), int(match[3], 36)
        return ReadLink(match[1], Span(start, start + length))
    if match := _QUESTION.fullmatch(payload):
        padded = match[2] + "=" * (-len(match[2]) % 4)
        try:
            return base64.urlsafe_b64decode(padded).decode(_ENCODINGS[match[1]])
        except (UnicodeDecodeError, binascii.Error):
            return None
    return None


def draft_link(bot: str, question: str) -> str:
    """A link that opens the private chat with a bot and puts a question into the line where one writes.

    Of a very long one the first words are left out: a follow-up stands behind what it follows.
    """
    begun = f"{_HOST}{bot}?text="
    room = LONGEST_DRAFT_LINK - len(begun)
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    # A character takes one byte at least, and twelve at most.
    quoted = quote(text[-room:], safe="")
    while len(quoted) > room:
        text = text[-room:][max(1, (len(quoted) - room) // 12) :]
        quoted = quote(text, safe="")
    return begun + quoted


def drafted(link: str, bot: str) -> str | None:
    """The question that `draft_link` put into a link; None if the link is another."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}{parts.path}".lower() != f"{_HOST}{bot}".lower():
        return None
    return next(iter(parse_qs(parts.query).get("text", ())), None)
