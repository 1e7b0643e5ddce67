"""After a list went through every state, no secret of it stands anywhere in clear."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from tests.factories.children import AT, everywhere
from tests.factories.rosters import OFFICER, a_row, commit, committed, decide, staged
from tongxing.access import scopes
from tongxing.registry.actions import undoing
from tongxing.registry.values.rosters import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]

PHONES = ("19900001234", "19900005678")
ADDRESSES = ("兴隆路77号502室", "华光路88号301室")
HUKOU_DOOR = "白云路99号3单元"
GUARDIAN = "990102198503070019"
PERMIT = "X99027777"
REMARK = "父亲在外地打工不愿意说"


def everything() -> str:
    """All columns of all tables of the register, as text; sealed ones as the bytes they are."""
    texts = []
    with everywhere(), connection.cursor() as cursor:
        for model in apps.get_app_config("registry").get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT t::text FROM {table} t")
            texts += [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT t::text FROM audit_entry t")
        texts += [row for (row,) in cursor.fetchall()]
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        texts += [row for (row,) in cursor.fetchall()]
    return "\n".join(texts)


def test_numbers_phones_and_addresses_are_sealed_everywhere():
    clean = a_row(
        {
            "户口所在地": f"四川省达州市渠县{HUKOU_DOOR}",
            "现住街道（镇）": "湖里街道",
            "现住址": f"湖里街道{ADDRESSES[0]}",
            "监护人姓名": "陈建国",
            "监护人身份证件号": GUARDIAN,
            "联系电话": PHONES[0],
            "居住证号": PERMIT,
            "备注": REMARK,
        }
    )
    damaged = clean | {"姓名": "林晓雨", "身份证件号": "990102201603079"}
    masked = clean | {"姓名": "周明宇", "身份证件号": f"{clean['身份证件号'][:6]}********0012"}
    batch = staged([clean, damaged, masked, clean, {"姓名": None, "联系电话": PHONES[1]}])
    decide(batch, Decision.ACCEPT, 2)
    commit(batch)
    change = {"现住址": f"湖里街道{ADDRESSES[1]}", "联系电话": PHONES[1]}
    changed = committed([clean | change], source="village", as_of=date(2025, 8, 30))
    with scopes.acting_as(OFFICER):
        undoing.begin_undo(batch_id=changed, reason="发错了", by=OFFICER, at=AT, by_worker=True)
    undoing.undo(batch_id=changed, by=OFFICER, at=AT)
    found = everything()
    assert clean["姓名"] in found
    secrets = (
        *(clean["身份证件号"], damaged["身份证件号"], masked["身份证件号"], GUARDIAN, PERMIT),
        *(*PHONES, *ADDRESSES, HUKOU_DOOR, REMARK, "兴隆路77", "华光路88", "99号"),
    )
    for secret in secrets:
        assert str(secret) not in found, secret
        assert str(secret).encode().hex() not in found, secret
