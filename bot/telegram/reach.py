"""Tries the way to Telegram with the bot's token, and tells what the bot may do there."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError, TimedOut

from bot.telegram.connection import unknown_token
from bot.telegram.transport import PATIENCE, Transport
from retrieval.errors import DatelineError

ADVICE = "check the address, the clock, the network with its DNS, and what firewall or proxy is in between"


class UnreachableError(DatelineError):
    """Telegram can't be reached, or what answers isn't Telegram."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The bot as Telegram knows it.

    Args:
        name: such as @dateline_bot.
        api_url: where the Bot API is.
        seconds: how long two requests took, with the connecting.
        joins_groups: whether it can be added to groups.
        reads_groups: whether it sees messages in groups that are not meant for it.
        inline: whether it can be called by its name in any chat.
        guest: whether it can be mentioned where it is no member.
        pending: updates that wait for it.
        webhook_host: where Telegram brings updates, if it brings them; the rest of the address may be secret.
        webhook_error: what went wrong there last.
    """

    name: str
    api_url: str
    seconds: float
    joins_groups: bool
    reads_groups: bool
    inline: bool
    guest: bool
    pending: int
    webhook_host: str | None
    webhook_error: str | None


async def reach(token: str, api_url: str, patience: float = PATIENCE) -> Reached:
    """Log in, and ask about the bot.

    Args:
        token: the bot's.
        api_url: where the Bot API is.
        patience: seconds to wait for an answer.

    Raises:
        ConfigError: Telegram doesn't know the token.
        UnreachableError: there is no connection, or no answer, or a strange one.
    """
    began = time.perf_counter()
    transport = Transport()
    bot = Bot(token, f"{api_url}/bot", request=transport, get_updates_request=Transport())
    await transport.initialize()
    try:
        me = await bot.get_me(read_timeout=patience, connect_timeout=patience)
        webhook = await bot.get_webhook_info(read_timeout=patience, connect_timeout=patience)
    except InvalidToken as error:
        raise unknown_token(bot) from error
    except TimedOut as error:
        raise UnreachableError(
            f"{api_url}: no answer within {patience:g} seconds; {ADVICE}"
        ) from error
    except TelegramError as error:
        raise UnreachableError(f"{api_url}: {error.message}; {ADVICE}") from error
    finally:
        await transport.shutdown()
    return Reached(
        name=me.name,
        api_url=api_url,
        seconds=time.perf_counter() - began,
        joins_groups=bool(me.can_join_groups),
        reads_groups=bool(me.can_read_all_group_messages),
        inline=bool(me.supports_inline_queries),
        guest=bool(me.supports_guest_queries),
        pending=webhook.pending_update_count,
        webhook_host=urlsplit(webhook.url).hostname if webhook.url else None,
        webhook_error=webhook.last_error_message,
    )
