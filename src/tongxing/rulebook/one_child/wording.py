"""Small words used in explanations, in both languages."""

from collections.abc import Callable

from tongxing.kernel.divisions import short
from tongxing.rulebook.moments import FAR_FUTURE, FAR_PAST, Moment, bounds
from tongxing.rulebook.texts import Text

PlaceName = Callable[[int], Text | None]
"""Gives the name of a division code; None when it has none."""


def no_names(_code: int) -> Text | None:
    """For callers without a table of divisions: places appear by code."""
    return None


def place_words(code: int, name: PlaceName) -> Text:
    found = name(code)
    digits = short(code)
    if found is None:
        return Text(zh=digits, en=digits)
    return Text(zh=f"{found.zh}（{digits}）", en=f"{found.en} ({digits})")


def moment_words(moment: Moment | None) -> Text:
    """A day, an interval of days, or that nothing is known."""
    if moment is None:
        return Text(zh="日期不详", en="an unknown day")
    earliest, latest = bounds(moment)
    if earliest == latest:
        return Text(zh=f"{earliest}", en=f"{earliest}")
    if earliest == FAR_PAST and latest == FAR_FUTURE:
        return Text(zh="日期不详", en="an unknown day")
    if earliest == FAR_PAST:
        return Text(zh=f"{latest}或之前", en=f"{latest} or before")
    if latest == FAR_FUTURE:
        return Text(zh=f"{earliest}或之后", en=f"{earliest} or after")
    return Text(zh=f"{earliest}至{latest}之间", en=f"a day from {earliest} to {latest}")


def length_words(months: int, days: int) -> Text:
    """Calendar months and the days left over."""
    return Text(
        zh=f"{months}个月{days}天" if days else f"{months}个月",
        en=f"{_plural(months, 'month')} {_plural(days, 'day')}"
        if days
        else _plural(months, "month"),
    )


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
