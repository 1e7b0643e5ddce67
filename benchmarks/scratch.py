"""A database of its own for a benchmark, with the country's divisions in it; dropped afterwards."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).resolve().parents[1]
HULI = 350206000000


@contextmanager
def scratch_site(name: str) -> Iterator[Path]:
    """Set Django up on a fresh database `bench_<name>`; yields a folder for files."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tongxing.settings.test"
    from tongxing.launch import postgres

    postgres.ensure()
    import django

    django.setup()
    from django.db import connections

    from tongxing.access import grants

    with TemporaryDirectory() as folder:
        _keep_files_in(Path(folder))
        owner, app = connections["owner"], connections["default"]
        owner.settings_dict["TEST"]["NAME"] = f"bench_{name}"
        database = owner.creation.create_test_db(verbosity=0, autoclobber=True)
        grants.grant(owner)
        app.close()
        app.settings_dict["NAME"] = database
        try:
            _load_divisions()
            yield Path(folder)
        finally:
            app.close()
            owner.creation.destroy_test_db(database, verbosity=0)


def _keep_files_in(folder: Path) -> None:
    from django.conf import settings

    from tongxing.keys import rings
    from tongxing.settings import base

    settings.MEDIA_ROOT = folder / "files"
    settings.TONGXING_KEYS = folder / "keys.json"
    settings.TONGXING_ANCHORS = folder / "anchors"
    # A real server signs in whom we have made here: their passwords must be as it expects.
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    rings.create(settings.TONGXING_KEYS)


def officer(division: int = HULI):  # type: ignore[no-untyped-def]
    """An actor who may take lists in and see children of a place."""
    from tongxing.access.values.roles import Capability
    from tongxing.kernel.actors import Actor
    from tongxing.kernel.divisions import area_of

    return Actor(
        account_id="bench",
        post_id="bench",
        name="bench",
        role="COUNTY_OFFICER",
        division=division,
        area=area_of(division),
        audit_area=area_of(division),
        capabilities=frozenset(each.value for each in Capability),
    )


def _load_divisions() -> None:
    from django.conf import settings
    from django.utils import timezone

    from tongxing.access import scopes
    from tongxing.access.actions import divisions
    from tongxing.kernel.divisions import NATION, area_of

    by = scopes.system(area_of(NATION))
    with scopes.acting_as(by):
        folder = settings.VAR / "vendor" / "divisions"
        divisions.load(folder, edition="2023-06-30", by=by, at=timezone.now())


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_environment() -> dict[str, str]:
    """The environment of a server that works on the scratch database with its keys."""
    from django.conf import settings
    from django.db import connections

    def url(alias: str) -> str:
        login = connections[alias].settings_dict
        parts = {
            "host": login["HOST"],
            "port": login["PORT"],
            "dbname": login["NAME"],
            "user": login["USER"],
            "password": login["PASSWORD"],
        }
        return make_conninfo(**{name: str(value) for name, value in parts.items() if value})

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tongxing.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": url("owner"),
        "DATABASE_APP_URL": url("default"),
        "TONGXING_KEYS": str(settings.TONGXING_KEYS),
        "TONGXING_ANCHORS": str(settings.TONGXING_ANCHORS),
    }
