"""Says in words for people why Telegram can't be reached."""

import os

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientError,
)


def explained(error: ClientError) -> str:
    """What is wrong with the connection; nothing of the address but the host, for the rest holds the token."""
    match error:
        case ClientConnectorDNSError():
            return f"the name {error.host} can't be resolved"
        case ClientConnectorCertificateError():
            return f"no safe connection to {error.host}: {error.certificate_error}"
        case ClientConnectorSSLError():
            return f"no safe connection to {error.host}: {error.os_error}"
        case ClientConnectorError():
            number = error.os_error.errno
            reason = os.strerror(number) if number else str(error.os_error)
            return f"no connection to {error.host}:{error.port}: {reason}"
    return f"aiohttp.{type(error).__name__}: {error}"
