"""Serves health and metrics of the bot, where the settings name a port for them."""

from bot.services import Services
from bot.telegram.connection import PatientApplication
from bot.telegram.delivery import Webhook
from bot.telegram.lanes import Lanes
from bot.telegram.pacing import Pacing
from bot.web.listening import Listener
from bot.web.monitoring import monitoring
from bot.web.prometheus import PrometheusMetrics
from bot.web.standing import Readings, Standing


class Monitor:
    """Counts from the moment it is made; so make it before whoever is to be counted.

    Args:
        services: are given the metrics that count.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        services.metrics = metrics = PrometheusMetrics()
        self._registry = metrics.registry

    def watch(self, application: PatientApplication, lanes: Lanes, pacing: Pacing) -> None:
        """Have an application serve its health and metrics as long as it is open."""
        readiness = application.readiness
        readings: Readings = {
            "dateline_ready": ("Whether the bot can answer.", lambda: readiness.ready),
            "dateline_updates_in_progress": ("Updates being handled.", lambda: lanes.handled),
            "dateline_updates_waiting": (
                "Updates that wait for earlier ones of their chat.",
                lambda: lanes.waiting,
            ),
            "dateline_telegram_requests_held_back": (
                "Requests that wait until Telegram's limits allow them.",
                lambda: pacing.held_back,
            ),
        }
        if isinstance(updater := application.updater, Webhook):
            readings["dateline_webhook_pending_updates"] = (
                "Updates that Telegram had waiting when it was asked last.",
                lambda: updater.pending,
            )
        self._registry.register(Standing(self._services, readings))
        settings = self._services.config.monitoring
        application.monitor = Listener(
            monitoring(readiness, self._registry), settings.listen, settings.port, "monitoring"
        )
