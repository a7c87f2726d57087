"""What must hold of the settings of a webhook together, beyond what holds of each."""

import ssl
from urllib.parse import urlsplit

from bot.settings import TelegramSettings, WebhookSettings
from retrieval.errors import ConfigError

PORTS = (443, 80, 88, 8443)
"""To which Telegram delivers. A Bot API server of one's own delivers to any, and without HTTPS too."""

HTTPS_PORT = 443


def check_webhook(webhook: WebhookSettings, telegram: TelegramSettings, token: str | None) -> None:
    """See whether a webhook can be set like this.

    Args:
        webhook: its settings.
        telegram: where the Bot API is.
        token: the bot's, which must not stand in an address.

    Raises:
        ConfigError: it can't; one line for what is wrong.
    """
    if webhook.url is None:
        raise ConfigError(
            "webhook.url: nothing: expected the address that Telegram can reach, such as"
            " https://bot.example.org, as telegram.mode is webhook"
        )
    if token is not None and (
        token in webhook.address or token.partition(":")[2] in webhook.address
    ):
        raise ConfigError(
            "webhook.path, webhook.url: must not hold the bot's token, which addresses give away;"
            " a secret of its own goes with every request instead"
        )
    _check_reachable(webhook, telegram)
    if (webhook.certificate is None) != (webhook.private_key is None):
        raise ConfigError(
            "webhook.certificate, webhook.private_key: expected both, or neither behind a proxy"
        )


def _check_reachable(webhook: WebhookSettings, telegram: TelegramSettings) -> None:
    parts = urlsplit(webhook.address)
    try:
        port = parts.port or HTTPS_PORT
    except ValueError as error:
        raise ConfigError(f"webhook.url: {webhook.url!r}: {error}") from error
    if parts.query or parts.fragment:
        raise ConfigError(f"webhook.url: {webhook.url!r}: expected an address without ? and #")
    if telegram.api_url != TelegramSettings().api_url:
        return
    if parts.scheme != "https":
        raise ConfigError(f"webhook.url: {webhook.url!r}: expected https://, as Telegram does")
    if port not in PORTS:
        ports = ", ".join(map(str, PORTS))
        raise ConfigError(f"webhook.url: {webhook.url!r}: expected one of the ports {ports}")


def tls_of(webhook: WebhookSettings) -> ssl.SSLContext | None:
    """What to serve HTTPS with; None where a proxy does it.

    Raises:
        ConfigError: the certificate or its key can't be used.
    """
    if webhook.certificate is None or webhook.private_key is None:
        return None
    place = (
        f"webhook.certificate, webhook.private_key: {webhook.certificate}, {webhook.private_key}"
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # A key with a password would make a terminal ask for it, and a service wait for ever.
        context.load_cert_chain(webhook.certificate, webhook.private_key, password=_no_password)
    except ssl.SSLError as error:
        raise ConfigError(
            f"{place}: not a certificate and its key in PEM ({error.reason or error})"
        ) from error
    except OSError as error:
        raise ConfigError(f"{place}: can't be read ({error.strerror or error})") from error
    return context


def _no_password() -> str:
    return ""
