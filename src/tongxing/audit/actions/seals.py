"""Sealing: entries that have come to rest go under a keyed seal, and the seal to the witness."""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongxing.audit import anchors, sealing
from tongxing.audit.models import Seal
from tongxing.audit.queries import last_seal, reading_everything
from tongxing.audit.values import Position, SealLine
from tongxing.kernel.errors import Refusal

BATCH = 10_000
_LOCK = 0x7478_5365_616C  # "txSeal"

# Every transaction below the horizon has ended: nothing can still appear there. The transaction
# id comes first in the order, because ids are handed out before their rows become visible.
_COMPLETED = f"""
    SELECT count(*), string_agg({sealing.LEAF}, ''::bytea ORDER BY txid, id),
           (array_agg(txid ORDER BY txid DESC, id DESC))[1],
           (array_agg(id ORDER BY txid DESC, id DESC))[1]
    FROM (
        SELECT * FROM audit_entry
        WHERE (txid, id) > (%s, %s) AND txid < %s
        ORDER BY txid, id LIMIT %s
    ) AS completed
"""  # noqa: S608 - the leaf is our own constant


class SealsLost(Refusal):
    """The witness remembers other seals than the database has: somebody must look first."""

    code = "audit.seals_lost"
    message = _(
        "The audit trail does not continue its anchors; seal %(seal)s is missing or differs."
    )


class CountWentBack(Refusal):
    """The cluster counts its transactions from below the trail: the database was moved here."""

    code = "audit.count_went_back"
    message = _("The database was loaded into another cluster. Run: tongxing audit adopt")


def seal(at: datetime) -> SealLine | None:
    """Seal the next batch of completed entries and anchor it; None when there is none.

    Each entry is sealed once, whatever runs beside this. Raises SealsLost when the database
    stands behind its own anchors (a restore, or worse), CountWentBack when it was loaded into
    another cluster, NoKeys without the key file.
    """
    _meet_witness()
    with transaction.atomic(durable=True):
        new = _seal_batch(at)
    # After the commit: an anchor may be late, but it never tells of a seal that is not there.
    anchors.add(_not_anchored())
    return new


def _seal_batch(at: datetime) -> SealLine | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    reading_everything()
    before = last_seal()
    after = before.until if before else sealing.START
    count, leaves, txid, entry = _completed(after)
    if not count:
        return None
    draft = SealLine(
        number=before.number + 1 if before else 1,
        after=after,
        until=Position(txid=txid, id=entry),
        entries=count,
        previous=before.root if before else sealing.NO_ROOT,
        root=b"",
        mac=b"",
        scheme=sealing.current_scheme(),
        sealed_at=at,
    )
    return _kept(draft, leaves)


def _completed(after: Position) -> tuple[int, bytes, int, int]:
    with connection.cursor() as cursor:
        # Its own statement, before the rows are read: an earlier horizon is merely a lower one.
        cursor.execute("SELECT audit_horizon()")
        horizon = cursor.fetchone()[0]
        if horizon <= after.txid:
            raise CountWentBack
        cursor.execute(_COMPLETED, [after.txid, after.id, horizon, BATCH])
        count, leaves, txid, entry = cursor.fetchone()
    return count, bytes(leaves or b""), txid, entry


def _kept(draft: SealLine, leaves: bytes) -> SealLine:
    root = sealing.root_of(draft, leaves)
    new = replace(draft, root=root, mac=sealing.mac_of(root, draft.scheme))
    Seal.objects.create(
        number=new.number,
        after_txid=new.after.txid,
        after_id=new.after.id,
        last_txid=new.until.txid,
        last_id=new.until.id,
        entries=new.entries,
        leaves=leaves,
        previous=new.previous,
        root=new.root,
        mac=new.mac,
        scheme=new.scheme,
        sealed_at=new.sealed_at,
    )
    return new


def _meet_witness() -> None:
    known = anchors.last()
    if known is None:
        return
    ours = Seal.objects.filter(number=known.seal).values_list("root", flat=True).first()
    if ours is None or bytes(ours).hex() != known.root:
        raise SealsLost(seal=known.seal)


def _not_anchored() -> list[SealLine]:
    known = anchors.last()
    waiting = Seal.objects.defer("leaves").filter(number__gt=known.seal if known else 0)
    return [one.line() for one in waiting.order_by("number")]
