"""What deploy/ holds fits together: units, containers and settings name the same paths, ports and secrets."""

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.config import SECRETS_FILE, TOKEN_FILE_VARIABLE, load_config
from bot.settings import StateSettings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PORT = 9464
"""For health and metrics, in every example."""

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = yaml.safe_load((DEPLOY / "config.yaml").read_text(encoding="utf-8"))


def unit() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "dateline.service", encoding="utf-8")
    return parser["Service"]


def test_the_unit_runs_the_bot_with_a_secret_and_stops_and_reloads_it_as_it_expects() -> None:
    service = unit()
    assert service["ExecStart"].split()[1:] == ["run", "--config", "/etc/dateline/config.yaml"]
    assert service["Environment"] == f"{TOKEN_FILE_VARIABLE}=%d/token"
    assert service["LoadCredential"].startswith("token:/")
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert service["KillSignal"] == "SIGTERM"
    assert service["RestartPreventExitStatus"] == "2"
    assert service["StateDirectory"] == "dateline"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_the_unit_well_secured(tmp_path: Path) -> None:
    # A file of its own, for systemd looks into the folder for others.
    file = tmp_path / "dateline.service"
    shutil.copy(DEPLOY / "dateline.service", file)
    checked = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(file)],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert checked.returncode == 0, checked.stdout[-2_000:] + checked.stderr


def test_the_image_holds_what_it_is_built_from_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in ignored if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {line[1:] for line in rules if line.startswith("!")}
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for name in line.split()[:-1]
    }
    assert copied == allowed
    assert all((ROOT / name).exists() for name in allowed)
    assert SECRETS_FILE not in allowed


def test_the_container_runs_as_nobody_and_asks_for_health_where_the_bot_answers() -> None:
    assert re.search(r"^USER [1-9]\d+$", DOCKERFILE, re.MULTILINE)
    (command,) = re.findall(r"HEALTHCHECK .*\\\n\s+CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    program = json.loads(command)
    assert program[:2] == ["python", "-c"]
    compile(program[2], "HEALTHCHECK", "exec")
    assert f"http://127.0.0.1:{PORT}/healthz" in program[2]
    assert SETTINGS["monitoring"]["port"] == PORT
    volumes = json.loads(re.findall(r"^VOLUME (.+)$", DOCKERFILE, re.MULTILINE)[0])
    assert SETTINGS["corpus"]["path"] in volumes
    assert Path(SETTINGS["retrieval"]["index"]).parent.as_posix() in volumes
    state = StateSettings(url=SETTINGS["state"]["url"]).url.removeprefix("sqlite:///")
    assert Path(state).parent.as_posix() in volumes


def test_settings_for_containers_and_those_that_operating_shows_are_taken(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.+?)```", document, re.DOTALL)
    assert len(shown) >= 2
    for number, text in enumerate([*shown, (DEPLOY / "config.yaml").read_text(encoding="utf-8")]):
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, encoding="utf-8")
        load_config(file, corpus=ROOT / "seeds", environment={})


def test_compose_gives_the_bot_its_token_as_a_secret_and_little_else() -> None:
    bot = COMPOSE["services"]["bot"]
    assert bot["environment"] == {TOKEN_FILE_VARIABLE: "/run/secrets/telegram_bot_token"}
    assert bot["secrets"] == list(COMPOSE["secrets"])
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["restart"] == "unless-stopped"
    assert "ports" not in bot
    targets = {
        volume.split(":")[-2 if volume.endswith(":ro") else -1] for volume in bot["volumes"]
    }
    assert targets == {"/etc/dateline/config.yaml", "/articles", "/var/lib/dateline"}
    scraped = yaml.safe_load(COMPOSE["configs"]["prometheus"]["content"])
    assert scraped["scrape_configs"][0]["static_configs"] == [{"targets": [f"bot:{PORT}"]}]
    assert all(
        set(COMPOSE["services"][name]["profiles"]) == {"monitoring"}
        for name in COMPOSE["services"]
        if name != "bot"
    )


def test_the_lines_that_operating_explains_are_in_the_code() -> None:
    document = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    table = document.partition("## Lines in the log")[2]
    lines = re.findall(r"`([^`]+)`", "\n".join(re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)))
    assert len(lines) > 15
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot").rglob("*.py"))
    assert [line for line in lines if f'"{line}' not in code] == []
