"""Every sentence of the terminal and the command line, which speak English."""

TERMINAL_INSTEAD = "TELEGRAM_BOT_TOKEN is not set, so this is a chat in the terminal (README: how to get a token)."
CHAT_HINT = "Type a question; an empty line or Ctrl-D ends."
PROMPT = "? "
READING = "Reading the articles …"
SETTINGS_GOOD = "settings: good"
SOME_REFUSED = "some articles could not be used: `python -m bot check` says which, and why"
STATE_EARLIER = "state: of an earlier Dateline; the next start brings it up to date"
NOT_SETTLED = "a change of the articles may be half done, and could not be looked at"
NO_ARTICLE = "no article that can be used"


def reading(articles: int) -> str:
    """How far the reading is."""
    return f"{READING} {articles:,}"


def cannot_write(reason: str) -> str:
    """What to say when output can't be written."""
    return f"the output can't be written: {reason}"


def noted(remark: object) -> str:
    """Something worth knowing about a file."""
    return f"note: {remark}"


def refused(refusal: object) -> str:
    """A file that can't be used."""
    return f"refused: {refusal}"


def backed_up(file: object) -> str:
    """Where a copy of the state is."""
    return f"state: copied to {file}"
