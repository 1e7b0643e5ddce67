"""How to reach the database. Reads only; starts nothing."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import ProgrammingError

from tongxing.launch import places
from tongxing.launch.errors import LaunchError

APP_ROLE = "tongxing_app"
OWNER_ROLE = "tongxing_owner"
DATABASE = "tongxing"
TEMPLATE_OF_OUR_OWN = "template1"
TEMPLATE_OUTSIDE = "tongxing_template"


@dataclass(frozen=True)
class Login:
    user: str
    password: str = field(repr=False, default="")


@dataclass(frozen=True)
class Connection:
    """`owner` migrates and owns the tables, `app` serves requests under row-level security.

    `host` is a directory for a Unix socket. `template` is the database that test databases are
    copied from, because locale and extensions come from there. `options` are further libpq words,
    such as sslmode.
    """

    host: str
    port: int
    dbname: str
    owner: Login
    app: Login
    template: str = TEMPLATE_OF_OUR_OWN
    options: dict[str, str] = field(default_factory=dict)

    def conninfo(self, login: Login, *, dbname: str | None = None) -> str:
        return make_conninfo(
            host=self.host,
            port=self.port,
            dbname=dbname or self.dbname,
            user=login.user,
            password=login.password,
            **self.options,
        )

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2)


def record_of_our_own() -> Path:
    return places.postgres() / "connection.json"


def read_own() -> Connection | None:
    try:
        stored = json.loads(record_of_our_own().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Connection(
        **{**stored, "owner": Login(**stored["owner"]), "app": Login(**stored["app"])}
    )


def outside(url: str) -> Connection:
    """DATABASE_URL is the owner's login; the application's is DATABASE_APP_URL or one we made."""
    words = parse(url, "DATABASE_URL")
    return Connection(
        host=words.pop("host", "127.0.0.1"),
        port=int(words.pop("port", "5432")),
        dbname=words.pop("dbname", DATABASE),
        owner=Login(words.pop("user", OWNER_ROLE), words.pop("password", "")),
        app=_application(),
        template=TEMPLATE_OUTSIDE,
        options=words,
    )


def parse(url: str, variable: str) -> dict[str, str]:
    try:
        words: dict[str, Any] = conninfo_to_dict(url)
    except ProgrammingError as error:
        # The text itself stays unsaid: it holds a password.
        raise LaunchError(
            f"{variable} is not a PostgreSQL address such as postgresql://user:password@host/name."
        ) from error
    return {word: str(value) for word, value in words.items() if value is not None}


def made_password() -> Path:
    """Where the password of an application role that we created outside is kept."""
    return places.secrets() / "app-role.json"


def _application() -> Login:
    if url := os.environ.get("DATABASE_APP_URL"):
        words = parse(url, "DATABASE_APP_URL")
        return Login(words.get("user", APP_ROLE), words.get("password", ""))
    try:
        return Login(**json.loads(made_password().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Login(APP_ROLE)
