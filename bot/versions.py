"""Which Dateline this is, and what it stands on."""

import platform
from importlib.metadata import version

PRODUCT = "dateline"

LIBRARIES = ("python-telegram-bot", "tantivy", "rank-bm25", "SQLAlchemy", "pydantic", "aiohttp")
"""Those whose version explains a fault most often."""


def versions() -> str:
    """Dateline's version on one line, Python's and the libraries' on another."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{PRODUCT} {version(PRODUCT)}\nPython {platform.python_version()}, {libraries}"
