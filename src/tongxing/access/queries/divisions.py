"""Reading divisions: by code, by tree, by name, pinyin or initials."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from tongxing.access import labels
from tongxing.access.models import Division, DivisionSuccession
from tongxing.access.spelling import typed
from tongxing.access.values.divisions import DivisionKind, DivisionRow, SuccessionRow
from tongxing.kernel.divisions import NATION, Area, Level, parse, truncate
from tongxing.kernel.errors import Unknown

PAGE = 20


def division(code: int) -> DivisionRow:
    """The division with this 12-digit code, ended ones too. Raises Unknown."""
    found = Division.objects.filter(code=code).first()
    if found is None:
        raise Unknown()
    return _rows([found])[0]


def path_of(code: int) -> list[DivisionRow]:
    """The divisions above `code` and itself, from the province down, without mere headings."""
    found = Division.objects.filter(code__in=[*_ancestors(code), code]).order_by("level")
    return [row for row in _rows(list(found)) if row.kind is not DivisionKind.GROUPING]


def division_names(codes: Iterable[int]) -> dict[int, str]:
    """Full names such as 福建省厦门市湖里区; a code that nobody knows is missing. One query."""
    wanted = set(codes)
    known = _names({above for code in wanted for above in [*_ancestors(code), code]})
    return {code: _full_name(code, known) for code in wanted if code in known}


def children_of(code: int, *, on: date | None = None) -> list[DivisionRow]:
    """The divisions right below `code` (0: the provinces), in the order of their codes."""
    below = Division.objects.filter(parent_code=code).order_by("code")
    return _rows(list(_valid(below, on)))


def find_divisions(
    text: str, *, within: Area | None = None, limit: int = PAGE
) -> list[DivisionRow]:
    """What somebody may mean who typed `text`: a code, a name, pinyin or initials.

    The beginning of a name comes before its middle, higher levels before lower ones.
    """
    words = typed(text)
    if not words:
        return []
    found = _within(Division.objects.filter(_meaning(words)), within)
    ranked = found.annotate(rank=_rank(words)).order_by("rank", "level", "code")
    return _rows(list(ranked[:limit]))


def divisions_named(name: str, *, within: Area) -> list[DivisionRow]:
    """Every division of `within` that has or had exactly this name, with or without its suffix.

    湖里街道 and 湖里 both find the street; for rosters, where people write as they speak.
    """
    bare = name.strip()
    if not bare:
        return []
    exact = Q(name=bare) | Q(former_names__contains=[{"name": bare}])
    spoken = Q(name__in=[bare + suffix for suffix in _SUFFIXES])
    found = _within(Division.objects.filter(exact | spoken), within)
    return _rows(list(found.order_by("level", "code")))


def successors_of(code: int, *, on: date) -> list[int]:
    """The codes that `code` became by the day `on`, through every step; [] while it is itself."""
    latest: list[int] = []
    for new in DivisionSuccession.objects.filter(old_id=code, on__lte=on).order_by("new_id"):
        latest += successors_of(new.new_id, on=on) or [new.new_id]
    return list(dict.fromkeys(latest))


def successions_of(code: int) -> list[SuccessionRow]:
    """What `code` came from and what it became, in order of time."""
    found = DivisionSuccession.objects.filter(Q(old_id=code) | Q(new_id=code)).order_by("on")
    steps = list(found.select_related("old", "new"))
    rows = {
        row.code: row for row in _rows([each for step in steps for each in (step.old, step.new)])
    }
    return [SuccessionRow(old=rows[s.old_id], new=rows[s.new_id], on=s.on) for s in steps]


def how_many_divisions(*, on: date | None = None) -> dict[Level, int]:
    """How many divisions there are by level; headings and repeated codes are not counted."""
    counts = dict.fromkeys(Level, 0)
    real = Division.objects.exclude(kind=DivisionKind.GROUPING.value)
    for level in _valid(real, on).values_list("level", flat=True):
        counts[Level(level)] += 1
    return counts


_SUFFIXES = (
    "省", "市", "区", "县", "旗", "街道", "镇", "乡", "苏木", "社区", "村", "嘎查",
    "自治区", "街道办事处", "社区居委会", "居委会", "村委会", "社区居民委员会", "村民委员会",
)  # fmt: skip


def _meaning(words: str) -> Q:
    if words.isdigit():
        return Q(code__gte=_filled(words, "0"), code__lte=_filled(words, "9"))
    if words.isascii():
        return Q(pinyin__startswith=words) | Q(initials__startswith=words)
    return Q(name__contains=words) | Q(former_names__icontains=words)


def _rank(words: str) -> Case:
    exact = Q(name=words) | Q(pinyin=words) | Q(initials=words)
    begins = Q(name__startswith=words) | Q(pinyin__startswith=words)
    return Case(
        When(exact, then=Value(0)),
        When(begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _filled(digits: str, with_digit: str) -> int:
    return int(digits[:12].ljust(12, with_digit))


def _within(found: QuerySet[Division], area: Area | None) -> QuerySet[Division]:
    return found.filter(code__gte=area.lo, code__lt=area.hi) if area else found


def _valid(found: QuerySet[Division], on: date | None) -> QuerySet[Division]:
    if on is None:
        return found.filter(valid_until=None)
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return found.filter(begun, Q(valid_until=None) | Q(valid_until__gt=on))


def _ancestors(code: int) -> list[int]:
    """The codes above, highest first; a code that is its own county (东莞) is not repeated."""
    above = [truncate(code, level) for level in Level if level is not Level.NATION]
    return [each for each in dict.fromkeys(above) if each not in {code, NATION}]


def _names(codes: Iterable[int]) -> dict[int, str]:
    found = Division.objects.filter(code__in=list(codes))
    return {
        code: "" if kind == DivisionKind.GROUPING.value else name
        for code, name, kind in found.values_list("code", "name", "kind")
    }


def _full_name(code: int, known: dict[int, str]) -> str:
    above = "".join(known.get(each, "") for each in _ancestors(code))
    return above + known.get(code, "")


def _rows(found: Sequence[Division]) -> list[DivisionRow]:
    known = _names({above for each in found for above in _ancestors(each.code)})
    return [_row(each, known) for each in found]


def _row(found: Division, known: dict[int, str]) -> DivisionRow:
    level = Level(found.level)
    return DivisionRow(
        code=found.code,
        name=found.name,
        level=level,
        kind=DivisionKind(found.kind),
        parent_code=found.parent_code,
        full_name=_full_name(found.code, {**known, found.code: found.name}),
        label=str(labels.level_label(level, found.code)),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )


def division_of_text(text: str) -> DivisionRow:
    """The division a person means with a code of 2, 4, 6, 9 or 12 digits. Raises Unknown."""
    try:
        return division(parse(text))
    except ValueError as error:
        raise Unknown() from error


def place_names(area: Area) -> list[tuple[int, str]]:
    """Code and name of every county and larger place of the country, and of everything in `area`.

    Ended divisions and former names are there too: lists go on using them for years.
    """
    larger = Q(level__lte=Level.COUNTY)
    inside = Q(code__gte=area.lo, code__lt=area.hi)
    known = Division.objects.filter(larger | inside).exclude(kind=DivisionKind.GROUPING.value)
    return [
        (code, name)
        for code, present, former in known.values_list("code", "name", "former_names")
        for name in [present, *(each["name"] for each in former)]
    ]
