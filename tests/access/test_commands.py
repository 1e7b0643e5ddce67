"""Commands with which a site begins."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.access.factories import an_identity_number
from tongxing.access.models import Account
from tongxing.access.queries import actor_by_username
from tongxing.access.values.roles import ADMINISTRATORS, Role

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


THREE = tuple(sorted(ADMINISTRATORS))


def three(tmp_path, roles=THREE):
    file = tmp_path / "people.csv"
    rows = [
        f"{role},{role.lower().replace('_', '.')},管理员甲,{an_identity_number(3000 + place)}"
        for place, role in enumerate(roles)
    ]
    file.write_text("\n".join(["role,username,person_name,identity_number", *rows]))
    return file


def found(file) -> str:
    said = StringIO()
    call_command("found_site", file, operator="市数据中心", division="3502", stdout=said)
    return said.getvalue()


def test_a_site_begins_with_three_people_and_first_passwords(tmp_path):
    said = found(three(tmp_path))
    assert actor_by_username("security.admin").role == Role.SECURITY_ADMIN
    for line in said.splitlines()[:3]:
        _role, username, password = line.split()
        account = Account.objects.get(username=username)
        assert account.check_password(password)


def test_a_site_is_not_founded_twice_or_by_two(tmp_path):
    with pytest.raises(CommandError):
        found(three(tmp_path, ("SYSTEM_ADMIN", "AUDIT_ADMIN")))
    with pytest.raises(CommandError):
        found(three(tmp_path, ("SYSTEM_ADMIN", "AUDIT_ADMIN", "EMPEROR")))
    assert not Account.objects.exists()
    found(three(tmp_path))
    with pytest.raises(CommandError):
        found(three(tmp_path))


def test_divisions_are_read_from_a_folder(tmp_path):
    for name, rows in {
        "provinces": "35,福建省",
        "cities": "3502,厦门市",
        "areas": "350206,湖里区",
        "streets": "350206001,湖里街道",
    }.items():
        (tmp_path / f"{name}.csv").write_text(f"code,name\n{rows}\n", encoding="utf-8")
    said = StringIO()
    call_command("load_divisions", tmp_path, edition="2023-06-30", stdout=said)
    assert said.getvalue().startswith("read 4, added 4")
    with pytest.raises(CommandError):
        call_command("load_divisions", tmp_path, edition="yesterday")
    with pytest.raises(CommandError):
        call_command("load_divisions", tmp_path / "nowhere", edition="2024-06-30")


def test_rights_are_given_by_command(django_db_setup):
    said = StringIO()
    call_command("grant_app", stdout=said)
    assert "rights given and checked" in said.getvalue()
