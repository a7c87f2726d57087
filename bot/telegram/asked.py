"""Reads from a message what it wants of the bot: which command, which question, and what that follows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message, MessageEntity, MessageOriginUser

from bot.links import drafted, read_start

ASK = "ask"
HELP = "help"
START = "start"

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?![\w/])[:,]?")
_AROUND = " \n\t,:"
"""What may stand between a question and the mention of the bot."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Command:
    """The command that a message begins with.

    Args:
        name: without the slash, in small letters.
        target: the bot it is addressed to, in small letters; empty where none is named.
        rest: what follows.
        end: where it ends in the text.
    """

    name: str
    target: str
    rest: str
    end: int

    def is_for(self, me: Me) -> bool:
        """Whether it is not addressed to another bot."""
        return self.target in {"", me.username.lower()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered.

    Args:
        question: what is asked.
        holder: the message that the answer replies to: the one that holds the question.
        earlier: the question that it follows, empty where it follows none.
    """

    question: str
    holder: Message
    earlier: str = ""


def text_of(message: Message) -> str:
    """Its text, or the caption of its picture."""
    return message.text or message.caption or ""


def command_in(message: Message) -> Command | None:
    """The command that a text or caption begins with, or None."""
    text = text_of(message)
    found = _COMMAND.match(text)
    if found is None:
        return None
    rest = text[found.end() :].strip()
    return Command(found[1].lower(), (found[2] or "").lower(), rest, found.end())


def mentions(message: Message, me: Me) -> bool:
    """Whether a text or caption mentions the bot."""
    return next(_mentions(message, me), None) is not None


def question_in(message: Message, me: Me) -> str:
    """The question that a message holds, without the command and the mention that address the bot."""
    text = text_of(message)
    command = command_in(message)
    if command is not None and command.name == START:
        wanted = read_start(command.rest)
        return wanted if isinstance(wanted, str) else ""
    found = list(_mentions(message, me))
    for start, end in reversed(found):
        text = f"{text[:start]} {text[end:]}"
    # "@bot, when did they meet?" and "@bot: when …" are the same question.
    return text[0 if command is None else command.end :].strip(_AROUND if found else None)


def says_something(question: str) -> bool:
    """Whether there is a letter or a digit in it: "?" and a thumb ask nothing."""
    return any(character.isalnum() for character in question)


def _mentions(message: Message, me: Me) -> Iterator[tuple[int, int]]:
    """Where the bot is mentioned, as Python's offsets."""
    text = text_of(message)
    entities = message.entities or message.caption_entities
    wanted = {MessageEntity.MENTION, MessageEntity.TEXT_MENTION}
    candidates = [entity for entity in entities if entity.type in wanted]
    if not candidates:
        return
    raw = text.encode("utf-16-le", "surrogatepass")
    name = f"@{me.username}".lower()
    for entity in candidates:
        first, last = 2 * entity.offset, 2 * (entity.offset + entity.length)
        start = len(raw[:first].decode("utf-16-le", "surrogatepass"))
        end = start + len(raw[first:last].decode("utf-16-le", "surrogatepass"))
        named = entity.user is not None and entity.user.id == me.id
        if named or text[start:end].lower() == name:
            yield start, end


def is_by(message: Message | None, me: Me) -> bool:
    """Whether the bot itself wrote a message."""
    author = None if message is None else message.from_user
    return author is not None and author.id == me.id


def is_of(message: Message, me: Me) -> bool:
    """Whether a message says what the bot said: written, posted as an inline result, or forwarded."""
    origin = message.forward_origin
    authors = [message.from_user, message.via_bot]
    if isinstance(origin, MessageOriginUser):
        authors.append(origin.sender_user)
    return any(author is not None and author.id == me.id for author in authors)


def is_own_word(message: Message) -> bool:
    """Whether who sends a message has written it, too: it is not forwarded from others, and no inline bot made it."""
    origin, author = message.forward_origin, message.from_user
    if message.via_bot is not None or author is None:
        return False
    if origin is None:
        return True
    return isinstance(origin, MessageOriginUser) and origin.sender_user.id == author.id


def is_by_bot(message: Message) -> bool:
    """Whether another bot says it, and not an admin or a channel by the account that Telegram lends them."""
    author = message.from_user
    return author is not None and author.is_bot and message.sender_chat is None


def drafted_question(answer: Message | None, me: Me) -> str:
    """The question that an answer of the bot carries in one of its buttons; empty if it is no answer."""
    if answer is None or answer.reply_markup is None:
        return ""
    links = (button.url for row in answer.reply_markup.inline_keyboard for button in row)
    found = (drafted(link, me.username) for link in links if link)
    return next((question for question in found if question), "")


def question_of_reply(message: Message, me: Me) -> Asked | None:
    """What is asked by a message that only calls the bot, as a reply to somebody's question; None if nothing is.

    Where a part of that message is quoted, the part is the question.
    """
    holder = message.reply_to_message
    quoted = message.quote.text if message.quote is not None and message.quote.is_manual else ""
    if holder is None:
        return Asked(quoted, message) if says_something(quoted) else None
    if is_of(holder, me):
        return None
    question = quoted or question_in(holder, me)
    return Asked(question, holder) if question else None


def asked_in(message: Message, question: str, me: Me) -> Asked:
    """A question in a message, with the question that it follows if the message replies to an answer."""
    return Asked(question, message, drafted_question(message.reply_to_message, me))


def asked_by(message: Message, me: Me) -> Asked | None:
    """What a message asks that calls the bot by a command or mention; None if it only calls it."""
    question = question_in(message, me)
    if says_something(question):
        return asked_in(message, question, me)
    of_reply = question_of_reply(message, me)
    if of_reply is not None or not question:
        return of_reply
    return asked_in(message, question, me)


def asked_for(answer: Message, me: Me) -> Asked | None:
    """The question that an answer was given to; None where the message that holds it is gone.

    The answer carries it too, in a button: with what it follows, or as the part of the holder's text that was asked.
    """
    holder = answer.reply_to_message
    if holder is None or holder.forum_topic_created is not None:
        return None
    question = " ".join(question_in(holder, me).split())
    whole = drafted_question(answer, me)
    if not whole or question.endswith(whole):
        return Asked(question, holder) if question else None
    if question and whole.endswith(f" {question}"):
        return Asked(question, holder, whole.removesuffix(question).strip())
    return Asked(whole, holder)
