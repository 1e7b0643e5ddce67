"""Place names as people write them, found in the table of divisions.

Nothing is guessed: a text that fits two places, or none, stays a text, and a person is asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from tongxing.kernel import divisions
from tongxing.kernel.divisions import Area, Level

_SUFFIXES = (
    *("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县"),
    *("自治旗", "街道办事处", "地区", "街道", "林区", "矿区", "苏木"),
    *("省", "市", "盟", "州", "区", "县", "旗", "镇", "乡"),
)
_NOISE = str.maketrans("", "", " 　·,，、.。-—/\\()（）")


@dataclass(frozen=True, slots=True)
class _Named:
    code: int
    level: Level


@dataclass
class PlaceIndex:
    """Names of divisions, looked up from the largest to the smallest.

    `add` every division once; `resolve` answers with a code or None.
    """

    _by_name: dict[str, list[_Named]] = field(default_factory=lambda: defaultdict(list))
    _longest: int = 1

    @classmethod
    def of(cls, entries: Iterable[tuple[int, str]]) -> "PlaceIndex":
        index = cls()
        for code, name in entries:
            index.add(code, name)
        return index

    def add(self, code: int, name: str) -> None:
        bare = name.translate(_NOISE)
        named = _Named(code, divisions.level_of(code))
        for spelling in {bare, _short(bare)}:
            self._by_name[spelling].append(named)
            self._longest = max(self._longest, len(spelling))

    def resolve(self, text: str, *, within: Area | None = None) -> int | None:
        """The code of the most exact place that `text` names, or None.

        "四川省达州市渠县静边镇" and "四川渠县" both give the county or deeper; a name that exists
        twice counts only below a larger place named before it, or inside `within`.
        """
        rest = text.translate(_NOISE)
        area = within or divisions.area_of(divisions.NATION)
        found: int | None = None
        while rest:
            step = self._next(rest, area)
            if step is None:
                break
            found, length = step
            rest, area = rest[length:], divisions.area_of(found)
        return found

    def _next(self, text: str, area: Area) -> tuple[int, int] | None:
        """The place that the longest beginning of `text` names inside `area`, and its length."""
        for length in range(min(len(text), self._longest), 1, -1):
            fitting = [
                named for named in self._by_name.get(text[:length], ()) if named.code in area
            ]
            if not fitting:
                continue
            highest = min(named.level for named in fitting)
            codes = {named.code for named in fitting if named.level == highest}
            codes -= {area.lo} if len(codes) > 1 else set()
            return (codes.pop(), length) if len(codes) == 1 else None
        return None


def resolver(index: PlaceIndex, *, within: Area | None = None) -> Callable[[str], int | None]:
    """`index.resolve` with a memory: lists repeat the same few hundred places."""
    return lru_cache(maxsize=8192)(lambda text: index.resolve(text, within=within))


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name
