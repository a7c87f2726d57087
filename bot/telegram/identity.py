"""Who the bot is, and what an update carries: the few questions that every handler asks of python-telegram-bot."""

from telegram import Bot, Message, Update

from bot.telegram.asked import Me


def me_of(bot: Bot) -> Me:
    """The bot's own account; it must be logged in."""
    return Me(bot.id, bot.username)


def message_of(update: Update) -> Message:
    """The message of an update.

    Raises:
        TypeError: it carries none; its handler's filter is wrong.
    """
    message = update.effective_message
    if message is None:
        raise TypeError(f"update {update.update_id} carries no message")
    return message


def asker_of(message: Message) -> int | None:
    """Whose question it is: a person's id, or that of the chat in whose name it is asked; None in channels.

    Admins who write in a group's name, and channels that write in groups, share two accounts of Telegram's.
    """
    if message.from_user is None:
        return None
    return message.from_user.id if message.sender_chat is None else message.sender_chat.id
