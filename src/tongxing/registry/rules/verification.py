"""Every record is verified at least every half year (CN-4.6, IM-1.4, YD-1.3)."""

from datetime import date, timedelta

from tongxing.kernel.months import add_months

MONTHS = 6
# Product default: how long before the day a verification is announced.
DAYS_AHEAD = 30


def due_on(last_verified_on: date | None, as_of: date) -> date:
    """The day by which the record must be looked at again.

    A record that nobody verified yet counts from the day for which its first list speaks.
    """
    return add_months(last_verified_on or as_of, MONTHS)


def last_checks_before(day: date) -> date:
    """Records checked before the answer are due before `day`; those of the answer are not."""
    first = add_months(day, -MONTHS)
    while add_months(first, MONTHS) < day:
        first += timedelta(days=1)
    return first
