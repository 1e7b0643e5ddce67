"""`bin/bootstrap` in scratch checkouts whose locks name no package, so that nothing is fetched."""

import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tongxing.launch import places, processes

COMMAND = "def main() -> int:\n    import sys\n    print('hello', *sys.argv[1:])\n    return 7\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    checkout = tmp_path / "check out 童"
    (checkout / "bin").mkdir(parents=True)
    shutil.copy(places.CHECKOUT / "bin" / "bootstrap", checkout / "bin" / "bootstrap")
    (checkout / "requirements").mkdir()
    for name in ("uv", "base", "dev"):
        (checkout / "requirements" / f"{name}.txt").write_text("# nothing\n")
    commands = checkout / "src" / "tongxing" / "commands"
    commands.mkdir(parents=True)
    for folder in (commands.parent, commands):
        (folder / "__init__.py").touch()
    (commands / "main.py").write_text(COMMAND)
    return checkout


def bootstrap(checkout: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "bin" / "bootstrap", *words],
        env=dict(os.environ) | variables,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def made(checkout: Path) -> float:
    return (checkout / ".venv" / "pyvenv.cfg").stat().st_mtime


def test_the_command_of_the_project_works_wherever_it_is_called_from(checkout: Path) -> None:
    """Also for an account without a home directory, where downloads would be kept."""
    done = bootstrap(checkout, HOME="/nonexistent")
    assert done.returncode == 0, done.stderr
    assert (checkout / "var" / "home").is_dir()
    called = subprocess.run(
        [checkout / ".venv" / "bin" / "tongxing", "child", "file"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (called.stdout, called.returncode) == ("hello child file\n", 7)


def test_an_environment_grows_as_needed_and_is_left_alone_otherwise(checkout: Path) -> None:
    assert "(base)" in bootstrap(checkout).stdout
    before = made(checkout)
    assert_costs_nothing(checkout)
    (checkout / "requirements" / "base.txt").write_text("# something\n")
    assert "(base)" in bootstrap(checkout).stdout
    assert "(dev)" in bootstrap(checkout, "dev").stdout
    assert_costs_nothing(checkout)
    (checkout / "requirements" / "dev.txt").write_text("# something\n")
    assert "(dev)" in bootstrap(checkout).stdout
    assert made(checkout) == before


def assert_costs_nothing(checkout: Path) -> None:
    """In processor time, which does not depend on what else the machine is doing."""
    before = processor_seconds()
    again = bootstrap(checkout)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert processor_seconds() - before < 0.2


def processor_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_a_failed_installation_is_tried_again_and_a_moved_checkout_made_anew(
    checkout: Path,
) -> None:
    lock = checkout / "requirements" / "base.txt"
    lock.write_text("no such package\n")
    assert bootstrap(checkout).returncode != 0
    lock.write_text("# nothing\n")
    assert "Python packages are ready" in bootstrap(checkout).stdout
    before = made(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    time.sleep(0.01)
    assert "Python packages are ready" in bootstrap(moved).stdout
    assert made(moved) > before
    imported = subprocess.run(
        [moved / ".venv" / "bin" / "python", "-c", "import tongxing; print(tongxing.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    assert imported.stdout.startswith(str(moved))


WITHOUT_VENV = """#!/bin/sh
case "$*" in *"import ensurepip"*) [ -f "{marker}" ] || exit 1 ;; esac
exec {python} "$@"
"""
APT_GET = """#!/bin/sh
echo "$@" >>"{marker}.log"
if [ "$1" = install ]; then touch "{marker}"; fi
"""
TOOLS: tuple[str, ...] = ("sh", "cat", "sed", "grep", "date", "id", "dirname", "mkdir", "rm")
TOOLS += ("chmod", "flock", "readlink", "sha256sum", "touch")


def machine_without_venv(tmp_path: Path, *, apt_get: bool) -> dict[str, str]:
    """A PATH and a Python as on a Debian where python3-venv has not been installed."""
    folder, marker = tmp_path / "tools", tmp_path / "installed"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name) or "")
    programs = {"python-of-debian": WITHOUT_VENV.format(marker=marker, python=sys.executable)}
    if apt_get:
        programs["apt-get"] = APT_GET.format(marker=marker)
    for name, script in programs.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return {"PATH": str(folder), "PYTHON": "python-of-debian"}


def test_a_missing_venv_module_is_named(checkout: Path, tmp_path: Path) -> None:
    refused = bootstrap(checkout, **machine_without_venv(tmp_path, apt_get=False))
    assert refused.returncode == 1
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    command = f"sudo apt-get install -y --no-install-recommends {package}"
    assert refused.stderr.splitlines()[-1].strip() == command


def test_a_missing_venv_module_is_installed_when_we_may(checkout: Path, tmp_path: Path) -> None:
    done = bootstrap(checkout, **machine_without_venv(tmp_path, apt_get=True))
    if processes.started_as_root():
        assert done.returncode == 0, done.stderr
        asked = (tmp_path / "installed.log").read_text().splitlines()
        assert [line.split()[0] for line in asked] == ["update", "install"]
    else:
        assert "sudo apt-get install" in done.stderr


def test_an_old_python_is_refused_with_a_way_out(checkout: Path) -> None:
    old = checkout / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    refused = bootstrap(checkout, PYTHON="./python3.9")
    assert refused.returncode == 1
    assert "needs Python 3.11 or newer" in refused.stderr
    assert "apt-get install python3" in refused.stderr
    assert not (checkout / ".venv").exists()
