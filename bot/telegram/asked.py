"""Reads from a message what it wants of the bot: which command, which question, and what that follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message, MessageEntity, User

from bot.links import drafted, read_start

ASK = "ask"
START = "start"

_AROUND_MENTIONS = " \n\t,:"


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
    """

    name: str
    target: str
    rest: str

    def is_for(self, me: Me) -> bool:
        """Whether it is not addressed to another bot."""
        return self.target in {"", me.username.lower()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered.

    Args:
        question: what is asked, empty where the asking message holds no word.
        holder: the message that holds the question, which the answer replies to.
        earlier: the question that it follows, empty where it follows none.
    """

    question: str
    holder: Message
    earlier: str = ""


def text_of(message: Message) -> str:
    """Its text, or the caption of its picture."""
    return message.text or message.caption or ""


def command_in(message: Message) -> Command | None:
    """The command that a text or caption begins with, or None.

    Telegram marks commands in texts; in captions, where it marks them too, clients don't always send the marks.
    """
    text = text_of(message)
    if text[:1] != "/" or len(text) < 2 or text[1].isspace():
        return None
    head = text.split(maxsplit=1)[0]
    name, _, target = head[1:].partition("@")
    if not name.isascii() or not name.replace("_", "").isalnum():
        return None
    return Command(name.lower(), target.lower(), text[len(head) :].strip())


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
    head = 0 if command is None else len(text.split(maxsplit=1)[0])
    found = list(_mentions(message, me))
    for start, end in reversed(found):
        text = f"{text[:start]} {text[end:]}"
    # "@bot, when did they meet?" and "@bot: when …" are the same question.
    return text[head:].strip(_AROUND_MENTIONS if found else None)


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
    author: User | None = None if message is None else message.from_user
    return author is not None and author.id == me.id


def drafted_question(answer: Message, me: Me) -> str | None:
    """The question that an answer of the bot carries in one of its buttons; None if it is no answer."""
    if answer.reply_markup is None:
        return None
    links = (button.url for row in answer.reply_markup.inline_keyboard for button in row)
    found = (drafted(link, me.username) for link in links if link)
    return next((question for question in found if question is not None), None)


def earlier_in(drafted_text: str, question: str) -> str:
    """What stands before a question in the text that its answer carries; empty if nothing does."""
    whole, last = " ".join(drafted_text.split()), " ".join(question.split())
    if whole == last or not last or not whole.endswith(f" {last}"):
        return ""
    return whole.removesuffix(last).strip()


def question_of_reply(message: Message, me: Me) -> Asked | None:
    """What is asked by a message that only calls the bot, as a reply to somebody's question; None if nothing is."""
    holder = message.reply_to_message
    if holder is None or holder.forum_topic_created is not None or is_by(holder, me):
        return None
    question = question_in(holder, me)
    return Asked(question, holder) if question else None


def asked_in(message: Message, question: str, me: Me) -> Asked:
    """A question in a message, with the question that it follows if the message replies to an answer."""
    answer = message.reply_to_message
    earlier = drafted_question(answer, me) if answer is not None and is_by(answer, me) else None
    return Asked(question, message, earlier or "")
