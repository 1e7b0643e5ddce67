from django.db import models
from django.db.models import Q

from tongxing.eligibility.values.entitlements import DeliveryState
from tongxing.kernel.ids import uuid7


class DeclaredFact(models.Model):
    """An answer to a question of the rules, given by a person; a newer one supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child_id = models.UUIDField()
    division = models.BigIntegerField()
    name = models.TextField()
    value = models.JSONField()
    as_of = models.DateField()
    said_by = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    recorded_by_name = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_declared_fact_in_force",
                fields=["child_id", "name"],
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"DeclaredFact {self.pk}"


class Delivery(models.Model):
    """An entitlement given to a child, or declined by its family. A mistake is withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child_id = models.UUIDField()
    division = models.BigIntegerField()
    entitlement = models.TextField()
    state = models.TextField()
    on_day = models.DateField()
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    recorded_by_name = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_known_state",
                condition=Q(state__in=[state.value for state in DeliveryState]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["child_id", "entitlement"],
                name="delivery_of_child",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
