"""What the browser journeys need from Debian: Chromium, and letters for Chinese."""

import os
import shutil
import subprocess
from pathlib import Path

from tongxing.launch import processes
from tongxing.launch.clusters import Say
from tongxing.launch.errors import LaunchError

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
CHINESE_FONTS = ("NotoSansCJK*", "NotoSerifCJK*", "wqy-*", "SourceHanSans*")
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]


def provide(say: Say) -> None:
    """Install what is missing if we are root on Debian; otherwise say exactly what to install."""
    missing = missing_packages()
    if not missing:
        return
    if not (processes.started_as_root() and shutil.which("apt-get")):
        raise LaunchError(
            "The browser tests need Chromium and a Chinese font. Install them, then start again:\n"
            f"  sudo {' '.join([*INSTALL, *missing])}"
        )
    say(f"Installing {' and '.join(missing)} …")
    _apt_get(["apt-get", "update"])
    _apt_get([*INSTALL, *missing])


def missing_packages() -> list[str]:
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not has_chinese_font():
        missing.append("fonts-noto-cjk")
    return missing


def has_chinese_font() -> bool:
    return any(
        next(folder.rglob(pattern), None) is not None
        for folder in FONT_FOLDERS
        for pattern in CHINESE_FONTS
    )


def _apt_get(command: list[str]) -> None:
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(  # noqa: S603 - our own words
        command, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise LaunchError(f"{' '.join(command)} failed:\n{result.stderr[-2000:]}")
