"""How dates, ages and numbers read, in the language that is active."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tongxing.kernel.months import months_between

Day = date | datetime
Number = int | float | Decimal


def _local(value: Day) -> Day:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware else value  # type: ignore[arg-type]


def _local_date(value: Day) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def day(value: Day) -> str:
    """2026年3月14日, 14 Mar 2026."""
    return dateformat.format(_local_date(value), pgettext("date format", "j M Y"))


def moment(value: datetime) -> str:
    """2026年3月14日 09:05, in the time of the site."""
    return dateformat.format(_local(value), pgettext("date format", "j M Y H:i"))


def month(value: Day) -> str:
    """2026年3月, March 2026."""
    return dateformat.format(_local_date(value), pgettext("date format", "F Y"))


def number(value: Number) -> str:
    """12,345."""
    return f"{value:,}"


def percent(share: Number) -> str:
    """0.1234 reads 12.3%."""
    return f"{float(share) * 100:.1f}%"


def age(birth_date: date, on: date) -> str:
    """7岁3个月; under one year only months, under one month only days."""
    months = months_between(birth_date, on)
    if months < 1:
        days = max((on - birth_date).days, 0)
        return ngettext("%(count)d day old", "%(count)d days old", days) % {"count": days}
    years, rest = divmod(months, 12)
    if not years:
        return ngettext("%(count)d month", "%(count)d months", rest) % {"count": rest}
    if not rest:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return _("%(years)d y %(months)d m") % {"years": years, "months": rest}


def ago(value: Day, now: datetime) -> str:
    """3天前, in 2 days; minutes and hours only for moments."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        seconds = (now - value).total_seconds()
        if 0 <= seconds < 24 * 3600 and _local_date(value) == _local_date(now):
            return _minutes_ago(int(seconds // 60))
    return _days_ago((_local_date(now) - _local_date(value)).days)


def _minutes_ago(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        text = ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes)
        return text % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def _days_ago(days: int) -> str:
    if days == 0:
        return _("today")
    if abs(days) == 1:
        return _("yesterday") if days > 0 else _("tomorrow")
    if days < 0:
        return ngettext("in %(count)d day", "in %(count)d days", -days) % {"count": -days}
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def overdue(due: date, today: date) -> str:
    """What a deadline looks like from today: 3天后到期, 今天到期, 逾期5天."""
    days = (due - today).days
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("due in %(count)d day", "due in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day overdue", "%(count)d days overdue", -days) % {"count": -days}


def mask_phone(phone: str) -> str:
    """138******34: the first three and the last two digits."""
    if len(phone) < 7:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 5)}{phone[-2:]}"
