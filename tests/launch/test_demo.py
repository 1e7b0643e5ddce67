"""What `make demo` decides before and while it serves."""

import http.server
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.launch.servers import environment_of_a_child
from tongxing.launch import demo
from tongxing.launch.errors import LaunchError


class Health(http.server.BaseHTTPRequestHandler):
    status, body = 200, b'{"database": "ok"}'

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - inherited
        """Say nothing."""


@pytest.fixture
def answering(request: pytest.FixtureRequest) -> Iterator[int]:
    status, body = request.param
    handler = type("Handler", (Health,), {"status": status, "body": body})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("answering", [(200, b'{"database": "ok"}')], indirect=True)
def test_a_platform_that_answers_is_healthy(answering: int) -> None:
    assert demo.healthy(answering)
    with pytest.raises(LaunchError, match="already being served"):
        demo.refuse_taken(answering)


@pytest.mark.parametrize(
    "answering",
    [(503, b'{"database": "down"}'), (200, b"<p>another site"), (200, b'"ok"')],
    indirect=True,
)
def test_anything_else_is_not(answering: int) -> None:
    assert not demo.healthy(answering)


def test_a_taken_port_is_refused_with_a_way_out(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "healthy", lambda _: False)
    with pytest.raises(LaunchError, match=f"TONGXING_PORT={taken + 1} make demo"):
        demo.refuse_taken(taken)


@pytest.mark.parametrize("port", ["", "0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    said = start_demo({"TONGXING_PORT": port})
    assert said.returncode == 1
    assert "TONGXING_PORT must be a port number" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_command_says_in_one_line_that_the_port_is_taken(taken: int) -> None:
    said = start_demo({"TONGXING_PORT": str(taken)})
    assert said.returncode == 1
    assert said.stderr.startswith("Another program listens")
    assert len(said.stderr.splitlines()) == 1


def start_demo(words: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = environment_of_a_child() | words
    environment.pop("MAKELEVEL", None)
    return subprocess.run(
        [sys.executable, "-m", "tongxing.launch", "demo"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=os.fspath("/"),
    )
