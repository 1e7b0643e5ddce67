from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tongxing.kernel.ids import uuid7
from tongxing.keys.fields import SealedTextField
from tongxing.registry.values.children import ClueKind, ClueState


class Clue(models.Model):
    """A sign that a child may be there (线索): work for a person, not yet a child."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    kind = models.TextField()
    state = models.TextField(default=ClueState.NEW)
    said = SealedTextField(context="clue.said", null=True)
    contact = SealedTextField(context="clue.contact", null=True)
    need = models.TextField(blank=True)
    child_id = models.UUIDField(null=True)
    reported_by = models.TextField(blank=True, default="", db_default="")
    reported_by_name = models.TextField(blank=True, default="", db_default="")
    received_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField(null=True)
    assigned_post = models.TextField(blank=True)
    assigned_name = models.TextField(blank=True, default="", db_default="")
    result_note = SealedTextField(context="clue.result", null=True)
    closed_at = models.DateTimeField(null=True)
    batch_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clue_known_kind", condition=Q(kind__in=[kind.value for kind in ClueKind])
            ),
            models.CheckConstraint(
                name="clue_known_state", condition=Q(state__in=[state.value for state in ClueState])
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="clue_by_place"),
            models.Index(
                fields=["child_id"], name="clue_of_child", condition=Q(child_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Clue {self.pk}"
