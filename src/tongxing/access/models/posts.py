from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from tongxing.access.models.accounts import Account
from tongxing.access.models.organisations import Organisation
from tongxing.access.ranges import Days
from tongxing.access.values.accounts import EntryCheck, GrantState
from tongxing.access.values.roles import Power, Role
from tongxing.kernel.divisions import Area


class Post(models.Model):
    """A place of work with a role and an area; it exists whether somebody holds it or not."""

    id = models.UUIDField(primary_key=True, editable=False)
    role = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.TextField()
    area_lo = models.BigIntegerField()
    area_hi = models.BigIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    contract_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_post_known_role",
                condition=Q(role__in=[role.value for role in Role]),
            ),
            models.CheckConstraint(
                name="access_post_area_is_an_interval",
                condition=Q(area_lo__gte=0, area_lo__lt=F("area_hi"), area_hi__lte=10**12),
            ),
            models.CheckConstraint(
                name="access_post_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="access_post_agency_works_under_contract",
                condition=~Q(role=Role.SOCIAL_WORKER.value) | ~Q(contract_until=None),
            ),
        ]
        indexes = [models.Index(fields=["area_lo"], name="access_post_area")]

    def __str__(self) -> str:
        return f"Post {self.pk}"

    @property
    def area(self) -> Area:
        return Area(self.area_lo, self.area_hi)


class Appointment(models.Model):
    """Who holds a post, from `since` until before `until`."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    # Copied from the role, so that the database itself keeps the powers apart.
    power = models.SmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    entry_check = models.TextField(blank=True)
    entry_check_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_appointment_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="access_appointment_known_power",
                condition=Q(power__in=[power.value for power in Power]),
            ),
            models.CheckConstraint(
                name="access_appointment_check_has_answer_and_day",
                condition=Q(entry_check="", entry_check_on=None)
                | Q(
                    entry_check__in=[answer.value for answer in EntryCheck],
                    entry_check_on__isnull=False,
                ),
            ),
            ExclusionConstraint(
                name="access_appointment_one_holder_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="access_appointment_one_power_a_person",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("power", RangeOperators.NOT_EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Appointment {self.pk}"


class Grant(models.Model):
    """A request that a person holds a post: one asks, the security administrator decides."""

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="grants")
    since = models.DateField()
    reason = models.TextField()
    state = models.TextField(default=GrantState.REQUESTED.value)
    requested_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    appointment = models.OneToOneField(
        Appointment, null=True, on_delete=models.PROTECT, related_name="grant"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_grant_known_state",
                condition=Q(state__in=[state.value for state in GrantState]),
            ),
            models.CheckConstraint(
                name="access_grant_needs_two_people",
                condition=~Q(state=GrantState.CONFIRMED.value)
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                    & ~Q(decided_by=F("account"))
                ),
            ),
            models.CheckConstraint(
                name="access_grant_confirmed_means_appointed",
                condition=Q(state=GrantState.CONFIRMED.value, appointment__isnull=False)
                | (~Q(state=GrantState.CONFIRMED.value) & Q(appointment=None)),
            ),
            models.UniqueConstraint(
                name="access_grant_one_open_request",
                fields=["account", "post"],
                condition=Q(state=GrantState.REQUESTED.value),
            ),
        ]

    def __str__(self) -> str:
        return f"Grant {self.pk}"
