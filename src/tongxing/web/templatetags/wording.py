"""Filters: how dates, ages, numbers, names and missing values read."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html

from tongxing.kernel import identity, names
from tongxing.web import formats, labels

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    return formats.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return formats.moment(value) if value else ""


@register.filter
def month(value: date | None) -> str:
    return formats.month(value) if value else ""


@register.filter
def number(value: int | float | None) -> str:
    return "" if value is None else formats.number(value)


@register.filter
def percent(value: float | None) -> str:
    return "" if value is None else formats.percent(value)


@register.filter
def age(birth_date: date | None, on: date | None = None) -> str:
    return formats.age(birth_date, on or timezone.localdate()) if birth_date else ""


@register.filter
def ago(value: datetime | date | None) -> str:
    return formats.ago(value, timezone.now()) if value else ""


@register.filter
def path(names_from_the_top: Sequence[str]) -> str:
    return " › ".join(names_from_the_top)


@register.filter
def masked_name(name: str | None) -> str:
    return names.mask(name or "")


@register.filter
def masked_id(number: str | None) -> str:
    return identity.mask(number or "")


@register.filter
def masked_phone(phone: str | None) -> str:
    return formats.mask_phone(phone or "")


@register.filter
def yes_no(value: bool | None) -> str:
    return labels.yes_no(value)


@register.filter
def or_missing(value: Any) -> Any:
    if value is None or value == "":
        return format_html('<span class="missing">{}</span>', labels.NOT_RECORDED)
    return value
