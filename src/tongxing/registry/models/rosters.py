"""A department's list: the file, how its columns are read, and what becomes of every row."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tongxing.kernel.ids import uuid7
from tongxing.keys.fields import SealedTextField
from tongxing.registry.values.rosters import BatchState, Decision, Fate


class RosterMapping(models.Model):
    """How a source's headings were understood last time (remembered per source and place)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    source = models.TextField()
    fingerprint = models.TextField()
    mapping = models.JSONField()
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_mapping_for_a_heading", fields=["division", "source", "fingerprint"]
            ),
        ]

    def __str__(self) -> str:
        return f"RosterMapping {self.pk}"


class RosterBatch(models.Model):
    """One uploaded list. The file itself lies sealed beside the database."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    source = models.TextField()
    as_of = models.DateField()
    file_name = models.TextField()
    file_sha256 = models.TextField()
    file_bytes = models.BigIntegerField()
    sheet = models.TextField(blank=True)
    workbook = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    fingerprint = models.TextField(blank=True)
    state = models.TextField(default=BatchState.RECEIVED)
    counts = models.JSONField(default=dict)
    expected_rows = models.IntegerField(null=True)
    rows_done = models.IntegerField(default=0)
    # What entered the register after this was not there when the rows were compared with it.
    staging_began_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=dict)
    # What the same source sent last time, to notice that a part is missing.
    previous_rows = models.IntegerField(null=True)
    created_by = models.TextField()
    created_by_name = models.TextField()
    created_post = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_left = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roster_known_state",
                condition=Q(state__in=[state.value for state in BatchState]),
            ),
        ]
        indexes = [
            models.Index(fields=["division", "-created_at"], name="roster_by_place"),
            models.Index(fields=["file_sha256"], name="roster_by_file"),
        ]

    def __str__(self) -> str:
        return f"RosterBatch {self.pk}"


class RosterChunk(models.Model):
    """A run of rows that enters the register in one transaction, once."""

    pk = models.CompositePrimaryKey("batch_id", "number")
    batch = models.ForeignKey(
        RosterBatch, on_delete=models.PROTECT, db_index=False, related_name="chunks"
    )
    number = models.IntegerField()
    division = models.BigIntegerField()
    rows = models.IntegerField()
    # Which kinds of facts its rows state: the others need no statement.
    kinds = models.JSONField(default=list)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"RosterChunk {self.number} of {self.batch_id}"


class RosterRow(models.Model):
    """One row of a list: what it says, what is wrong with it, and what becomes of it.

    `line` holds what was understood, with identity numbers, phones and addresses sealed inside;
    `written` holds the cells as they stand in the file, sealed, for rows a person must look at.
    """

    pk = models.CompositePrimaryKey("batch_id", "chunk", "number")
    batch = models.ForeignKey(
        RosterBatch, on_delete=models.PROTECT, db_index=False, related_name="rows"
    )
    number = models.IntegerField()
    chunk = models.IntegerField()
    division = models.BigIntegerField()
    row = models.IntegerField()
    hidden = models.BooleanField(default=False)
    fate = models.TextField()
    line = models.JSONField(default=dict)
    written = SealedTextField(context="roster.written", null=True)
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    child_id = models.UUIDField(null=True)
    likely_child_id = models.UUIDField(null=True)
    decision = models.TextField(blank=True)
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rosterrow_known_fate", condition=Q(fate__in=[fate.value for fate in Fate])
            ),
            models.CheckConstraint(
                name="rosterrow_known_decision",
                condition=Q(decision__in=["", *[decision.value for decision in Decision]]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "fate", "number"],
                name="rosterrow_for_people",
                condition=~Q(fate__in=[Fate.NEW, Fate.UNCHANGED]),
            ),
            # What lists say otherwise about a child, for the child's file.
            models.Index(
                fields=["child_id"],
                name="rosterrow_of_child",
                condition=~Q(differences=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"RosterRow {self.number} of {self.batch_id}"


class RosterChange(models.Model):
    """What a list changed in an existing record, so that undoing puts it back exactly."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    batch = models.ForeignKey(
        RosterBatch, on_delete=models.PROTECT, db_index=False, related_name="changes"
    )
    chunk = models.IntegerField()
    child_id = models.UUIDField()
    subject = models.TextField()
    subject_id = models.UUIDField()
    before = SealedTextField(context="roster.before", null=True)
    revision_after = models.IntegerField(null=True)
    put_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "chunk"], name="rosterchange_of_batch")]

    def __str__(self) -> str:
        return f"RosterChange {self.pk}"
