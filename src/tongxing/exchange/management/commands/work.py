"""The worker: takes jobs from the queue until it is told to stop."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

HEARTBEAT_SECONDS = 5
STALLED_AFTER_SECONDS = 20
GRACE_SECONDS = 30


def _connector() -> DjangoConnector:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"the queue is connected by {type(connector).__name__}, not by Django")
    return connector


class Command(BaseCommand):
    help = "Take jobs from the queue until SIGTERM; the running job is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *_args: Any, **options: Any) -> None:
        logging.getLogger("procrastinate").setLevel(logging.ERROR)
        with app.replace_connector(_connector().get_worker_connector()) as worker:
            worker.run_worker(
                concurrency=options["concurrency"],
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                install_signal_handlers=True,
            )
