"""The nightly backup and the restore drill, with real programs on real servers."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.launch.servers import as_owner, superuser, value
from tongxing.launch import binaries, places
from tongxing.launch.connections import Connection, Login

DEPLOY = places.CHECKOUT / "deploy"
TABLES = """
    CREATE TABLE child (id int PRIMARY KEY, name text);
    INSERT INTO child SELECT n, '张' || n FROM generate_series(1, 500) AS n;
    ALTER TABLE child ENABLE ROW LEVEL SECURITY;
    ALTER TABLE child FORCE ROW LEVEL SECURITY;
    CREATE POLICY nobody_without_scope ON child TO tongxing_app USING (false);
    GRANT SELECT ON child TO tongxing_app;
"""
BACKUP_ROLE = Login("tongxing_backup", "backup-password")


@pytest.fixture(scope="module")
def filled(server: Connection) -> Connection:
    """A register under row-level security, and the role that the manual has made for backups."""
    with as_owner(server) as session:
        session.execute(TABLES)
    with superuser(server) as session:
        session.execute(statement_of_the_manual("CREATE ROLE tongxing_backup"))
        session.execute("ALTER ROLE tongxing_backup PASSWORD 'backup-password'")
        session.execute(statement_of_the_manual("GRANT pg_read_all_data"))
    return server


def statement_of_the_manual(beginning: str) -> str:
    manual = (places.CHECKOUT / "docs" / "how-to" / "go-to-production.md").read_text()
    (line,) = [it.strip() for it in manual.splitlines() if it.strip().startswith(beginning)]
    return line


def run(
    program: str, *words: str, connection: Connection, login: Login, folder: Path
) -> subprocess.CompletedProcess[str]:
    programs = binaries.find().bin
    return subprocess.run(
        [DEPLOY / program, *words],
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PGHOST": connection.host,
            "PGPORT": str(connection.port),
            "PGUSER": login.user,
            "PGPASSWORD": login.password,
            "PGDATABASE": connection.dbname,
            "BACKUP_FOLDER": str(folder),
            "BACKUP_KEEP": "2",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def administrator() -> Login:
    return Login("postgres", (places.postgres() / "superuser.password").read_text())


def test_a_backup_holds_every_row_and_can_be_restored(filled: Connection, tmp_path: Path) -> None:
    made = run("backup", connection=filled, login=BACKUP_ROLE, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    dump = Path(made.stdout.strip())
    assert oct(dump.stat().st_mode & 0o777) == "0o600"
    drill = run("restore", "drill", connection=filled, login=administrator(), folder=tmp_path)
    assert drill.returncode == 0, drill.stderr
    assert "  child 500\n" in drill.stdout
    with superuser(filled) as session:
        left = "SELECT count(*) FROM pg_database WHERE datname = 'tongxing_drill'"
        assert value(session, left) == 0


def test_a_real_restore_keeps_owners_rights_and_policies(
    filled: Connection, tmp_path: Path
) -> None:
    run("backup", connection=filled, login=BACKUP_ROLE, folder=tmp_path)
    done = run("restore", "restored", connection=filled, login=administrator(), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with superuser(filled, "restored") as session:
        owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'child'"
        assert value(session, owner) == filled.owner.user
        forced = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'child'"
        assert value(session, forced) is True
        session.execute("SET ROLE tongxing_app")
        assert value(session, "SELECT count(*) FROM child") == 0
    with superuser(filled) as session:
        session.execute("DROP DATABASE restored")


def test_a_role_that_sees_no_rows_makes_no_backup(filled: Connection, tmp_path: Path) -> None:
    refused = run("backup", connection=filled, login=filled.owner, folder=tmp_path)
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_backup_is_not_restored(filled: Connection, tmp_path: Path) -> None:
    made = run("backup", connection=filled, login=BACKUP_ROLE, folder=tmp_path)
    with Path(made.stdout.strip()).open("r+b") as dump:
        dump.seek(200)
        dump.write(b"\0\0\0\0")
    refused = run("restore", "drill", connection=filled, login=administrator(), folder=tmp_path)
    assert refused.returncode != 0
    assert "FAILED" in refused.stdout + refused.stderr


def test_old_backups_make_room(filled: Connection, tmp_path: Path) -> None:
    for day in ("20200101", "20200102", "20200103"):
        for suffix in (".dump", ".dump.sha256"):
            (tmp_path / f"tongxing-{day}-020000{suffix}").touch()
    made = run("backup", connection=filled, login=BACKUP_ROLE, folder=tmp_path)
    kept = sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".dump")
    assert kept == ["tongxing-20200103-020000.dump", Path(made.stdout.strip()).name]
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda it: it.name)
def test_units_name_programs_and_files_that_the_manual_speaks_of(unit: Path) -> None:
    manual = (places.CHECKOUT / "docs" / "how-to" / "go-to-production.md").read_text()
    text = unit.read_text()
    for line in text.splitlines():
        name, _, words = line.partition("=")
        if name == "EnvironmentFile":
            assert words in manual
        if name == "ExecStart" and "/deploy/" in words:
            assert os.access(DEPLOY / Path(words).name, os.X_OK)
    assert unit.name in manual
