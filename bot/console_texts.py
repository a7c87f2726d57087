"""Every sentence of the terminal and the command line, which speak English."""

_AS_IT_STANDS = "\b"
"""Keeps click from filling up the lines of a paragraph."""

MAIN_EPILOG = f"""{_AS_IT_STANDS}
Each command has more to say: python -m bot ask --help

{_AS_IT_STANDS}
Exit codes:
  0  all is well; for ask: it was answered
  1  ask: no answer; check: something is to be looked at
  2  bad usage, settings or token, or nothing that could be used
"""

RUN_EPILOG = f"""{_AS_IT_STANDS}
Examples:
  python -m bot run
  TELEGRAM_BOT_TOKEN_FILE=/run/secrets/token python -m bot run --config /etc/dateline/config.yaml

Exits with 0 when it is stopped, 2 on bad settings, or a token that Telegram doesn't know, also later on. Telegram out
of reach is waited for.
"""

CHAT_EPILOG = f"""{_AS_IT_STANDS}
Examples:
  python -m bot chat
  python -m bot chat --corpus ~/news
  python -m bot chat < questions.txt

Exits with 0 in the end, 2 on bad settings.
"""

ASK_EPILOG = f"""{_AS_IT_STANDS}
Examples:
  python -m bot ask "When did they meet?"
  python -m bot ask --limit 1 'summit after:2019-04-01 -Trump'
  python -m bot ask --json - < questions.txt > answers.jsonl
  python -m bot ask -- -Trump summit

Exits with 0 if it was answered or standard input came to its end, 1 if it was not, even if the nearest passages are
shown, and 2 on bad usage or settings.
"""

CHECK_EPILOG = f"""{_AS_IT_STANDS}
Examples:
  python -m bot check
  python -m bot check --corpus ~/news
  python -m bot check --telegram

Exits with 0 if all is well, 1 if something would be refused or is in the bot's way, 2 if nothing could be used.
"""

BACKUP_EPILOG = f"""{_AS_IT_STANDS}
Examples:
  python -m bot backup
  python -m bot backup /srv/backups

Exits with 0 if the copy is whole, 2 if there is none.
"""

COMPLETION_EPILOG = f"""{_AS_IT_STANDS}
To have it in every new shell:
  bash  dateline completion bash > ~/.local/share/bash-completion/completions/dateline
  zsh   dateline completion zsh > "${{fpath[1]}}/_dateline"
  fish  dateline completion fish > ~/.config/fish/completions/dateline.fish

{_AS_IT_STANDS}
In this one only:
  bash  eval "$(dateline completion bash)"
  zsh   eval "$(dateline completion zsh)"
  fish  dateline completion fish | source
"""

TERMINAL_INSTEAD = "TELEGRAM_BOT_TOKEN is not set, so this is a chat in the terminal (README: how to get a token)."
CHAT_HINT = "Type a question; an empty line or Ctrl-D ends."
PROMPT = "? "
READING = "Reading the articles"
INDEXING = "Building the index"
SETTINGS_GOOD = "settings: good"
SOME_REFUSED = "some articles could not be used: `python -m bot check` says which, and why"
STATE_EARLIER = "state: of an earlier Dateline; the next start brings it up to date"
NOT_SETTLED = "a change of the articles may be half done, and could not be looked at"
NO_ARTICLE = "no article that can be used"
HELP_HINT = "`python -m bot --help` says what there is to do, README.md how to begin"

JOINS_GROUPS = "groups: it can be added to groups and channels"
JOINS_NO_GROUPS = (
    "groups: it can't be added to any; for that, send /setjoingroups to @BotFather, choose Enable"
)
READS_GROUPS = "mentions: it sees them in groups"
READS_NO_GROUPS = (
    "mentions: in groups it sees commands and replies only; for mentions, send /setprivacy to @BotFather, choose "
    "Disable, and add the bot to its groups anew"
)
INLINE = "inline: it can be called in any chat"
NO_INLINE = "inline: off; for `@bot question` in any chat, send /setinline to @BotFather"
GUEST = "guest: it can be mentioned where it is no member"
NO_GUEST = "guest: off; to be mentioned where it is no member, it needs guest mode in its settings at @BotFather"


def done(articles: int, total: int) -> str:
    """How many articles are indexed, of all there are."""
    return f"{articles:,}/{total:,}"


def per_second(rate: float) -> str:
    """How fast articles are indexed."""
    return f"{rate:,.0f}/s"


def cannot_write(reason: str) -> str:
    """What to say when output can't be written."""
    return f"the output can't be written: {reason}"


def cannot_use(file: object, reason: str) -> str:
    """What to say when a file or folder can't be read or written."""
    return f"{file}: can't be used: {reason}; let the bot's user read and write it"


def noted(remark: object) -> str:
    """Something worth knowing about a file."""
    return f"note: {remark}"


def refused(refusal: object) -> str:
    """A file that can't be used."""
    return f"refused: {refusal}"


def backed_up(file: object) -> str:
    """Where a copy of the state is."""
    return f"state: copied to {file}"


def reached(name: str, api_url: str, seconds: float) -> str:
    """Telegram answered, and knows the bot."""
    return f"telegram: {name} at {api_url}, in {seconds:.2f} s"


def pending(updates: int) -> str:
    """How many updates wait for the bot."""
    return f"waiting: {updates:,} {'update' if updates == 1 else 'updates'}"


def webhook_elsewhere(host: str) -> str:
    """Telegram brings the updates to another program, or to this one as it was set before."""
    return (
        f"webhook: Telegram brings the updates to {host}; `run` takes them over. Stop what runs there first, "
        "if it is another program"
    )


def webhook_failed(reason: str) -> str:
    """What Telegram says of its last attempt."""
    return f"webhook: the last attempt failed: {reason}"
