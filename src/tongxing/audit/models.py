"""The trail's two tables. Rows are added; nobody changes or removes one (see the migrations)."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now

from tongxing.audit.values import (
    Damage,
    Doubt,
    EntryLine,
    Finding,
    Outcome,
    Position,
    SealLine,
    VerificationLine,
)


class Entry(models.Model):
    """What was done or seen, by whom. No foreign keys: the trail outlives its subjects."""

    id = models.BigAutoField(primary_key=True)
    # Together with `id` the order of the trail: `id` alone is handed out before a row is visible.
    txid = models.BigIntegerField(
        db_default=Func(function="audit_txid", output_field=models.BigIntegerField())
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    kind = models.TextField()
    actor_account = models.TextField()
    actor_post = models.TextField()
    actor_name = models.TextField()
    actor_role = models.TextField()
    organisation = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    child_id = models.UUIDField(null=True)
    division = models.BigIntegerField()
    facts = models.JSONField()
    request_id = models.TextField()

    class Meta:
        db_table = "audit_entry"
        constraints = [
            models.CheckConstraint(
                name="audit_entry_division_is_a_code",
                condition=Q(division__gte=0, division__lt=10**12),
            ),
            models.UniqueConstraint(name="audit_entry_position", fields=["txid", "id"]),
        ]
        indexes = [
            models.Index(
                name="audit_entry_by_child",
                fields=["child_id", "-id"],
                condition=Q(child_id__isnull=False),
            ),
            models.Index(name="audit_entry_by_account", fields=["actor_account", "-id"]),
            models.Index(name="audit_entry_by_division", fields=["division", "-id"]),
            BrinIndex(name="audit_entry_by_time", fields=["recorded_at"], autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk} {self.kind}"

    def line(self) -> EntryLine:
        return EntryLine(
            id=self.id,
            at=self.at,
            recorded_at=self.recorded_at,
            kind=self.kind,
            actor_account=self.actor_account,
            actor_name=self.actor_name,
            actor_role=self.actor_role,
            organisation=self.organisation,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            child_id=self.child_id,
            division=self.division,
            facts=self.facts,
            request_id=self.request_id,
        )


class Seal(models.Model):
    """A batch of entries under one keyed seal; each seal holds the root of the one before.

    `leaves` is 40 bytes for each entry: its id (8, big-endian) and the SHA-256 of its row (32).
    """

    number = models.BigIntegerField(primary_key=True)
    after_txid = models.BigIntegerField()
    after_id = models.BigIntegerField()
    last_txid = models.BigIntegerField()
    last_id = models.BigIntegerField()
    entries = models.IntegerField()
    leaves = models.BinaryField()
    previous = models.BinaryField()
    root = models.BinaryField()
    mac = models.BinaryField()
    scheme = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_seal"
        constraints = [
            models.CheckConstraint(
                name="audit_seal_lists_its_entries", condition=Q(number__gte=1, entries__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"Seal {self.number} of {self.entries} entries"

    def line(self) -> SealLine:
        return SealLine(
            number=self.number,
            after=Position(txid=self.after_txid, id=self.after_id),
            until=Position(txid=self.last_txid, id=self.last_id),
            entries=self.entries,
            previous=bytes(self.previous),
            root=bytes(self.root),
            mac=bytes(self.mac),
            scheme=self.scheme,
            sealed_at=self.sealed_at,
        )


class Verification(models.Model):
    """The result of one verification, for the auditor's page."""

    verified_at = models.DateTimeField()
    outcome = models.TextField()
    entries = models.BigIntegerField()
    seals = models.BigIntegerField()
    damaged = models.BigIntegerField()
    first_finding = models.JSONField(null=True)
    doubts = models.JSONField()

    class Meta:
        db_table = "audit_verification"
        indexes = [models.Index(name="audit_verification_newest", fields=["-verified_at"])]
        constraints = [
            models.CheckConstraint(
                name="audit_verification_outcome",
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
            )
        ]

    def __str__(self) -> str:
        return f"Verification {self.pk}: {self.outcome}"

    def line(self) -> VerificationLine:
        return VerificationLine(
            verified_at=self.verified_at,
            outcome=Outcome(self.outcome),
            entries=self.entries,
            seals=self.seals,
            damaged=self.damaged,
            first_finding=_finding(self.first_finding) if self.first_finding else None,
            doubts=tuple(Doubt(one) for one in self.doubts),
        )


def _finding(kept: dict[str, Any]) -> Finding:
    at = kept["sealed_at"]
    return Finding(
        damage=Damage(kept["damage"]),
        seal=kept["seal"],
        sealed_at=datetime.fromisoformat(at) if at else None,
        entry=kept["entry"],
    )
