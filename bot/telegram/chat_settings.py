"""The menu of /settings: what the bot answers to in a chat, how long, and in which language."""

import asyncio
from dataclasses import replace as changed

import structlog
from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from telegram.error import TelegramError

from bot import texts
from bot.language import LANGUAGES, Texts, language_name
from bot.richtext import RichText, Style, Writer
from bot.state import ChatOptions
from bot.telegram.buttons import Setting
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner, manner
from bot.telegram.notices import notice
from bot.telegram.replies import Ready, replace, reply
from bot.telegram.tolerated import tolerated

logger = structlog.get_logger("dateline.settings")

SETTINGS = "settings"

MENTIONS = "m"
EXCERPTS = "x"
LANGUAGE = "l"

OFFERED_EXCERPTS = (1, 2, 3, 5, 10)
LANGUAGES_IN_A_ROW = 3
CHOSEN = "✓ "


class ChatSettings:
    """Shows and changes a chat's settings: in a group or channel for its admins, in a private chat for its user.

    Args:
        desk: knows the chats' settings.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._changing = asyncio.Lock()

    async def show(self, message: Message, how: Manner) -> None:
        """Reply with the menu."""
        if not await self._desk.admit(message, how):
            return
        user = message.from_user
        refusal = await self._refusal(message.chat, None if user is None else user.id, message)
        if refusal is not None:
            await self._desk.tell(message, refusal, how)
            return
        await reply(
            message, self._menu(message.chat, await self._desk.options(message.chat_id), how)
        )

    async def change(
        self, query: CallbackQuery, message: Message, wanted: Setting, how: Manner
    ) -> None:
        """Do what a button of the menu says, and show the menu as it is then."""
        chat = message.chat
        refusal = await self._refusal(chat, query.from_user.id)
        if refusal is not None:
            await notice(query, how.say(refusal), alert=True)
            return
        # Two presses at once must not undo each other.
        async with self._changing:
            options = with_setting(await self._desk.options(chat.id), wanted)
            if options is None:
                await notice(query, how.say(texts.BUTTON_UNKNOWN))
                return
            with tolerated("the settings of a chat could not be kept") as trouble:
                await self._desk.services.state.set_options(chat.id, options)
        if trouble:
            await notice(query, how.say(texts.FAILED), alert=True)
            return
        how = manner(chat, query.from_user, options, self._desk.services.config)
        await notice(query, how.say(texts.SAVED))
        await replace(message, self._menu(chat, options, how))

    async def _refusal(
        self, chat: Chat, user_id: int | None, message: Message | None = None
    ) -> str | None:
        """Why somebody may not change the settings, if so; only admins post in channels, or in a group's own name."""
        if chat.type == Chat.PRIVATE:
            return None
        sender = message.sender_chat if message is not None else None
        if sender is not None and sender.id == chat.id:
            return None
        try:
            # The one question about members that a bot gets an answer to without being an admin itself.
            admins = await chat.get_administrators()
        except TelegramError as error:
            logger.warning("it could not be told who is an admin", error=error.message)
            return texts.FAILED
        return None if user_id in {admin.user.id for admin in admins} else texts.ADMINS_ONLY

    def _menu(self, chat: Chat, options: ChatOptions, how: Manner) -> Ready:
        private = chat.type == Chat.PRIVATE
        keyboard = InlineKeyboardMarkup(_rows(options, how, private=private))
        return Ready(_text(options, how, private=private), keyboard, silent=how.silent)


def with_setting(options: ChatOptions, wanted: Setting) -> ChatOptions | None:
    """The options with one of them set; None for a setting or value that there is not."""
    if wanted.name == MENTIONS and wanted.value in {"0", "1"}:
        return changed(options, answer_mentions=wanted.value == "1")
    if wanted.name == EXCERPTS and wanted.value in {str(count) for count in OFFERED_EXCERPTS}:
        return changed(options, excerpts=int(wanted.value))
    if wanted.name == LANGUAGE and (not wanted.value or wanted.value in LANGUAGES):
        return changed(options, language=wanted.value or None)
    return None


def _text(options: ChatOptions, how: Manner, *, private: bool) -> RichText:
    say = how.say
    writer = Writer()
    writer.write(say(texts.SETTINGS_PRIVATE if private else texts.SETTINGS_CHAT), Style.BOLD)
    if not private:
        choice = texts.MENTIONS_YES if how.mentions else texts.MENTIONS_NO
        writer.write(f"\n{say(texts.SETTINGS_MENTIONS, choice=say(choice))}")
    writer.write(f"\n{say(texts.SETTINGS_EXCERPTS, count=how.excerpts)}")
    writer.write(f"\n{say(texts.SETTINGS_LANGUAGE, language=_language(options, say))}")
    return writer.finish()


def _language(options: ChatOptions, say: Texts) -> str:
    return language_name(options.language) if options.language else say(texts.LANGUAGE_OF_READER)


def _rows(options: ChatOptions, how: Manner, *, private: bool) -> list[list[InlineKeyboardButton]]:
    say = how.say
    rows = []
    if not private:
        rows = [
            [_choice(say(label), MENTIONS, value, chosen=how.mentions == (value == "1"))]
            for label, value in ((texts.MENTIONS_YES, "1"), (texts.MENTIONS_NO, "0"))
        ]
    rows.append(
        [
            _choice(say.number(count), EXCERPTS, str(count), chosen=how.excerpts == count)
            for count in OFFERED_EXCERPTS
        ]
    )
    languages = [
        _choice(language_name(code), LANGUAGE, code, chosen=options.language == code)
        for code in LANGUAGES
    ]
    own = _choice(say(texts.LANGUAGE_OF_READER), LANGUAGE, "", chosen=options.language is None)
    rows.extend(
        languages[first : first + LANGUAGES_IN_A_ROW]
        for first in range(0, len(languages), LANGUAGES_IN_A_ROW)
    )
    return [*rows, [own]]


def _choice(label: str, name: str, value: str, *, chosen: bool) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        f"{CHOSEN}{label}" if chosen else label, callback_data=str(Setting(name, value))
    )
