"""Ranges as constraints see them; apart from the models, because migrations name it for ever."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class Days(Func):
    """The half-open range of days from one column to another."""

    function = "DATERANGE"
    output_field = DateRangeField()
