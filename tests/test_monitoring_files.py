"""The dashboard, the alert rules and the documents name metrics that there are, and the documents name all of them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from ports import free_port
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.services import Services
from bot.telegram.app import build_application

ROOT = Path(__file__).parents[1]
DASHBOARD = ROOT / "deploy" / "grafana" / "dateline.json"
RULES = ROOT / "deploy" / "prometheus" / "alerts.yml"
SCRAPE = ROOT / "deploy" / "prometheus" / "prometheus.yml"
DOCUMENT = ROOT / "docs" / "monitoring.md"

NAME = re.compile(r"\b(?:dateline|process)_[a-z_]+\b")


@pytest.fixture
def written_out(config, seeds) -> str:
    """What is served to Prometheus in webhook mode, which has all metrics."""
    port = free_port()
    settings = config.model_copy(
        update={
            "telegram": config.telegram.model_copy(update={"mode": "webhook"}),
            "webhook": config.webhook.model_copy(update={"url": "https://bot.example.org"}),
            "monitoring": config.monitoring.model_copy(update={"port": port}),
        }
    )
    services = Services(seeds, settings)
    build_application(services)
    return generate_latest(services.metrics.registry).decode()


@pytest.fixture
def families(written_out) -> set[str]:
    """As a query names them, histograms without their endings."""
    return {line.split()[2] for line in written_out.splitlines() if line.startswith("# TYPE")}


def family_of(name: str) -> str:
    return re.sub(r"_(bucket|sum|count)$", "", name)


def expressions(node: object) -> Iterator[str]:
    """Every query of a dashboard or of rules."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"expr", "query", "definition"} and isinstance(value, str):
                yield value
            yield from expressions(value)
    elif isinstance(node, list):
        for value in node:
            yield from expressions(value)


@pytest.mark.parametrize("file", [DASHBOARD, RULES], ids=lambda file: file.name)
def test_every_metric_that_is_asked_for_exists(file, families):
    read = json.loads if file.suffix == ".json" else yaml.safe_load
    asked = list(expressions(read(file.read_text(encoding="utf-8"))))
    names = {family_of(name) for one in asked for name in NAME.findall(one)}
    assert len(names) > 8
    assert names <= families


def test_labels_that_are_asked_for_have_such_values(written_out):
    texts = [
        DASHBOARD.read_text(encoding="utf-8").replace('\\"', '"'),
        RULES.read_text(encoding="utf-8"),
    ]
    served: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(written_out):
        for sample in family.samples:
            for label, value in sample.labels.items():
                served.setdefault(label, set()).add(value)
    for label in ("way", "outcome", "stage", "kind"):
        asked = {value for text in texts for value in re.findall(rf'\b{label}!?="(\w+)"', text)}
        assert asked
        assert asked <= served[label]


def test_the_document_names_every_metric_and_no_other(families):
    named = set(NAME.findall(DOCUMENT.read_text(encoding="utf-8")))
    assert named == families


def test_the_dashboard_asks_the_data_source_that_is_chosen():
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    sources = re.findall(r'"uid": "([^"]+)"', DASHBOARD.read_text(encoding="utf-8"))
    assert set(sources) == {"${datasource}", "dateline"}
    assert dashboard["templating"]["list"][0]["type"] == "datasource"
    numbers = [panel["id"] for panel in dashboard["panels"]]
    assert len(numbers) == len(set(numbers))
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        assert panel["title"]
        assert panel["description"]


def test_rules_and_scraping_are_about_the_same_job():
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"][0]["rules"]
    (job,) = yaml.safe_load(SCRAPE.read_text(encoding="utf-8"))["scrape_configs"]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert set(re.findall(r'job="(\w+)"', rule["expr"])) == {job["job_name"]}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]
        assert rule["labels"]["severity"] in {"critical", "warning"}
