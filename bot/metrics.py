"""What can be watched from outside, in Prometheus's words."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class Metrics:
    """The program's counters and gauges, in one registry."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry = registry or CollectorRegistry()

        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(f"dondoc_{name}", what, labels, registry=registry)

        self.sent = counter("messages_sent", "Messages a platform confirmed", "channel")
        self.failed = counter("messages_failed", "Messages that will never arrive", "channel")
        self.uncertain = counter("messages_uncertain", "Sendings whose answer was lost", "channel")
        self.retries = counter("messages_retried", "Sendings a platform refused for now", "channel")
        self.charged = counter("messages_charged", "Messages a platform asks money for", "channel", "kind")
        self.unsent_age = Gauge(
            "dondoc_oldest_unsent_seconds",
            "How long the oldest message that may leave has been waiting",
            ["channel"],
            registry=registry,
        )
        self.sending = Gauge(
            "dondoc_sender_active", "1 where this process sends for the channel", ["channel"], registry=registry
        )
        self.waiting = Gauge(
            "dondoc_queue_depth", "Messages that may leave and have not", ["channel"], registry=registry
        )
        self.paused = Gauge(
            "dondoc_channel_paused",
            "1 while nothing is sent because the platform refuses or does not answer",
            ["channel"],
            registry=registry,
        )
        self.handed_on = counter("messages_handed_on", "Messages that went another way after a long wait", "channel")
        self.ticks = counter("ticks", "Ticks of the clock that were done")
        self.tick_failures = counter("tick_failures", "Ticks that ended in an error")
        self.missed_ticks = counter("ticks_missed", "Ticks that should have been and were not")
        self.jobs = counter("jobs", "Jobs that ended", "kind", "result")
