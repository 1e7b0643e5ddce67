"""Rows between and below the children: totals, signatures, repeated headings, examples."""

import re
from collections.abc import Sequence

from tongxing.exchange.spreadsheets.values import Cell
from tongxing.registry.rules.cells import plain
from tongxing.registry.rules.problems import Problem, problem

_TOTALS = re.compile(r"(?:合计|总计|小计|共计|总数|累计|汇总|平均|本页合计|total|subtotal).{0,20}")
_FOOTER = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|经办|负责人|主管|分管|统计人|报送|录入人|联系人|联系电话|单位负责|"
    r"单位[(:]|单位盖章|单位公章|盖章|公章|签字|签名|签章|注:|注\d|注意|说明|备注:|填写说明|以上|日期:|"
    r"第\d+页|共\d+页|-\d+-$|制表时间|截止|截至|数据来源|[*※]).*"
)
_EXAMPLES = re.compile(r"[(【\[]?(?:填写)?(?:示例|样例|范例|例如|例:|举例).{0,20}|例")
_FEW = 4


def is_example(first: str) -> bool:
    """Whether the row shows how the form is filled in. `first` is its first text."""
    return first[:1] in "(（【[示样范例举填" and bool(_EXAMPLES.fullmatch(plain(first)))


def not_a_child(cells: Sequence[Cell], headings: frozenset[str]) -> Problem | None:
    """Why a row without a usable number is no child at all, if so.

    `headings` are the plain words of the list's headings.
    """
    texts = [plain(cell) for cell in cells if isinstance(cell, str)]
    texts = [text for text in texts if text]
    if not texts:
        return None
    if sum(text in headings for text in texts) >= min(2, len(texts)) and texts[0] in headings:
        return problem("repeated_heading")
    if any(_TOTALS.fullmatch(text) for text in texts[:2]):
        return problem("totals_row")
    few = sum(cell is not None for cell in cells) <= _FEW
    return problem("footer_row") if few and _FOOTER.fullmatch(texts[0]) else None
