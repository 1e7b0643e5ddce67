"""The children of the policy examples: what their files answer, and on which day it changes."""

import pytest

pytestmark = pytest.mark.xdist_group("journeys")
ANSWERS = {"yes": "Yes", "no": "No"}


@pytest.mark.parametrize(
    ("username", "name", "days"),
    [
        pytest.param(
            "kundulun.officer",
            "高雨桐",
            {"2024-08-09": "no", "2024-08-10": "yes", "2028-03-14": "yes", "2028-03-15": "no"},
            marks=pytest.mark.clause("CN-4.1"),
            id="C01",
        ),
        pytest.param(
            "kundulun.officer",
            "赵浩宇",
            {"2025-07-01": "no"},
            marks=pytest.mark.clause("CN-4.2", "IM-0.2"),
            id="C02",
        ),
        pytest.param(
            "kundulun.officer",
            "白诗涵",
            {"2025-07-01": "yes"},
            marks=pytest.mark.clause("CN-4.2"),
            id="C03",
        ),
        pytest.param(
            "huli.officer",
            "蔡俊杰",
            {"2025-07-07": "no", "2025-07-08": "yes"},
            marks=pytest.mark.clause("XM-0.1"),
            id="C04",
        ),
        pytest.param(
            "huli.officer",
            "叶欣怡",
            {"2025-07-01": "no"},
            marks=pytest.mark.clause("XM-0.2"),
            id="C05",
        ),
        pytest.param(
            "yaodu.officer",
            "郭子轩",
            {"2025-04-30": "no", "2025-05-01": "yes", "2026-05-05": "yes", "2026-05-06": "no"},
            marks=pytest.mark.clause("YD-0.1"),
            id="C06",
        ),
    ],
)
def test_answer_by_day(arrives, username, name, days):
    officer = arrives(username)
    officer.when_looks_up(name)
    officer.when_reads_the_verdict()
    for day, answer in days.items():
        officer.when_asks_for_the_day(day)
        assert (day, officer.verdict()) == (day, officer.says(ANSWERS[answer]))
    officer.then_keeps_a_picture(name, readme="verdict" if name == "蔡俊杰" else "")
