"""Measures what counting costs an answer, and what a scrape of the metrics costs: `python -m benchmarks.counting`.

What is counted for one answer to a message is counted many times, with the metrics on and off.
"""

import time
from statistics import median

from prometheus_client import generate_latest

from bot.metrics import Metrics, Stage, Way
from bot.telegram.updates import kind_of
from bot.web.prometheus import PrometheusMetrics
from retrieval.types import Outcome

ANSWERS = 10_000
"""In one round."""

ROUNDS = 7
SCRAPES = 50


def main() -> None:
    """Print microseconds an answer, and milliseconds a scrape."""
    on, off = PrometheusMetrics(), Metrics()
    for name, metrics in (("on", on), ("off", off)):
        microseconds = median(_answers(metrics) for _ in range(ROUNDS)) / ANSWERS * 1e6
        print(f"metrics {name:3}: {microseconds:6.2f} µs an answer")
    began = time.perf_counter()
    for _ in range(SCRAPES):
        generate_latest(on.registry)
    print(f"a scrape   : {(time.perf_counter() - began) / SCRAPES * 1e3:6.2f} ms")


def _answers(metrics: Metrics) -> float:
    """Seconds of a round."""
    began = time.perf_counter()
    for _ in range(ANSWERS):
        metrics.received(kind_of(None))
        metrics.took(Stage.LANE, 0.001)
        with metrics.stage(Stage.FINDING):
            pass
        with metrics.stage(Stage.RENDERING):
            pass
        metrics.answered(Outcome.ANSWER, Way.MESSAGE)
        with metrics.stage(Stage.SENDING):
            metrics.requested("sendMessage", "ok", 0.05)
        metrics.took(Stage.WHOLE, 0.1)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
