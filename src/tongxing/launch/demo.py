"""`make demo`: from a bare checkout to a platform with a fictional town in it."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time

import click

from tongxing.launch import places, postgres, stamps, supervisor, vendor
from tongxing.launch.errors import LaunchError
from tongxing.launch.supervisor import Program, Stopped, Supervisor

SETTINGS = "tongxing.settings.demo"
HOST = "127.0.0.1"
HEALTH = "/healthz"
HEALTH_SECONDS = 2
READY_SECONDS = 120
TEND_SECONDS = 2.0
PACKAGE = places.CHECKOUT / "src" / "tongxing"


def serve() -> None:
    """Prepare everything, serve until somebody stops us, then stop what we started."""
    supervisor.stop_on_signals()
    if os.environ.get("MAKELEVEL"):
        supervisor.die_with(os.getppid())
    port = _port()
    refuse_taken(port)
    try:
        with contextlib.suppress(Stopped):
            _run(port)
    finally:
        supervisor.ignore_signals()
        postgres.release()


def prepare(settings: str) -> dict[str, str]:
    """Make a site ready to serve; returns the environment its programs run in."""
    environment = _environment(settings)
    with places.only_one("preparation"):
        click.echo("Starting the database …")
        postgres.ensure(say=click.echo)
        vendor.provide(click.echo)
        click.echo("Bringing tables and static files up to date …")
        _migrate_and_collect(environment)
    return environment


def _run(port: int) -> None:
    environment = prepare(SETTINGS)
    platform = Supervisor([_web(port), _worker()], environment)
    try:
        click.echo("Starting web server and worker …")
        platform.start()
        platform.wait_until(lambda: healthy(port), seconds=READY_SECONDS)
        click.echo(f"Tongxing is ready: http://{HOST}:{port}")
        while True:
            time.sleep(TEND_SECONDS)
            postgres.revive()
            platform.tend()
    except Stopped:
        click.echo("\nStopping …")
    finally:
        platform.stop()


def _port() -> int:
    text = os.environ.get("TONGXING_PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LaunchError(f"TONGXING_PORT must be a port number such as 8000, not {text!r}.")
    return int(text)


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise LaunchError(f"This account may not serve on port {port}.") from error
        except OSError as error:
            who = "Tongxing is already being served" if healthy(port) else "Another program listens"
            raise LaunchError(
                f"{who} on port {port}. Stop it, or choose another port: "
                f"TONGXING_PORT={port + 1} make demo"
            ) from error


def healthy(port: int) -> bool:
    """Does Tongxing answer there, and say that it is well?"""
    connection = http.client.HTTPConnection(HOST, port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", HEALTH)
        answer = connection.getresponse()
        return answer.status == 200 and isinstance(json.loads(answer.read()), dict)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _environment(settings: str) -> dict[str, str]:
    return dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": settings,
        "TONGXING_VAR": str(places.var()),
        "PYTHONPATH": str(places.CHECKOUT / "src"),
        "PYTHONUNBUFFERED": "1",
    }


def _migrate_and_collect(environment: dict[str, str]) -> None:
    steps = [sys.executable, "-m", "tongxing.launch.preparation"]
    static = stamps.listing([places.CHECKOUT / "static", *PACKAGE.glob("*/static")])
    static += stamps.contents([places.CHECKOUT / "requirements" / "base.txt"])
    manifest = places.var() / "static" / "staticfiles.json"
    collected = stamps.is_fresh("collectstatic", static) and manifest.exists()
    if not collected:
        steps.append("--collect")
    result = subprocess.run(steps, env=environment, check=False)  # noqa: S603 - our own module
    if result.returncode:
        raise LaunchError("The preparation failed; the reason stands above.")
    stamps.remember("collectstatic", static)


def _web(port: int) -> Program:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    command += ["--respawn-failed-workers", "tongxing.launch.web:application"]
    return Program("web server", command, places.logs() / "web.log", patience=15)


def _worker() -> Program:
    command = [sys.executable, "-m", "django", "work"]
    return Program("worker", command, places.logs() / "worker.log", patience=40)
