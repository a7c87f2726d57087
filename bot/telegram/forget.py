"""/forget: shows somebody how much is kept about them, and removes it when they say so again."""

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot import texts
from bot.language import Texts
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Held
from bot.telegram.buttons import Forgetting
from bot.telegram.desk import Desk
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.replies import Ready, replace, reply
from bot.telegram.tolerated import tolerated

FORGET = "forget"


class Forget:
    """Removes what is kept about whoever asks for it in their private chat.

    Args:
        desk: knows the state, and answers in chats.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, how: Manner) -> None:
        """Reply with how much there is, and the button that removes it."""
        if not await self._desk.admit(message, how):
            return
        user_id = asker_of(message) or message.chat_id
        with tolerated("it could not be read what is kept about somebody"):
            held = await self._desk.services.state.held(user_id)
            await reply(message, _ready(held, how.say))
            return
        await self._desk.tell(message, texts.FAILED, how)

    async def confirmed(self, query: CallbackQuery, message: Message, how: Manner) -> None:
        """Remove it, and say so in the place of the question whether to."""
        user_id = query.from_user.id
        if not how.private or message.chat.id != user_id:
            await notice(query, how.say(texts.BUTTON_UNKNOWN))
            return
        removed = 0
        with tolerated("what is kept about somebody could not be removed") as trouble:
            removed = await self._desk.services.state.forget(user_id)
        if trouble:
            await notice(query, how.say(texts.FAILED), alert=True)
            return
        await notice(query)
        said = how.say.plural(texts.FORGOTTEN, removed) if removed else how.say(texts.HELD_NOTHING)
        await replace(message, Ready(plain(said)))


def _ready(held: Held, say: Texts) -> Ready:
    if not held.entries:
        return Ready(plain(say(texts.HELD_NOTHING)))
    button = InlineKeyboardButton(say(texts.FORGET_BUTTON), callback_data=str(Forgetting()))
    return Ready(_page(held, say), InlineKeyboardMarkup([[button]]))


def _page(held: Held, say: Texts) -> RichText:
    writer = Writer()
    writer.write(say(texts.HELD_TITLE), Style.BOLD)
    if held.settings:
        writer.write(f"\n• {say(texts.HELD_SETTINGS)}")
    if held.votes:
        writer.write(f"\n• {say.plural(texts.HELD_VOTES, held.votes)}")
    if held.answers:
        writer.write(f"\n• {say.plural(texts.HELD_ANSWERS, held.answers)}")
    writer.write(f"\n\n{say(texts.FORGET_EFFECT)}")
    return writer.finish()
