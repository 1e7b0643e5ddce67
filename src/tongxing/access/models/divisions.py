from django.db import models
from django.db.models import F, Q

from tongxing.access.values.divisions import DivisionKind
from tongxing.kernel.divisions import Level


class Division(models.Model):
    """A division code and what it names. Ended codes stay: old papers speak of them.

    `valid_from` None means "before the first edition that was read".
    """

    code = models.BigIntegerField(primary_key=True)
    name = models.TextField()
    level = models.SmallIntegerField()
    kind = models.TextField()
    parent_code = models.BigIntegerField()
    pinyin = models.TextField()
    initials = models.TextField()
    # Names it had under the same code: [{"name": "…", "until": "2021-06-09"}].
    former_names = models.JSONField(default=list)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    edition = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_division_code_has_twelve_digits",
                condition=Q(code__gte=10**10, code__lt=10**12),
            ),
            models.CheckConstraint(
                name="access_division_known_level",
                condition=Q(level__in=[level.value for level in Level if level]),
            ),
            models.CheckConstraint(
                name="access_division_known_kind",
                condition=Q(kind__in=[kind.value for kind in DivisionKind]),
            ),
            models.CheckConstraint(
                name="access_division_ends_after_it_begins",
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gt=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["parent_code", "code"], name="access_division_parent"),
            models.Index(fields=["pinyin"], name="access_division_pinyin"),
            models.Index(fields=["initials"], name="access_division_initials"),
            models.Index(fields=["name"], name="access_division_name"),
        ]

    def __str__(self) -> str:
        return f"Division {self.code}"


class DivisionSuccession(models.Model):
    """On a day, `old` became `new` or a part of it. One may have many successors."""

    id = models.UUIDField(primary_key=True, editable=False)
    old = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="precessions")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_divisionsuccession_once", fields=["old", "new", "on"]
            ),
            models.CheckConstraint(
                name="access_divisionsuccession_of_two", condition=~Q(old=F("new"))
            ),
        ]

    def __str__(self) -> str:
        return f"DivisionSuccession {self.pk}"
