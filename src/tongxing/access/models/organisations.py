from django.db import models
from django.db.models import F, Q

from tongxing.access.values.organisations import Department, OrganisationKind
from tongxing.kernel.divisions import Area


class Organisation(models.Model):
    """A body that people work in: department, school, agency, committee, zone."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.TextField()
    kind = models.TextField()
    department = models.TextField(blank=True)
    # The division it sits in; its area may be wider or narrower (zones, school districts).
    division = models.BigIntegerField()
    area_lo = models.BigIntegerField()
    area_hi = models.BigIntegerField()
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="offshoots"
    )
    pinyin = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_organisation_known_kind",
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]),
            ),
            models.CheckConstraint(
                name="access_organisation_known_department",
                condition=Q(department__in=["", *[each.value for each in Department]]),
            ),
            models.CheckConstraint(
                name="access_organisation_area_is_an_interval",
                condition=Q(area_lo__gte=0, area_lo__lt=F("area_hi"), area_hi__lte=10**12),
            ),
            models.CheckConstraint(
                name="access_organisation_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
            models.UniqueConstraint(
                name="access_organisation_name_once_in_a_division",
                fields=["division", "name"],
                condition=Q(valid_until=None),
            ),
        ]
        indexes = [models.Index(fields=["area_lo"], name="access_organisation_area")]

    def __str__(self) -> str:
        return f"Organisation {self.pk}"

    @property
    def area(self) -> Area:
        return Area(self.area_lo, self.area_hi)
