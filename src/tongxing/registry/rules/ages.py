"""Ages turned into birth dates, so that lists compare dates and nothing else."""

from datetime import date, timedelta

from tongxing.kernel.months import add_months, birthday

_ONE_DAY = timedelta(days=1)


def born_by(age: int, on: date) -> date:
    """The last birth date with which a child is at least `age` years old on `on`.

    Born on 29 February, a child turns a year older on 28 February: that day may be the answer.
    """
    last = add_months(on, -12 * age)
    while birthday(last + _ONE_DAY, age) <= on:
        last += _ONE_DAY
    return last
