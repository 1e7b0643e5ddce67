"""Which version is running."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings


@cache
def running_version() -> str:
    """The installed version, or the one the checkout declares when nothing is installed."""
    try:
        return version("tongxing")
    except PackageNotFoundError:
        declared = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())
        return str(declared["project"]["version"])
