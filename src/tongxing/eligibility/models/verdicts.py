from django.db import models
from django.db.models import Q

from tongxing.eligibility.values import Population
from tongxing.kernel.ids import uuid7

ANSWERS = ("yes", "no", "cannot_tell")


class StoredVerdict(models.Model):
    """A verdict as it was given: never edited, superseded when the answer or its law changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child_id = models.UUIDField()
    division = models.BigIntegerField()
    population = models.TextField()
    answer = models.TextField()
    on_day = models.DateField()
    reasons = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    changes_on = models.DateField(null=True)
    changes_to = models.TextField(blank=True)
    pack = models.TextField()
    pack_version = models.TextField()
    site_version = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="verdict_known_answer", condition=Q(answer__in=ANSWERS)),
            models.CheckConstraint(
                name="verdict_known_population",
                condition=Q(population__in=[population.value for population in Population]),
            ),
            models.UniqueConstraint(
                name="one_verdict_in_force",
                fields=["child_id", "population"],
                condition=Q(superseded_at__isnull=True),
            ),
        ]
        indexes = [
            # Also the superseded ones: a child's file shows how its verdicts came about.
            models.Index(fields=["child_id"], name="verdict_of_child"),
            models.Index(
                fields=["changes_on"],
                name="verdict_turning",
                condition=Q(superseded_at__isnull=True, changes_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"StoredVerdict {self.pk}"
