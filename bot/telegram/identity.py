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


def sent_by_me(message: Message, me: Me) -> bool:
    """Whether the bot said it: itself, or as an inline result that somebody posted."""
    authors = (message.from_user, message.via_bot)
    return any(author is not None and author.id == me.id for author in authors)
