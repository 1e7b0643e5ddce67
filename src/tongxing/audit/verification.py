"""Recomputing the trail from its rows, its seals and the witness's anchors.

The order of reading matters: anchors first, then one snapshot of the database. A seal is committed
before it is anchored, so every anchor read must find its seal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tongxing.audit import anchors, sealing
from tongxing.audit.anchors import Anchor
from tongxing.audit.queries import reading_everything, waiting_after
from tongxing.audit.values import (
    INSERT_ONLY_TABLES,
    Damage,
    Doubt,
    Finding,
    Position,
    Report,
    SealLine,
)
from tongxing.keys.rings import NoKeys, audit_secret

SHOWN_FINDINGS = 1_000
SEALS_AT_ONCE = 100
PATIENCE = timedelta(minutes=5)
"""How long an entry may wait for its seal, and a seal for its anchor."""

_SEALS = """
    SELECT number, after_txid, after_id, last_txid, last_id, entries,
           previous, root, mac, scheme, sealed_at, leaves
    FROM audit_seal WHERE number > %s ORDER BY number LIMIT %s
"""
_LEAVES_NOW = f"""
    SELECT coalesce((
        SELECT string_agg({sealing.LEAF}, ''::bytea ORDER BY txid, id)
        FROM audit_entry
        WHERE (txid, id) > (sealed.after_txid, sealed.after_id)
          AND (txid, id) <= (sealed.last_txid, sealed.last_id)
    ), ''::bytea)
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
         WITH ORDINALITY AS sealed (after_txid, after_id, last_txid, last_id, place)
    ORDER BY place
"""  # noqa: S608 - the leaf is our own constant
_GUARDS = """
    SELECT count(*) FROM pg_trigger
    WHERE tgname = 'append_only' AND tgenabled = 'A' AND tgrelid::regclass::text = ANY(%s)
"""
_BEFORE_ALL = -(2**63)


@dataclass(slots=True)
class _Findings:
    """Counts every damage and keeps the first of them."""

    kept: list[Finding] = field(default_factory=list)
    total: int = 0

    def add(self, finding: Finding) -> None:
        self.total += 1
        if len(self.kept) < SHOWN_FINDINGS:
            self.kept.append(finding)


@dataclass(slots=True)
class _Walk:
    """What is known after the seals walked so far."""

    witness: "_Witness"
    keyed: bool
    findings: _Findings = field(default_factory=_Findings)
    seals: int = 0
    entries: int = 0
    newest: SealLine | None = None


def verify(at: datetime) -> Report:
    """Recompute every seal and compare every entry and anchor. `at` tells what is overdue.

    Finds edited, deleted, inserted, swapped and renumbered entries (by their id), changed or
    missing seals, a truncated tail, and, through the anchors, a trail that was rewritten as a
    whole with the stolen key.
    """
    walk = _Walk(witness=_Witness(anchors.so_far()), keyed=_has_key())
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        reading_everything()
        while batch := _next_seals(walk.newest):
            _check(batch, walk)
        waiting, oldest = waiting_after(walk.newest)
        guarded = _is_guarded()
        counts_on = _counts_on(walk.newest)
    for lost in walk.witness.beyond():
        finding = Finding(damage=Damage.TAIL_TRUNCATED, seal=lost.seal, sealed_at=lost.moment)
        walk.findings.add(finding)
    doubts = {
        Doubt.NO_KEY: not walk.keyed,
        Doubt.UNGUARDED: not guarded,
        Doubt.COUNT_WENT_BACK: not counts_on,
        Doubt.NO_ANCHORS: walk.seals > 0 and walk.witness.count == 0,
        Doubt.ANCHORING_BEHIND: _is_overdue(walk.witness.first_without, at),
        Doubt.SEALING_BEHIND: _is_overdue(oldest, at),
    }
    return Report(
        entries=walk.entries,
        seals=walk.seals,
        anchors=walk.witness.count,
        waiting=waiting,
        oldest_waiting=oldest,
        last_sealed_at=walk.newest.sealed_at if walk.newest else None,
        damaged=walk.findings.total,
        findings=tuple(walk.findings.kept),
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
    )


class _Witness:
    """The anchors, met in the order of the seals."""

    def __init__(self, known: Iterator[Anchor]) -> None:
        self._known = known
        self._next = next(known, None)
        self.count = 0
        self.first_without: datetime | None = None

    def damage_of(self, seal: SealLine) -> Damage | None:
        """What the anchors say against `seal`; those after the last one are merely late."""
        told = list(self._up_to(seal.number))
        about = [anchor for anchor in told if anchor.seal == seal.number]
        if any(anchor != Anchor.of(seal) for anchor in about):
            return Damage.ANCHOR_DIFFERS
        if about:
            return None
        if self._next is not None:
            return Damage.ANCHOR_MISSING
        self.first_without = self.first_without or seal.sealed_at
        return None

    def beyond(self) -> Iterator[Anchor]:
        """Anchors of seals that the database does not have any more."""
        return self._up_to(None)

    def _up_to(self, number: int | None) -> Iterator[Anchor]:
        while self._next is not None and (number is None or self._next.seal <= number):
            yield self._next
            self.count += 1
            self._next = next(self._known, None)


def _next_seals(newest: SealLine | None) -> list[tuple[SealLine, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_SEALS, [newest.number if newest else _BEFORE_ALL, SEALS_AT_ONCE])
        return [_seal(row) for row in cursor.fetchall()]


def _seal(row: Sequence[Any]) -> tuple[SealLine, bytes]:
    number, after_txid, after_id, txid, entry, entries, previous, root, mac, scheme, at, leaves = (
        row
    )
    seal = SealLine(
        number=number,
        after=Position(txid=after_txid, id=after_id),
        until=Position(txid=txid, id=entry),
        entries=entries,
        previous=bytes(previous),
        root=bytes(root),
        mac=bytes(mac),
        scheme=scheme,
        sealed_at=at,
    )
    return seal, bytes(leaves)


def _check(batch: list[tuple[SealLine, bytes]], walk: _Walk) -> None:
    sound = []
    for seal, leaves in batch:
        for damage in _damages_of(seal, leaves, walk):
            walk.findings.add(Finding(damage=damage, seal=seal.number, sealed_at=seal.sealed_at))
        if _holds(seal, leaves, keyed=walk.keyed):
            sound.append((seal, leaves))
        walk.seals += 1
        walk.entries += seal.entries
        walk.newest = seal
    _check_entries(sound, walk.findings)


def _damages_of(seal: SealLine, leaves: bytes, walk: _Walk) -> Iterator[Damage]:
    before = walk.newest
    follows = seal.number == (before.number + 1 if before else 1)
    if not follows:
        yield Damage.SEAL_MISSING
    elif (seal.previous, seal.after) != (
        (before.root, before.until) if before else (sealing.NO_ROOT, sealing.START)
    ):
        yield Damage.CHAIN_BROKEN
    if not _holds(seal, leaves, keyed=walk.keyed):
        yield Damage.SEAL_EDITED
    if against := walk.witness.damage_of(seal):
        yield against


def _holds(seal: SealLine, leaves: bytes, *, keyed: bool) -> bool:
    """Whether the seal speaks for its leaves. Others may name any range and are not followed."""
    return sealing.has_root(seal, leaves) and (not keyed or sealing.has_mac(seal))


def _check_entries(seals: list[tuple[SealLine, bytes]], findings: _Findings) -> None:
    for (seal, leaves), now in zip(seals, _leaves_now(seals), strict=True):
        if leaves == now:
            continue
        for damage, entry in _differences(leaves, now):
            finding = Finding(
                damage=damage, seal=seal.number, sealed_at=seal.sealed_at, entry=entry
            )
            findings.add(finding)


def _leaves_now(seals: list[tuple[SealLine, bytes]]) -> Iterator[bytes]:
    bounds = [
        [seal.after.txid for seal, _ in seals],
        [seal.after.id for seal, _ in seals],
        [seal.until.txid for seal, _ in seals],
        [seal.until.id for seal, _ in seals],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES_NOW, bounds)
        for (leaves,) in cursor.fetchall():
            yield bytes(leaves)


def _differences(sealed: bytes, now: bytes) -> Iterator[tuple[Damage, int]]:
    before = {leaf.entry: leaf.digest for leaf in sealing.leaves_of(sealed)}
    after = {leaf.entry: leaf.digest for leaf in sealing.leaves_of(now)}
    for entry in sorted(before.keys() | after.keys()):
        if entry not in after:
            yield Damage.ENTRY_DELETED, entry
        elif entry not in before:
            yield Damage.ENTRY_INSERTED, entry
        elif before[entry] != after[entry]:
            yield Damage.ENTRY_EDITED, entry


def _is_guarded() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS, [list(INSERT_ONLY_TABLES)])
        return bool(cursor.fetchone()[0] == len(INSERT_ONLY_TABLES))


def _counts_on(newest: SealLine | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_horizon()")
        return newest is None or bool(cursor.fetchone()[0] > newest.until.txid)


def _is_overdue(since: datetime | None, at: datetime) -> bool:
    return since is not None and at - since > PATIENCE


def _has_key() -> bool:
    try:
        return bool(audit_secret())
    except NoKeys:
        return False
