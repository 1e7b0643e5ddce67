"""Every test here has a `var` of its own, and leaves no server and no directory behind."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.servers import own_var
from tongxing.launch import binaries, postgres
from tongxing.launch.connections import Connection

INSTALLATIONS = list(binaries.installations())


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A directory that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="tongxing-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def new_var(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nothing there yet: the first start makes everything."""
    yield from own_var(open_folder / "var", monkeypatch)


@pytest.fixture
def var(stopped_server: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server that has been made and stopped before, so that each start takes no second."""
    subprocess.run(["cp", "-a", stopped_server, open_folder], check=True)
    yield from own_var(open_folder / "var", monkeypatch)


@pytest.fixture(scope="session")
def stopped_server() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tongxing-test-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        for var in own_var(folder / "var", patch):
            postgres.ensure()
            postgres.stop()
            yield var
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=INSTALLATIONS, ids=lambda it: f"postgresql-{it.version}")
def server(
    request: pytest.FixtureRequest, module_patch: pytest.MonkeyPatch
) -> Iterator[Connection]:
    """A server that a module's tests share; they may add to it but not stop it."""
    folder = Path(tempfile.mkdtemp(prefix="tongxing-test-"))
    folder.chmod(0o755)
    module_patch.setenv("TONGXING_POSTGRES_BIN", str(request.param.bin))
    for _ in own_var(folder / "var", module_patch):
        yield postgres.ensure()
    shutil.rmtree(folder)
