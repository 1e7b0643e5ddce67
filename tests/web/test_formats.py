"""How dates, ages, numbers and masks read in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from tongxing.web import formats

NOW = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)


def in_both(function, *arguments):
    with translation.override("zh-hans"):
        chinese = function(*arguments)
    with translation.override("en"):
        return chinese, function(*arguments)


def test_days_and_months():
    assert in_both(formats.day, date(2026, 3, 4)) == ("2026年3月4日", "4 Mar 2026")
    assert in_both(formats.month, date(2026, 3, 4)) == ("2026年3月", "March 2026")


def test_moments_are_told_in_the_time_of_the_site():
    assert in_both(formats.moment, NOW) == ("2026年3月14日 09:30", "14 Mar 2026 09:30")


def test_a_moment_late_in_utc_is_the_next_day_here():
    assert in_both(formats.day, datetime(2026, 3, 13, 17, 0, tzinfo=UTC))[0] == "2026年3月14日"


@pytest.mark.parametrize(
    ("born", "chinese", "english"),
    [
        (date(2018, 12, 14), "7岁3个月", "7 y 3 m"),
        (date(2019, 3, 14), "7岁", "7 years"),
        (date(2025, 3, 14), "1岁", "1 year"),
        (date(2025, 9, 15), "5个月", "5 months"),
        (date(2026, 2, 14), "1个月", "1 month"),
        (date(2026, 3, 1), "出生13天", "13 days old"),
        (date(2026, 3, 20), "出生0天", "0 days old"),
    ],
)
def test_ages(born, chinese, english):
    assert in_both(formats.age, born, date(2026, 3, 14)) == (chinese, english)


@pytest.mark.parametrize(
    ("then", "chinese", "english"),
    [
        (NOW - timedelta(seconds=20), "刚刚", "just now"),
        (NOW - timedelta(minutes=12), "12分钟前", "12 minutes ago"),
        (NOW - timedelta(hours=3), "3小时前", "3 hours ago"),
        (NOW - timedelta(hours=12), "昨天", "yesterday"),
        (NOW - timedelta(days=3), "3天前", "3 days ago"),
        (date(2026, 3, 14), "今天", "today"),
        (date(2026, 3, 15), "明天", "tomorrow"),
        (date(2026, 3, 24), "10天后", "in 10 days"),
    ],
)
def test_how_long_ago(then, chinese, english):
    assert in_both(formats.ago, then, NOW) == (chinese, english)


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        (date(2026, 3, 14), "今天到期", "due today"),
        (date(2026, 3, 15), "1天后到期", "due in 1 day"),
        (date(2026, 3, 9), "已逾期5天", "5 days overdue"),
    ],
)
def test_deadlines(due, chinese, english):
    assert in_both(formats.overdue, due, date(2026, 3, 14)) == (chinese, english)


def test_numbers_and_shares():
    assert formats.number(1234567) == "1,234,567"
    assert formats.percent(Decimal("0.12345")) == "12.3%"


@pytest.mark.parametrize(
    ("phone", "masked"), [("19900001234", "199******34"), ("12345", "*****"), ("", "")]
)
def test_phones_are_masked(phone, masked):
    assert formats.mask_phone(phone) == masked
