"""Counts what the bot tells of its work, for Prometheus; docs/monitoring.md says what each metric means."""

import time
from contextlib import AbstractContextManager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from bot.metrics import Metrics, Reloaded, Stage, Way
from bot.telegram.reasons import INTERNAL
from bot.telegram.updates import ALLOWED_UPDATES, OTHER
from retrieval.types import Outcome

STAGE_SECONDS = (
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
)  # fmt: skip
"""Bounds of the histogram of stages. Finding takes a few milliseconds; a group's 21st answer in a minute waits for
most of that minute."""

REQUEST_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Bounds for requests to Telegram, which takes 20 to 100 milliseconds and is given up after five seconds."""

RELOAD_SECONDS = (0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600)
"""Bounds for reloads, by some articles and by millions."""


class PrometheusMetrics(Metrics):
    """Counts, in a registry of its own. Series that are few are there from the start: `rate` sees their first step."""

    def __init__(self) -> None:
        # When a series began is a second series for each, which nobody asks for.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        updates = Counter(
            "dateline_updates", "Updates from Telegram, by kind.", ["kind"], registry=registry
        )
        self._updates = {kind: updates.labels(kind) for kind in (*ALLOWED_UPDATES, OTHER)}
        self._failures = Counter(
            "dateline_update_failures", "Updates that could not be handled, or not to the end, by reason.",
            ["reason"], registry=registry,
        )  # fmt: skip
        self._failures.labels(INTERNAL)
        answers = Counter(
            "dateline_answers", "Questions answered, by way and outcome.",
            ["way", "outcome"], registry=registry,
        )  # fmt: skip
        self._answers = {
            (way, outcome): answers.labels(way.value, outcome.value)
            for way in Way
            for outcome in Outcome
        }
        stages = Histogram(
            "dateline_stage_duration_seconds", "How long the stages of answering take.",
            ["stage"], buckets=STAGE_SECONDS, registry=registry,
        )  # fmt: skip
        self._stages = {stage: stages.labels(stage.value) for stage in Stage}
        self._requests = Counter(
            "dateline_telegram_requests", "Requests to Telegram, by method and result.",
            ["method", "result"], registry=registry,
        )  # fmt: skip
        self._request_seconds = Histogram(
            "dateline_telegram_request_duration_seconds",
            "How long requests to Telegram take, without waiting for its limits.",
            buckets=REQUEST_SECONDS, registry=registry,
        )  # fmt: skip
        self._rate_limits = Counter(
            "dateline_telegram_rate_limits", "Requests that Telegram refused for coming too soon.",
            registry=registry,
        )  # fmt: skip
        self._rate_limit_seconds = Counter(
            "dateline_telegram_rate_limit_seconds", "Seconds that Telegram told the bot to wait.",
            registry=registry,
        )  # fmt: skip
        reloads = Counter("dateline_reloads", "Reloads, by result.", ["result"], registry=registry)
        self._reloads = {result: reloads.labels(result.value) for result in Reloaded}
        self._reload_seconds = Histogram(
            "dateline_reload_duration_seconds", "How long reloads take.",
            buckets=RELOAD_SECONDS, registry=registry,
        )  # fmt: skip
        self._reload_good = Gauge(
            "dateline_last_reload_successful", "Whether the last reload, or else the start, succeeded.",
            registry=registry,
        )  # fmt: skip
        self._reload_good.set(1)
        self._reload_at = Gauge(
            "dateline_last_reload_success_timestamp_seconds",
            "When the archive was last loaded, in Unix time.",
            registry=registry,
        )
        self._reload_at.set(time.time())
        self._deliveries = Counter(
            "dateline_webhook_requests", "Requests to the webhook, by the status they were answered with.",
            ["status"], registry=registry,
        )  # fmt: skip

    def received(self, kind: str) -> None:
        """An update came."""
        self._updates[kind].inc()

    def failed(self, reason: str) -> None:
        """Handling an update failed."""
        self._failures.labels(reason).inc()

    def answered(self, outcome: Outcome, way: Way) -> None:
        """A question was answered."""
        self._answers[way, outcome].inc()

    def took(self, stage: Stage, seconds: float) -> None:
        """A stage of an answer is over."""
        self._stages[stage].observe(seconds)

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Measures a stage."""
        return self._stages[stage].time()

    def reloaded(self, result: Reloaded, seconds: float) -> None:
        """A reload is over."""
        good = result in {Reloaded.CHANGED, Reloaded.UNCHANGED}
        self._reloads[result].inc()
        self._reload_seconds.observe(seconds)
        self._reload_good.set(good)
        if good:
            self._reload_at.set_to_current_time()

    def requested(self, method: str, result: str, seconds: float) -> None:
        """A request to Telegram is over."""
        self._requests.labels(method, result).inc()
        self._request_seconds.observe(seconds)

    def polled(self, result: str) -> None:
        """A request for updates is over."""
        self._requests.labels("getUpdates", result).inc()

    def rate_limited(self, seconds: float) -> None:
        """Telegram wants the bot to wait."""
        self._rate_limits.inc()
        self._rate_limit_seconds.inc(seconds)

    def delivered(self, status: int) -> None:
        """The webhook answered a request."""
        self._deliveries.labels(str(status)).inc()
