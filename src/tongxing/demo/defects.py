"""The defects that real lists have, and the key that remembers where each was planted."""

from dataclasses import dataclass
from enum import StrEnum


class Defect(StrEnum):
    """What is wrong with a row or a whole list; numbers are those of the list of usual dirt."""

    # 1 damaged by a spreadsheet program
    NUMERIC_CELL = "numeric_cell"
    SCIENTIFIC_TEXT = "scientific_text"
    ENDS_IN_000 = "ends_in_000"
    # 2, 3 dressed numbers
    FULL_WIDTH_NUMBER = "full_width_number"
    BLANKS_IN_NUMBER = "blanks_in_number"
    APOSTROPHE = "apostrophe"
    LOWER_X = "lower_x"
    CROSS_FOR_X = "cross_for_x"
    # 4 masked data sent as data
    MASKED_NUMBER = "masked_number"
    MASKED_NAME = "masked_name"
    # 5 name variants
    NAME_SPACED = "name_spaced"
    MIDDLE_DOT_VARIANT = "middle_dot_variant"
    RARE_CHARACTER_LOST = "rare_character_lost"
    TRADITIONAL_NAME = "traditional_name"
    HOMOPHONE_NAME = "homophone_name"
    # 6 numbers that belong to somebody else or to nobody
    TWINS_NUMBER = "twins_number"
    BAD_CHECK_CHARACTER = "bad_check_character"
    DIGIT_LOST = "digit_lost"
    GUARDIANS_NUMBER = "guardians_number"
    PLACEHOLDER_NUMBER = "placeholder_number"
    FIFTEEN_DIGIT_GUARDIAN = "fifteen_digit_guardian"
    # 7 dates
    BIRTH_CONTRADICTS_NUMBER = "birth_contradicts_number"
    SEX_CONTRADICTS_NUMBER = "sex_contradicts_number"
    DATE_FORMAT = "date_format"
    EXCEL_SERIAL = "excel_serial"
    IMPOSSIBLE_DATE = "impossible_date"
    # 8 something else than a birth date
    AGE_FOR_BIRTH_DATE = "age_for_birth_date"
    FIXED_CUT_DATE = "fixed_cut_date"
    LUNAR_DATE = "lunar_date"
    # 9 places
    OLD_DIVISION_NAME = "old_division_name"
    ADDRESS_WITHOUT_STREET = "address_without_street"
    # 10, 11 words
    CODES_AND_LABELS = "codes_and_labels"
    YES_NO_MIXED = "yes_no_mixed"
    BLANK_CELLS = "blank_cells"
    # 12, 13 the shape of the file
    TITLE_ROWS = "title_rows"
    MERGED_HEADINGS = "merged_headings"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROW = "hidden_row"
    FORMULA_COLUMN = "formula_column"
    TOTALS_ROW = "totals_row"
    FOOTER_ROW = "footer_row"
    REPEATED_HEADING = "repeated_heading"
    BLANK_ROW = "blank_row"
    ENCODING = "encoding"
    # 14–18 people
    DUPLICATE_ROW = "duplicate_row"
    TWO_TOWNSHIPS = "two_townships"
    SHARED_PHONE = "shared_phone"
    PHONE_NONE = "phone_none"
    PHONE_CHANGED = "phone_changed"
    GUARDIAN_WITHOUT_NAME = "guardian_without_name"
    LEFT_BEHIND_AND_MIGRANT = "left_behind_and_migrant"
    OVER_SIXTEEN = "over_sixteen"
    NO_NAME_NO_NUMBER = "no_name_no_number"
    # 19, 20 whole lists
    SHORT_LIST = "short_list"
    SAME_FILE_AGAIN = "same_file_again"
    # not dirt but news, in a list that follows an earlier one
    NEW_CHILD = "new_child"
    SCHOOL_CHANGED = "school_changed"
    ADDRESS_CHANGED = "address_changed"


Classes = tuple[str, ...]
ACCEPTED: Classes = ("new", "changed", "unchanged")
NEW: Classes = ("new",)
CHANGED: Classes = ("changed",)
HELD: Classes = ("held",)
DUPLICATE: Classes = ("duplicate", "unchanged")
REJECTED: Classes = ("rejected",)
NOT_A_ROW: Classes = ("not_a_row", "rejected")
# Meets the child we know: never a second child, never written over the stored fact in silence.
CONFLICT: Classes = ("held", "changed", "duplicate")
TOLERATED: Classes = (*ACCEPTED, "held")
WHOLE_FILE: Classes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One defect: where it stands and any of which classes the importer must give the row.

    `row` counts as the file does, from 1; 0 means the whole list and has no class.
    """

    file: str
    sheet: str
    row: int
    child: str
    defect: Defect
    expected_class: Classes
