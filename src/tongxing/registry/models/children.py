from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tongxing.kernel.ids import uuid7
from tongxing.keys.fields import SealedTextField
from tongxing.registry.values.children import ChildState, HukouKnown, IdentityKind, MovedWith, Sex
from tongxing.registry.values.standings import Answer

STANDINGS = ("standing_local", "standing_national", "standing_statistical")


class Household(models.Model):
    """People who live together under one number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    number = models.TextField(blank=True)
    address = SealedTextField(context="household.address", null=True)

    class Meta:
        indexes = [models.Index(fields=["division", "number"], name="household_number")]

    def __str__(self) -> str:
        return f"Household {self.pk}"


class Child(models.Model):
    """One true file per child: the person, independent of any status.

    `division` is where the register keeps the child: the residence as exactly as it is known.
    `provenance` says for each field that did not come with the row's own source who stated it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, db_index=False, related_name="children"
    )
    name = models.TextField()
    pinyin = models.TextField()
    former_name = models.TextField(blank=True)
    sex = models.TextField(blank=True)
    # A birth date known only to the month or year is an interval.
    born_from = models.DateField(null=True)
    born_until = models.DateField(null=True)
    ethnicity = models.TextField(blank=True)
    nationality = models.TextField(blank=True)
    identity_kind = models.TextField(blank=True)
    identity_number = SealedTextField(context="child.identity", null=True)
    identity_index = models.BinaryField(null=True, max_length=16)
    identity_missing_reason = models.TextField(blank=True)
    hukou = models.TextField(blank=True)
    hukou_division = models.BigIntegerField(null=True)
    hukou_text = models.TextField(blank=True)
    address = SealedTextField(context="child.address", null=True)
    moved_with = models.TextField(blank=True)
    asked_for_help_on = models.DateField(null=True)
    state = models.TextField(default=ChildState.TO_VERIFY)
    exit_reason = models.TextField(blank=True)
    exited_on = models.DateField(null=True)
    last_verified_on = models.DateField(null=True)
    source = models.TextField()
    as_of = models.DateField()
    batch_id = models.UUIDField(null=True)
    provenance = models.JSONField(default=dict)
    remarks = SealedTextField(context="child.remarks", null=True)
    # The answers of the policies in short, so that lists need no join. Eligibility keeps them.
    standing_local = models.TextField(blank=True, default="", db_default="")
    standing_national = models.TextField(blank=True, default="", db_default="")
    standing_statistical = models.TextField(blank=True, default="", db_default="")
    standing_changes_on = models.DateField(null=True)
    # Codes of facts without which the policies cannot tell.
    missing = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    revision = models.IntegerField(default=1)
    # Set when the list that brought the child in was undone; such a child is in no list.
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_known_sex", condition=Q(sex__in=[sex.value for sex in Sex])
            ),
            models.CheckConstraint(
                name="child_known_state",
                condition=Q(state__in=[state.value for state in ChildState]),
            ),
            models.CheckConstraint(
                name="child_known_identity_kind",
                condition=Q(identity_kind__in=[kind.value for kind in IdentityKind]),
            ),
            models.CheckConstraint(
                name="child_known_hukou",
                condition=Q(hukou__in=[known.value for known in HukouKnown]),
            ),
            models.CheckConstraint(
                name="child_known_companions",
                condition=Q(moved_with__in=[word.value for word in MovedWith]),
            ),
            models.CheckConstraint(
                name="child_birth_interval",
                condition=Q(born_from__isnull=True, born_until__isnull=True)
                | Q(born_from__lte=F("born_until")),
            ),
            models.CheckConstraint(
                name="child_out_has_reason",
                condition=~Q(state=ChildState.OUT)
                | (~Q(exit_reason="") & Q(exited_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="child_number_with_index",
                condition=Q(identity_number__isnull=True, identity_index__isnull=True)
                | Q(identity_number__isnull=False, identity_index__isnull=False),
            ),
            *[
                models.CheckConstraint(
                    name=f"child_known_{column}",
                    condition=Q((f"{column}__in", [answer.value for answer in Answer])),
                )
                for column in STANDINGS
            ],
        ]
        indexes = [
            BrinIndex(fields=["created_at"], name="child_by_entry"),
            models.Index(fields=["division", "pinyin", "id"], name="child_by_place_and_name"),
            models.Index(
                fields=["household"],
                name="child_of_household",
                condition=Q(household__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Child {self.pk}"


class NameKey(models.Model):
    """Beginnings a person may type to find a child: name, tails of the name, pinyin, initials.

    Row-level security lets only leakproof operators use an index, and "contains" is none of
    them; a prefix over these keys is.
    """

    pk = models.CompositePrimaryKey("key", "division", "child_id")
    key = models.TextField()
    division = models.BigIntegerField()
    child_id = models.UUIDField()

    def __str__(self) -> str:
        return f"NameKey of {self.child_id}"
