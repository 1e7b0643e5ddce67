"""What departments and visitors state about a child, each with who said it and for which day."""

from django.db import models

from tongxing.kernel.ids import uuid7
from tongxing.keys.fields import SealedTextField
from tongxing.registry.models.children import Child


class Fact(models.Model):
    """A statement of one source for one day. A newer one of the same source supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.BigIntegerField()
    source = models.TextField()
    as_of = models.DateField()
    confidence = models.SmallIntegerField(default=80)
    batch_id = models.UUIDField(null=True)
    superseded_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def of_child(related_name: str) -> "models.ForeignKey[Child, Child]":
    return models.ForeignKey(
        Child, on_delete=models.PROTECT, db_constraint=False, related_name=related_name
    )


class Enrolment(Fact):
    """Schooling: stage, school, grade, whether the child attends."""

    child = of_child("enrolments")
    stage = models.TextField(blank=True)
    school = models.TextField(blank=True)
    school_code = models.TextField(blank=True)
    grade = models.SmallIntegerField(null=True)
    class_name = models.TextField(blank=True)
    pupil_record = models.TextField(blank=True)
    attends = models.BooleanField(null=True)
    boards = models.BooleanField(null=True)
    # Education's own flags; they are not the definition of a migrant child.
    accompanying = models.BooleanField(null=True)
    migrant_worker_child = models.BooleanField(null=True)
    left_behind = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"


class Permit(Fact):
    """Residence permit; having none is normal under sixteen."""

    child = of_child("permits")
    has_permit = models.BooleanField(null=True)
    number = SealedTextField(context="permit.number", null=True)
    valid_until = models.DateField(null=True)
    issued_by = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Permit {self.pk}"


class Insurance(Fact):
    """Residents' medical insurance of one year."""

    child = of_child("insurances")
    insured = models.BooleanField(null=True)
    year = models.SmallIntegerField(null=True)
    insured_division = models.BigIntegerField(null=True)
    insured_place = models.TextField(blank=True)
    kind = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Insurance {self.pk}"


class HealthRecord(Fact):
    """Vaccination file and general state; diagnoses do not belong here."""

    child = of_child("health_records")
    vaccination_file = models.BooleanField(null=True)
    vaccination_place = models.TextField(blank=True)
    state = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"HealthRecord {self.pk}"


class Disability(Fact):
    """What the disability certificate says: class 1-7, grade 1 (heaviest) to 4."""

    child = of_child("disabilities")
    disabled = models.BooleanField(null=True)
    disability_class = models.SmallIntegerField(null=True)
    grade = models.SmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"Disability {self.pk}"


class Hardship(Fact):
    """Kinds of hardship a source states, and kinds it denies; silence is neither."""

    child = of_child("hardships")
    kinds = models.JSONField(default=list)
    denied = models.JSONField(default=list)
    written = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Hardship {self.pk}"
