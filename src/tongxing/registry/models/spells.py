from django.db import models
from django.db.models import F, Q

from tongxing.kernel.ids import uuid7
from tongxing.registry.models.children import Child


class Spell(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    source = models.TextField()
    as_of = models.DateField()
    batch_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class HukouSpell(Spell):
    """From `since` on the hukou was at `place`, until the next spell begins.

    One date per change makes gaps and overlaps impossible to write down.
    """

    child = models.ForeignKey(
        Child,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="hukou_spells",
    )
    place = models.BigIntegerField(null=True)
    registered = models.BooleanField(null=True)
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hukou_one_change_a_day",
                fields=["child", "since"],
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"HukouSpell {self.pk}"


class ResidenceSpell(Spell):
    """The child lives at `place` for `[since, until)`.

    Known only to the month or year, the first day lies in `[since, since_latest]`. Two spells of
    one child never overlap (exclusion constraint in the migration).
    """

    child = models.ForeignKey(
        Child,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="residence_spells",
    )
    place = models.BigIntegerField(null=True)
    since = models.DateField(null=True)
    since_latest = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="residence_in_order",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lt=F("until")),
            ),
            models.CheckConstraint(
                name="residence_start_interval",
                condition=Q(since__isnull=True, since_latest__isnull=True)
                | Q(since__lte=F("since_latest")),
            ),
        ]

    def __str__(self) -> str:
        return f"ResidenceSpell {self.pk}"


class TemporaryAbsence(Spell):
    """Days away that do not end the stay: holidays at the hukou place, a hospital."""

    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, db_constraint=False, related_name="absences"
    )
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"TemporaryAbsence {self.pk}"
