"""The settings of a webhook: what must hold of them together, and the secret."""

from pathlib import Path

import pytest

from bot.config import load_config
from retrieval.errors import ConfigError


@pytest.fixture(autouse=True)
def seeds_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of articles beside the settings, in the working folder."""
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)


PUSHED = "telegram: {mode: webhook}\nwebhook: {url: 'https://bot.example.org'}\n"
TOKEN = "123456789:AAFakeTelegramTokenForTestsOnly_0123"

WRONG_WEBHOOK = {
    "telegram: {mode: webhook}": "webhook.url: nothing: expected the address that Telegram can reach, such as"
    " https://bot.example.org, as telegram.mode is webhook",
    PUSHED.replace("https", "http"): "webhook.url: 'http://bot.example.org': expected https://, as Telegram does",
    PUSHED.replace("org", "org:5000"): "webhook.url: 'https://bot.example.org:5000': expected one of the ports 443,"
    " 80, 88, 8443",
    PUSHED.replace("org", "org:x"): "webhook.url: 'https://bot.example.org:x': Port could not be cast to integer value"
    " as 'x'",
    PUSHED.replace("org", "org/?a=b"): "webhook.url: 'https://bot.example.org/?a=b': expected an address without ?"
    " and #",
    PUSHED.replace("'}", f"', path: /{TOKEN.partition(':')[2]}}}"): "webhook.path, webhook.url: must not hold the"
    " bot's token, which addresses give away; a secret of its own goes with every request instead",
    PUSHED.replace("'}", "', certificate: c.pem}"): "webhook.certificate, webhook.private_key: expected both, or"
    " neither behind a proxy",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG_WEBHOOK)
def test_a_webhook_that_can_not_be_set(text, tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError) as refused:
        load_config(file, environment={"TELEGRAM_BOT_TOKEN": TOKEN})
    assert str(refused.value) == f"{file}: {WRONG_WEBHOOK[text]}"
    assert TOKEN.partition(":")[2] not in str(refused.value)


def test_a_webhook(tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(PUSHED.replace("'}", "/bots', certificate: c.pem, private_key: /etc/k.pem}"))
    secret = "chosen-by-the-operator"
    environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": secret}
    config = load_config(file, environment=environment)
    assert config.webhook.address == "https://bot.example.org/bots/telegram"
    assert config.webhook.certificate == tmp_path / "c.pem"
    assert config.webhook.private_key == Path("/etc/k.pem")
    assert config.require_webhook_secret() == secret
    assert config.secrets == (secret,)
    assert secret not in f"{config!r} {config.model_dump_json()}"


def test_a_server_of_ones_own_brings_updates_to_any_address(tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(
        "telegram: {mode: webhook, api_url: 'http://localhost:8081'}\nwebhook: {url: 'http://localhost:5000'}\n"
    )
    assert load_config(file, environment={}).webhook.address == "http://localhost:5000/telegram"


@pytest.mark.parametrize("secret", ["short", "with a blank in it", "ключключключключ", "x" * 257])
def test_a_secret_that_is_none(secret):
    with pytest.raises(ConfigError) as refused:
        load_config(environment={"TELEGRAM_WEBHOOK_SECRET": secret})
    assert str(refused.value) == (
        "TELEGRAM_WEBHOOK_SECRET: expected 16 to 256 letters, digits, _ and -"
    )
