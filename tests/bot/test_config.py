"""Settings: the defaults run, and each wrong thing gives one line that helps."""

import itertools
import re
from pathlib import Path

import pytest
import yaml

from bot.config import Config, load_config
from retrieval.errors import ConfigError
from retrieval.settings import IN_MEMORY

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAFakeTelegramTokenForTestsOnly_0123"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of its own, with articles and nothing else."""
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.delenv("TELEGRAM_API_URL", raising=False)


@pytest.fixture
def load(tmp_path: Path):
    """Load a config file of this text."""

    def load(text: str, **more: object) -> Config:
        file = tmp_path / "config.yaml"
        file.write_text(text, encoding="utf-8")
        return load_config(file, **more)

    return load


def test_the_defaults_run_without_a_file():
    config = load_config()
    assert (config.corpus.path, config.retrieval.index) == (Path("seeds"), "var/index")
    assert config.telegram.api_url == "https://api.telegram.org"
    assert config.token is None


def settings_of(lines: list[str]) -> dict[str, str]:
    """Each key's line with the line above it."""
    return {
        line.strip().partition(":")[0]: above
        for above, line in itertools.pairwise(lines)
        if re.match(r"  \w+:", line)
    }


def test_the_file_in_the_repository_is_the_defaults_each_with_a_comment():
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    written = Config.model_validate(yaml.safe_load(text))
    assert written == Config()
    groups = {name: set(group) for name, group in yaml.safe_load(text).items()}
    defaults = Config().model_dump(exclude={"token"})
    assert groups == {name: set(group) for name, group in defaults.items()}
    commented = settings_of(text.splitlines())
    assert set(commented) == set().union(*groups.values())
    assert all(above.startswith("  # ") for above in commented.values())


@pytest.mark.parametrize("text", ["", "# nothing\n", "corpus:\nlog:\n", "{}"])
def test_a_file_that_says_nothing_is_the_defaults(load, text, tmp_path):
    config = load(text)
    assert config.corpus.path == tmp_path / "seeds"
    assert config.log.level == "info"


def test_a_file_that_holds_only_what_differs(load):
    config = load("answers: {excerpts: 5}\naccess:\n  admins: [7, 8]\n")
    assert (config.answers.excerpts, config.access.admins) == (5, (7, 8))
    assert config.log.level == "info"


CORPUS = "path, language, max_file_megabytes, watch, removed"
GROUPS = (
    "telegram, webhook, monitoring, access, corpus, retrieval, answers, groups, channels, inline, quota, state, "
    "reload, log"
)

WRONG = {
    "corpu: {}": f"corpu: unknown key; expected one of {GROUPS}",
    "corpus: {pth: x}": f"corpus.pth: unknown key; expected one of {CORPUS}",
    "1: x": f"1: unknown key; expected one of {GROUPS}",
    "corpus: {path: 3}": "corpus.path: 3: expected a folder or a file",
    "corpus: {path: }": "corpus.path: nothing: expected a folder or a file",
    "corpus: {path: no/where}": "corpus.path: DIR/no/where: no such folder or file; expected the folder of articles",
    "corpus: seeds": f"corpus: 'seeds': expected a group with one or more of {CORPUS}",
    "corpus: [a]": f"corpus: ['a']: expected a group with one or more of {CORPUS}",
    "corpus: {language: english}": "corpus.language: 'english': expected a two-letter code such as en, or auto",
    "corpus: {max_file_megabytes: 0}": "corpus.max_file_megabytes: 0: expected a number from 1",
    "telegram: {api_url: ftp://x}": "telegram.api_url: 'ftp://x': expected an address beginning with http:// or https://",
    "telegram: {api_url: https://}": "telegram.api_url: 'https://': expected an address beginning with http:// or https://",
    "telegram: {api_url: 5}": "telegram.api_url: 5: expected text",
    "access: {admins: 5}": "access.admins: 5: expected a list, such as [12345]",
    "access: {admins: [ada]}": "access.admins.0: 'ada': expected a whole number",
    "access: {admins: [1, -5]}": "access.admins.1: -5: expected a number above 0",
    "retrieval: {index: ''}": "retrieval.index: '': expected text that isn't empty",
    "answers: {excerpts: '3'}": "answers.excerpts: '3': expected a whole number",
    "answers: {excerpts: true}": "answers.excerpts: True: expected a whole number",
    "answers: {excerpts: 30}": "answers.excerpts: 30: expected a number up to 10",
    "log: {level: loud}": "log.level: 'loud': expected 'debug', 'info', 'warning' or 'error'",
    "- a": "expected groups of settings such as `corpus:`, found ['a']",
    "just text": "expected groups of settings such as `corpus:`, found 'just text'",
    "x: 2019-02-30": "not valid YAML: day is out of range for month",
    "\x00": "not valid YAML: it can't be read",
    "token: 1:a": "token: belongs into the environment or .env as TELEGRAM_BOT_TOKEN",
    "webhook: {secret: abc}": "webhook.secret: belongs into the environment or .env as TELEGRAM_WEBHOOK_SECRET",
    "webhook_secret: abc": "webhook_secret: belongs into the environment or .env as TELEGRAM_WEBHOOK_SECRET",
    "telegram: {mode: push}": "telegram.mode: 'push': expected 'polling' or 'webhook'",
    "webhook: {path: x}": "webhook.path: 'x': expected a path of an address, such as /telegram, of letters, digits and"
    " / . _ ~ -",
    "webhook: {port: 0}": "webhook.port: 0: expected a number from 1",
    "webhook: {port: 65536}": "webhook.port: 65536: expected a number up to 65535",
    "monitoring: {port: -1}": "monitoring.port: -1: expected a number from 0",
    "webhook: {url: bot.example.org}": "webhook.url: 'bot.example.org': expected an address beginning with http:// or"
    " https://",
    "telegram: {token: 1:a}": "telegram.token: belongs into the environment or .env as TELEGRAM_BOT_TOKEN",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_takes_one_line(load, text, tmp_path):
    with pytest.raises(ConfigError) as refused:
        load(text)
    expected = f"{tmp_path}/config.yaml: {WRONG[text]}"
    assert str(refused.value) == expected.replace("DIR", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("corpus:\n  path: x\n bad: y", 3),
        ("a: [1", 1),
        ("a: b: c", 1),
        ("log: !!python/name:os x", 1),
        ("quota:\n  user: 3\nlog: {}\nquota: {chat: 5}", 4),
        ("log: {}\nquota: {user: 3, user: 5}", 2),
    ],
)
def test_yaml_that_is_none_names_the_line(load, text, line, tmp_path):
    with pytest.raises(ConfigError, match=rf"config\.yaml:{line}: not valid YAML: \S+") as refused:
        load(text)
    assert "\n" not in str(refused.value)


def test_two_wrong_things_take_two_lines(load):
    with pytest.raises(ConfigError) as refused:
        load("log: {level: loud}\nanswers: {excerpts: no}")
    assert len(str(refused.value).splitlines()) == 2


def test_a_token_in_the_file_is_not_repeated(load):
    with pytest.raises(ConfigError) as refused:
        load(f"token: {TOKEN}")
    assert TOKEN not in str(refused.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(
        ConfigError, match=r"^gone\.yaml: no such file; name another with --config$"
    ):
        load_config(Path("gone.yaml"))
    with pytest.raises(ConfigError, match=r"seeds: can't be read \(Is a directory\)$"):
        load_config(tmp_path / "seeds")
    (tmp_path / "latin.yaml").write_bytes("# Zürich".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"latin\.yaml: not UTF-8 text$"):
        load_config(tmp_path / "latin.yaml")


def test_a_corpus_that_is_missing(tmp_path):
    with pytest.raises(ConfigError, match=r"^--corpus: nowhere: no such folder or file"):
        load_config(corpus=Path("nowhere"))
    (tmp_path / "seeds").rmdir()
    with pytest.raises(ConfigError, match=r"corpus\.path: seeds: no such folder or file"):
        load_config()


def test_paths_are_relative_to_the_file(tmp_path, monkeypatch):
    folder = tmp_path / "there"
    (folder / "news").mkdir(parents=True)
    file = folder / "my.yaml"
    file.write_text("corpus: {path: news}\nretrieval: {index: kept}")
    config = load_config(file)
    assert (config.corpus.path, config.retrieval.index) == (folder / "news", str(folder / "kept"))
    file.write_text(f"corpus: {{path: {tmp_path}/seeds}}\nretrieval: {{index: {tmp_path}/i}}")
    config = load_config(Path("there/my.yaml"))
    assert (config.corpus.path, config.retrieval.index) == (tmp_path / "seeds", f"{tmp_path}/i")
    monkeypatch.setenv("HOME", str(folder))
    file.write_text("corpus: {path: ~/news}\nretrieval: {index: ~/kept}")
    config = load_config(file)
    assert (config.corpus.path, config.retrieval.index) == (folder / "news", str(folder / "kept"))


@pytest.mark.parametrize("index", ["var/index", IN_MEMORY])
def test_a_corpus_of_the_command_line_is_indexed_in_memory_unless_an_index_is_named(
    load, tmp_path, index
):
    text = f"retrieval: {{index: '{index}'}}"
    assert load(text, corpus=Path("seeds")).retrieval.index == IN_MEMORY
    assert load(text, corpus=Path("seeds"), index="mine").retrieval.index == "mine"
    assert load(text, index="mine").retrieval.index == "mine"
    assert load(text, corpus=Path("seeds")).corpus.path == Path("seeds")
    kept = IN_MEMORY if index == IN_MEMORY else str(tmp_path / index)
    assert load(text).retrieval.index == kept


def test_secrets_come_from_the_env_file_and_the_environment_goes_first(tmp_path, monkeypatch):
    lines = f"# mine\nTELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_API_URL='http://localhost:8081/'\n"
    (tmp_path / ".env").write_text(lines)
    config = load_config()
    assert config.token.get_secret_value() == TOKEN
    assert config.telegram.api_url == "http://localhost:8081"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "42:other")
    monkeypatch.setenv("TELEGRAM_API_URL", "https://other.example")
    config = load_config()
    assert config.token.get_secret_value() == "42:other"
    assert config.telegram.api_url == "https://other.example"


def test_the_example_of_an_env_file_is_no_token(tmp_path):
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())
    assert load_config().token is None


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_token_is_none(blank):
    config = load_config(environment={"TELEGRAM_BOT_TOKEN": blank, "TELEGRAM_API_URL": blank})
    assert config.token is None
    with pytest.raises(ConfigError, match=r"^TELEGRAM_BOT_TOKEN is not set; put it into"):
        config.require_token()


@pytest.mark.parametrize(
    "token", ["secret", "123456789", "1:a b", "bot1:abc", "1:a\nb", "1:ä", "1:a/../x"]
)
def test_what_is_no_token_is_refused_and_not_repeated(token):
    with pytest.raises(
        ConfigError, match=r"^TELEGRAM_BOT_TOKEN: not a bot's token; expected"
    ) as no:
        load_config(environment={"TELEGRAM_BOT_TOKEN": token})
    assert token not in str(no.value).replace("123456789:AA", "")


def test_a_wrong_address_in_the_environment():
    with pytest.raises(ConfigError, match=r"^TELEGRAM_API_URL: 'localhost': expected an address"):
        load_config(environment={"TELEGRAM_API_URL": "localhost"})


def test_an_env_file_that_is_no_text(tmp_path):
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    with pytest.raises(ConfigError, match=r"^\.env: not UTF-8 text$"):
        load_config()


def test_printing_the_settings_shows_no_token():
    config = load_config(environment={"TELEGRAM_BOT_TOKEN": TOKEN})
    assert TOKEN not in f"{config} {config!r} {config.model_dump()} {config.model_dump_json()}"


def test_the_token_may_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text(f"{TOKEN}\n")
    assert load_config(environment={"TELEGRAM_BOT_TOKEN_FILE": str(file)}).require_token() == TOKEN
    both = {"TELEGRAM_BOT_TOKEN_FILE": "gone", "TELEGRAM_BOT_TOKEN": TOKEN}
    assert load_config(environment=both).require_token() == TOKEN


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "can't be read"), (b" \n", "is empty"), (b"\xff", "not UTF-8"), (b"x y", "not a bot")],
)
def test_a_file_that_holds_no_token(tmp_path, content, reason):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=rf"^TELEGRAM_BOT_TOKEN_FILE: {file}: {reason}"):
        load_config(environment={"TELEGRAM_BOT_TOKEN_FILE": str(file)})
