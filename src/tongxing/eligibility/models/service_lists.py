from django.db import models
from django.db.models import Q

from tongxing.eligibility.values.service_lists import IN_FORCE, ListState
from tongxing.kernel.ids import uuid7


class ServiceListVersion(models.Model):
    """One version of the list that a place publishes. Nothing is deleted: it is superseded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    number = models.PositiveIntegerField()
    title = models.JSONField()
    state = models.TextField(default=ListState.DRAFT.value)
    base = models.TextField()
    content = models.JSONField(default=dict)
    struck = models.JSONField(default=dict)
    justifications = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.TextField()
    drafted_by_name = models.TextField()
    editors = models.JSONField(default=list)
    submitted_at = models.DateTimeField(null=True)
    submitted_by_name = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_name = models.TextField(blank=True)
    sent_back_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    filing_due_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    received_by_name = models.TextField(blank=True)
    revise_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_number_a_service_list", fields=["division", "number"]
            ),
            models.CheckConstraint(
                name="service_list_known_state",
                condition=Q(state__in=[state.value for state in ListState]),
            ),
            models.CheckConstraint(
                name="service_list_in_force_since",
                condition=~Q(state__in=[state.value for state in IN_FORCE])
                | Q(valid_from__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="service_list_of_place")]

    def __str__(self) -> str:
        return f"ServiceListVersion {self.pk}"
