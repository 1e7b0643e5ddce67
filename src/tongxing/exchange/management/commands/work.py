"""The worker: takes jobs from the queue until it is told to stop."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.settings import settings
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

HEARTBEAT_SECONDS = 5
STALLED_AFTER_SECONDS = 20
GRACE_SECONDS = 30


class _Connector(PsycopgConnector):
    """The worker's own connections to the queue.

    What a job defers does not go through them, but through the connection that Django has for the
    job: it commits or vanishes with the transaction of the job.
    """

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector(alias=settings.DATABASE_ALIAS)


class Command(BaseCommand):
    help = "Take jobs from the queue until SIGTERM; the running job is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *_args: Any, **options: Any) -> None:
        logging.getLogger("procrastinate").setLevel(logging.ERROR)
        own = _Connector(kwargs=connector_params(settings.DATABASE_ALIAS))
        with app.replace_connector(own) as worker:
            worker.run_worker(
                concurrency=options["concurrency"],
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                install_signal_handlers=True,
            )
