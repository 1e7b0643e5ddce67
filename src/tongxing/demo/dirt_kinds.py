"""Every kind of dirt that is planted row by row, with its share and what must become of the row."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tongxing.demo import words
from tongxing.demo.defects import ACCEPTED, CONFLICT, HELD, REJECTED, TOLERATED, Classes, Defect
from tongxing.demo.dirt import Dirt, Draft
from tongxing.demo.lists import Source
from tongxing.demo.name_tables import HOMOPHONES, RARE_GIVEN, TRADITIONAL
from tongxing.demo.numbers import shared_phone
from tongxing.demo.words import DateFashion

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_RARE = frozenset("".join(RARE_GIVEN)) - frozenset("雨彤子")
_BLANKS = (" ", "\u00a0", "\u200b", "　")
_DOTS = ("•", "・", "．", ".", " ")
_PLACEHOLDERS = ("123456789012345678", "000000000000000000", "111111111111111111")
_LUNAR_MONTHS = "正二三四五六七八九十冬腊"


# Which rows a defect can befall.
def _any(_: Draft) -> bool:
    return True


def _numbered(draft: Draft) -> bool:
    return bool(draft.child.identity_number)


def _digits_in_workbook(draft: Draft) -> bool:
    return draft.workbook and draft.child.identity_number.isdigit()


def _digits_in_csv(draft: Draft) -> bool:
    return not draft.workbook and draft.child.identity_number.isdigit()


def _ends_in_x(draft: Draft) -> bool:
    return draft.child.identity_number.endswith("X")


def _known(draft: Draft) -> bool:
    return draft.known and _numbered(draft)


def _known_rare(draft: Draft) -> bool:
    return _known(draft) and not _RARE.isdisjoint(draft.text("name"))


def _known_homophone(draft: Draft) -> bool:
    name = draft.text("name")
    return _known(draft) and len(name) == 3 and any(letter in HOMOPHONES for letter in name[1:])


def _known_traditional(draft: Draft) -> bool:
    return _known(draft) and draft.text("name")[:1] in TRADITIONAL


def _known_twin(draft: Draft) -> bool:
    return draft.twin is not None and bool(draft.twin.identity_number) and _known(draft)


def _two_characters(draft: Draft) -> bool:
    return len(draft.text("name")) == 2 and _numbered(draft)


def _short_name(draft: Draft) -> bool:
    return len(draft.text("name")) in {2, 3} and _numbered(draft)


def _dotted(draft: Draft) -> bool:
    return "·" in draft.text("name") and _numbered(draft)


def _dated(draft: Draft) -> bool:
    return draft.child.birth_date is not None and _numbered(draft)


def _dated_in_workbook(draft: Draft) -> bool:
    return draft.workbook and _dated(draft)


def _from_renamed_county(draft: Draft) -> bool:
    hukou = draft.child.hukou
    return _numbered(draft) and hukou is not None and bool(hukou.origin.old_name)


def _has_old_adult(draft: Draft) -> bool:
    return draft.entry.adult.birth_date.year < 2000 and _numbered(draft)


# How it befalls them.
def _cut_to_15_digits(draft: Draft) -> str:
    return draft.child.identity_number[:15] + "000"


def _make_numeric(draft: Draft, _: Random) -> None:
    draft.write("id_no", float(_cut_to_15_digits(draft)))


def _make_scientific(draft: Draft, _: Random) -> None:
    number = draft.child.identity_number
    draft.write("id_no", f"{number[0]}.{number[1:6]}E+17")


def _end_in_000(draft: Draft, _: Random) -> None:
    draft.write("id_no", _cut_to_15_digits(draft))


def _mask_number(draft: Draft, _: Random) -> None:
    number = draft.child.identity_number
    draft.write("id_no", f"{number[:6]}********{number[-4:]}")


def _mask_name(draft: Draft, _: Random) -> None:
    name = draft.text("name")
    draft.write("name", f"{name[0]}*{name[2:]}")


def _break_check(draft: Draft, rng: Random) -> None:
    """One wrong digit in the sequence; the other digits and the check character stay."""
    number = draft.child.identity_number
    place = rng.choice((14, 15))
    wrong = str((int(number[place]) + rng.randrange(1, 10)) % 10)
    draft.write("id_no", number[:place] + wrong + number[place + 1 :])


def _lose_digit(draft: Draft, rng: Random) -> None:
    number = draft.child.identity_number
    place = rng.randrange(7, 17)
    draft.write("id_no", number[:place] + number[place + 1 :])


def _write_guardians(draft: Draft, _: Random) -> None:
    draft.write("id_no", draft.entry.adult.identity_number)


def _write_twins(draft: Draft, _: Random) -> None:
    draft.write("id_no", draft.twin.identity_number if draft.twin else None)


def _write_placeholder(draft: Draft, rng: Random) -> None:
    draft.write("id_no", rng.choice(_PLACEHOLDERS))


def _shift_birth(draft: Draft, rng: Random) -> None:
    born = draft.child.birth_date or date(*draft.child.birth_month, 1)
    wrong = born - timedelta(days=rng.choice((365, 31, 30, 10, 1)))
    draft.write("birth", words.written_date(wrong, draft.entry.dates))


def _flip_sex(draft: Draft, _: Random) -> None:
    labels = {"1": "2", "2": "1", "男": "女", "女": "男", "男性": "女性", "女性": "男性"}
    draft.write("sex", labels[draft.text("sex")])


def _impossible_date(draft: Draft, _: Random) -> None:
    draft.write("birth", f"{draft.child.birth_month[0]}-02-30")


def _write_age(draft: Draft, _: Random) -> None:
    draft.write("birth", f"{draft.child.age(draft.entry.as_of)}岁")
    draft.write("id_no", None)


def _write_cut_date(draft: Draft, _: Random) -> None:
    draft.write("birth", f"{draft.entry.as_of.year - 16}-12-01以后出生")
    draft.write("id_no", None)


def _write_lunar(draft: Draft, rng: Random) -> None:
    year = draft.child.birth_month[0]
    draft.write("birth", f"农历{year}年{rng.choice(_LUNAR_MONTHS)}月初八")
    draft.write("id_no", None)


def _lose_rare(draft: Draft, rng: Random) -> None:
    lost = rng.choice(("?", "□"))
    draft.write("name", "".join(lost if c in _RARE else c for c in draft.text("name")))


def _mishear(draft: Draft, rng: Random) -> None:
    name = draft.text("name")
    place = rng.choice([place for place in (1, 2) if name[place] in HOMOPHONES])
    draft.write("name", name[:place] + rng.choice(HOMOPHONES[name[place]]) + name[place + 1 :])


def _traditional(draft: Draft, _: Random) -> None:
    name = draft.text("name")
    draft.write("name", TRADITIONAL[name[0]] + name[1:])


def _space_name(draft: Draft, rng: Random) -> None:
    draft.write("name", rng.choice((" ", "　", "  ")).join(draft.text("name")))


def _other_dot(draft: Draft, rng: Random) -> None:
    draft.write("name", draft.text("name").replace("·", rng.choice(_DOTS)))


def _full_width(draft: Draft, _: Random) -> None:
    draft.write("id_no", draft.child.identity_number.translate(_FULL_WIDTH))


def _blanks(draft: Draft, rng: Random) -> None:
    number, blank = draft.child.identity_number, rng.choice(_BLANKS)
    spaced = (blank + number, number + blank, f"{number[:6]}{blank}{number[6:]}")
    draft.write("id_no", rng.choice(spaced))


def _apostrophe(draft: Draft, _: Random) -> None:
    draft.write("id_no", f"'{draft.child.identity_number}")


def _lower_x(draft: Draft, _: Random) -> None:
    draft.write("id_no", draft.child.identity_number.lower())


def _cross(draft: Draft, rng: Random) -> None:
    draft.write("id_no", draft.child.identity_number[:17] + rng.choice("×Ⅹ"))


def _other_date_format(draft: Draft, rng: Random) -> None:
    own = {draft.entry.dates, DateFashion.SERIAL, DateFashion.CELL}
    fashion = rng.choice([fashion for fashion in DateFashion if fashion not in own])
    draft.write("birth", words.written_date(draft.child.birth_date, fashion))


def _serial_date(draft: Draft, _: Random) -> None:
    draft.write("birth", words.written_date(draft.child.birth_date, DateFashion.SERIAL))


def _old_place(draft: Draft, _: Random) -> None:
    if hukou := draft.child.hukou:
        draft.write("hukou_place", hukou.origin.old_text)


def _short_address(draft: Draft, rng: Random) -> None:
    draft.write(
        "address", f"{rng.choice(('惠民苑', '和顺家园', '幸福里'))}{rng.randrange(1, 30)}号楼"
    )


def _forget(draft: Draft, rng: Random) -> None:
    may_lack = [name for name in ("guardian_phone", "ethnicity", "community") if draft.text(name)]
    if may_lack:
        draft.write(rng.choice(may_lack), None)


def _yes_in_other_words(draft: Draft, rng: Random) -> None:
    draft.write("permit", rng.choice(("√", "Y", "有", "是")) if _has_permit(draft) else "×")


def _has_permit(draft: Draft) -> bool:
    return draft.child.permit_issued_on is not None


def _share_phone(draft: Draft, rng: Random) -> None:
    draft.write("guardian_phone", shared_phone(rng))


def _no_phone(draft: Draft, _: Random) -> None:
    draft.write("guardian_phone", "无")


def _new_phone(draft: Draft, rng: Random) -> None:
    """The family has a new number; nobody told the others."""
    draft.write("guardian_phone", shared_phone(rng)[:5] + f"{950_000 + rng.randrange(49_999):06d}")


def _unnamed_guardian(draft: Draft, _: Random) -> None:
    draft.write("guardian_name", words.everyday_relation(draft.entry.adult))
    draft.write("guardian_id", None)


def _old_adult_number(draft: Draft, _: Random) -> None:
    number = draft.entry.adult.identity_number
    draft.write("guardian_id", number[:6] + number[8:17])


def _left_behind_too(draft: Draft, _: Random) -> None:
    codes = draft.text("left_behind") == "0"
    draft.write("left_behind", "2" if codes else "双方外出")
    draft.write("migrant_worker_child", "1" if codes else "是")


def _nobody(draft: Draft, _: Random) -> None:
    draft.write("name", None)
    draft.write("id_no", None)


Fits = Callable[[Draft], bool]
Spoil = Callable[[Draft, Random], None]


def _dirt(
    defect: Defect,
    per_mille: int,
    columns: str,
    how: tuple[Fits, Spoil],
    expected: Classes = ACCEPTED,
    only: frozenset[Source] = frozenset(Source),
) -> Dirt:
    fits, spoil = how
    return Dirt(
        defect=defect,
        expected=expected,
        per_mille=per_mille,
        columns=tuple(columns.split()),
        fits=fits,
        spoil=spoil,
        sources=only,
    )


_VILLAGE = frozenset({Source.VILLAGE})
_EDUCATION = frozenset({Source.EDUCATION})

# The first kinds spoil a row for good; a row that has one of them gets nothing else.
KINDS: tuple[Dirt, ...] = (
    _dirt(Defect.NUMERIC_CELL, 6, "id_no", (_digits_in_workbook, _make_numeric), HELD),
    _dirt(Defect.SCIENTIFIC_TEXT, 3, "id_no", (_digits_in_csv, _make_scientific), HELD),
    _dirt(Defect.ENDS_IN_000, 2, "id_no", (_numbered, _end_in_000), HELD),
    _dirt(Defect.MASKED_NUMBER, 2, "id_no", (_numbered, _mask_number), HELD),
    _dirt(Defect.MASKED_NAME, 1, "name", (_short_name, _mask_name), HELD),
    _dirt(Defect.BAD_CHECK_CHARACTER, 4, "id_no", (_numbered, _break_check), HELD),
    _dirt(Defect.DIGIT_LOST, 2, "id_no", (_numbered, _lose_digit), HELD),
    _dirt(Defect.GUARDIANS_NUMBER, 3, "id_no guardian_name", (_numbered, _write_guardians), HELD),
    _dirt(Defect.TWINS_NUMBER, 1, "id_no", (_known_twin, _write_twins), CONFLICT),
    _dirt(Defect.PLACEHOLDER_NUMBER, 2, "id_no", (_numbered, _write_placeholder), HELD),
    _dirt(Defect.BIRTH_CONTRADICTS_NUMBER, 3, "birth", (_dated, _shift_birth), HELD),
    _dirt(Defect.SEX_CONTRADICTS_NUMBER, 2, "sex", (_numbered, _flip_sex), HELD),
    _dirt(Defect.IMPOSSIBLE_DATE, 1, "birth", (_dated, _impossible_date), TOLERATED),
    _dirt(Defect.AGE_FOR_BIRTH_DATE, 4, "birth id_no", (_dated, _write_age), HELD, _VILLAGE),
    _dirt(Defect.FIXED_CUT_DATE, 2, "birth id_no", (_dated, _write_cut_date), HELD, _VILLAGE),
    _dirt(Defect.LUNAR_DATE, 2, "birth id_no", (_dated, _write_lunar), HELD, _VILLAGE),
    _dirt(Defect.RARE_CHARACTER_LOST, 2, "name", (_known_rare, _lose_rare), HELD),
    _dirt(Defect.HOMOPHONE_NAME, 4, "name", (_known_homophone, _mishear), CONFLICT),
    _dirt(
        Defect.LEFT_BEHIND_AND_MIGRANT,
        3,
        "left_behind migrant_worker_child",
        (_numbered, _left_behind_too),
        TOLERATED,
        _EDUCATION,
    ),
    _dirt(Defect.NO_NAME_NO_NUMBER, 1, "name id_no", (_any, _nobody), REJECTED),
    _dirt(Defect.TRADITIONAL_NAME, 4, "name", (_known_traditional, _traditional), TOLERATED),
    _dirt(
        Defect.OLD_DIVISION_NAME, 8, "hukou_place", (_from_renamed_county, _old_place), TOLERATED
    ),
    _dirt(Defect.FULL_WIDTH_NUMBER, 8, "id_no", (_numbered, _full_width)),
    _dirt(Defect.BLANKS_IN_NUMBER, 12, "id_no", (_numbered, _blanks)),
    _dirt(Defect.APOSTROPHE, 5, "id_no", (_numbered, _apostrophe)),
    _dirt(Defect.LOWER_X, 25, "id_no", (_ends_in_x, _lower_x)),
    _dirt(Defect.CROSS_FOR_X, 3, "id_no", (_ends_in_x, _cross)),
    _dirt(Defect.NAME_SPACED, 25, "name", (_two_characters, _space_name)),
    _dirt(Defect.MIDDLE_DOT_VARIANT, 8, "name", (_dotted, _other_dot)),
    _dirt(Defect.DATE_FORMAT, 40, "birth", (_dated, _other_date_format)),
    _dirt(Defect.EXCEL_SERIAL, 10, "birth", (_dated_in_workbook, _serial_date)),
    _dirt(Defect.ADDRESS_WITHOUT_STREET, 15, "address", (_numbered, _short_address)),
    _dirt(Defect.BLANK_CELLS, 40, "guardian_phone", (_numbered, _forget)),
    _dirt(Defect.YES_NO_MIXED, 40, "permit", (_numbered, _yes_in_other_words)),
    _dirt(Defect.SHARED_PHONE, 20, "guardian_phone", (_numbered, _share_phone)),
    _dirt(Defect.PHONE_NONE, 12, "guardian_phone", (_numbered, _no_phone)),
    _dirt(Defect.PHONE_CHANGED, 40, "guardian_phone", (_numbered, _new_phone)),
    _dirt(
        Defect.GUARDIAN_WITHOUT_NAME,
        10,
        "guardian_name guardian_id",
        (_numbered, _unnamed_guardian),
    ),
    _dirt(Defect.FIFTEEN_DIGIT_GUARDIAN, 15, "guardian_id", (_has_old_adult, _old_adult_number)),
)
