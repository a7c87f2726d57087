"""How things stand at the moment when Prometheus asks: queues, the archive, the state, what runs."""

import platform
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from importlib.metadata import version

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from bot.services import Services

Readings = dict[str, tuple[str, Callable[[], float]]]
"""Gauges: by name, what each says and where to read it."""


class Standing(Collector):
    """Reads what the bot keeps anyway, so that nothing is counted twice and nothing is done between two scrapes.

    Args:
        services: the archive and the state.
        readings: further gauges.
    """

    def __init__(self, services: Services, readings: Readings) -> None:
        self._services = services
        self._readings = readings

    def collect(self) -> Iterator[Metric]:
        """Every family, with its value now."""
        for name, (what, read) in self._readings.items():
            yield GaugeMetricFamily(name, what, read())
        archive = self._services.archive
        yield GaugeMetricFamily(
            "dateline_archive_articles", "Articles that are asked.", archive.articles
        )
        yield GaugeMetricFamily(
            "dateline_archive_passages", "Passages they were cut into.", archive.passages
        )
        yield GaugeMetricFamily(
            "dateline_archive_refusals",
            "Files and lines of the corpus that could not be used.",
            len(archive.refusals),
        )
        yield GaugeMetricFamily(
            "dateline_archive_first_day_timestamp_seconds",
            "The day of the oldest article, in Unix time.",
            _unix(archive.first_day),
        )
        yield GaugeMetricFamily(
            "dateline_archive_last_day_timestamp_seconds",
            "The day of the newest article, in Unix time.",
            _unix(archive.last_day),
        )
        yield InfoMetricFamily(
            "dateline_archive",
            "Which archive answers.",
            {"generation": archive.generation, "languages": ",".join(archive.languages)},
        )
        yield CounterMetricFamily(
            "dateline_state_failures",
            "How often the database could not be read or written.",
            self._services.state_failures,
        )
        config = self._services.config
        yield InfoMetricFamily(
            "dateline_build",
            "What runs.",
            {
                "version": version("dateline"),
                "python": platform.python_version(),
                "mode": config.telegram.mode,
            },
        )


def _unix(day: date) -> float:
    """The beginning of a day, in seconds."""
    return datetime.combine(day, time(), UTC).timestamp()
