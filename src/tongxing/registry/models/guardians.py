from django.db import models
from django.db.models import Q

from tongxing.kernel.ids import uuid7
from tongxing.keys.fields import SealedTextField
from tongxing.registry.models.children import Child


class Guardian(models.Model):
    """An adult around one child, as one source states it; the legal guardian or the actual carer.

    The same adult beside two children is found by the keyed hashes of number and phone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child = models.ForeignKey(
        Child, on_delete=models.PROTECT, db_constraint=False, related_name="guardians"
    )
    division = models.BigIntegerField()
    name = models.TextField(blank=True)
    # GB/T 4761, read as "is the child's …"; the words of the list stay beside it.
    relation_to_child = models.TextField(blank=True)
    relation_written = models.TextField(blank=True)
    identity_number = SealedTextField(context="guardian.identity", null=True)
    identity_index = models.BinaryField(null=True, max_length=16)
    phone = SealedTextField(context="guardian.phone", null=True)
    phone_index = models.BinaryField(null=True, max_length=16)
    workplace = models.TextField(blank=True)
    is_legal_guardian = models.BooleanField(null=True)
    is_actual_carer = models.BooleanField(null=True)
    lives_with_child = models.BooleanField(null=True)
    source = models.TextField()
    as_of = models.DateField()
    batch_id = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        # The same adult beside other children: brothers and sisters.
        indexes = [
            models.Index(
                fields=["phone_index"],
                name="guardian_by_phone",
                condition=Q(phone_index__isnull=False),
            ),
            models.Index(
                fields=["identity_index"],
                name="guardian_by_number",
                condition=Q(identity_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Guardian {self.pk}"
