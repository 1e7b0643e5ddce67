"""Which reader reads which field of a roster. Essential fields and people are read elsewhere."""

from __future__ import annotations

import re
from datetime import date

from tongxing.exchange.spreadsheets.values import Cell, CellError
from tongxing.kernel import divisions
from tongxing.kernel.identity import PROVINCES
from tongxing.registry.rules import code_lists
from tongxing.registry.rules.cells import (
    NOTHING,
    Reader,
    Said,
    bare,
    code_text,
    free_text,
    is_absent,
    is_unstated,
    one_of,
    plain,
    text_of,
    truth,
    whole_number,
    yes_no,
)
from tongxing.registry.rules.dates import date_text
from tongxing.registry.rules.fields import Field
from tongxing.registry.rules.grades import grade_of
from tongxing.registry.rules.problems import Problem, problem

_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
_CERTIFICATE = re.compile(r"(\d{17}[0-9X])([1-7])([1-4])(?:B\d?)?")
_YEAR = re.compile(r"(20\d\d)(?:年度?|\.0)?")
_WORDS = re.compile(r"[、,，;；/\\|+\s]+|和|及")
_OLDEST = 120

# Fields whose values hardly repeat: remembering what they said would only cost memory.
UNREPEATED = frozenset(
    {
        Field.LIST_NO,
        Field.FORMER_NAME,
        Field.HUKOU_ADDRESS,
        Field.RESIDENCE_ADDRESS,
        Field.PUPIL_RECORD_NO,
        Field.PERMIT_NO,
        Field.DISABILITY_CERTIFICATE_NO,
        Field.HOUSEHOLD_NO,
        Field.REMARKS,
    }
)


def readers(today: date) -> dict[Field, Reader]:
    """The reader of every plain field."""
    return {
        **{field: free_text(field.value) for field in _FREE_TEXTS},
        **{field: code_text(field.value) for field in _CODE_TEXTS},
        **{field: yes_no(field.value) for field in _YES_NO},
        Field.AGE: whole_number("age", most=_OLDEST),
        Field.ID_TYPE: one_of("id_type", code_lists.ID_TYPES),
        Field.ETHNICITY: _ethnicity,
        Field.HUKOU_CODE: _division_code("hukou_division"),
        Field.HUKOU_PLACE: _place("hukou_division", "hukou_place"),
        Field.HUKOU_KIND: one_of("hukou_kind", code_lists.HUKOU_KINDS),
        Field.RESIDENCE_CODE: _division_code("residence_division"),
        Field.RESIDENCE_PLACE: _place("residence_division", "residence_place"),
        Field.LIVED_SINCE: date_text("lived_since", until=today),
        Field.CITY_SINCE: date_text("city_since", until=today),
        Field.MOVED_WITH: one_of("moved_with", code_lists.MOVED_WITH),
        Field.STAGE: one_of("stage", code_lists.STAGES, "stage_unknown"),
        Field.GRADE: grade_of,
        Field.LEFT_BEHIND: one_of("left_behind", code_lists.LEFT_BEHIND),
        Field.ACCOMPANYING: _flag("accompanying", code_lists.ACCOMPANYING),
        Field.MIGRANT_WORKER_CHILD: _flag("migrant_worker_child", code_lists.ACCOMPANYING),
        Field.PERMIT_UNTIL: date_text("permit_until", whole=True),
        Field.PERMIT_ISSUED_ON: date_text("permit_issued_on", until=today),
        Field.INSURED: _flag("insured", code_lists.INSURANCE_STATES),
        Field.INSURED_PLACE: _place("insured_division", "insured_place"),
        Field.INSURANCE_YEAR: _year,
        Field.DISABILITY_CERTIFICATE_NO: _certificate,
        Field.DISABILITY_CLASS: one_of("disability_class", code_lists.DISABILITY_CLASSES),
        Field.DISABILITY_GRADE: one_of("disability_grade", code_lists.DISABILITY_GRADES),
        Field.HARDSHIP: _hardship,
    }


def with_codes(reader: Reader, key: str, codes: dict[str, str]) -> Reader:
    """The same reader, which knows the list's own codes first."""
    meanings = {plain(written): value for written, value in codes.items()}

    def read(cell: Cell) -> Said:
        word = plain(text_of(cell))
        return Said(((key, meanings[word]),)) if word in meanings else reader(cell)

    return read


_FREE_TEXTS = (
    Field.FORMER_NAME,
    Field.ID_MISSING_REASON,
    Field.NATIONALITY,
    Field.HUKOU_ADDRESS,
    Field.RESIDENCE_TOWNSHIP,
    Field.RESIDENCE_COMMUNITY,
    Field.RESIDENCE_ADDRESS,
    Field.DWELLING,
    Field.SCHOOL_NAME,
    Field.CLASS_NAME,
    Field.PERMIT_ISSUED_BY,
    Field.INSURANCE_KIND,
    Field.VACCINATION_PLACE,
    Field.HEALTH,
    Field.ILLNESS,
    Field.REMARKS,
)
_CODE_TEXTS = (
    Field.LIST_NO,
    Field.GRID_CODE,
    Field.SCHOOL_CODE,
    Field.PUPIL_RECORD_NO,
    Field.PERMIT_NO,
    Field.HOUSEHOLD_NO,
)
_YES_NO = (
    Field.ATTENDS,
    Field.BOARDS,
    Field.ONLY_CHILD,
    Field.HAS_PERMIT,
    Field.DISABLED,
    Field.VACCINATION_FILE,
    Field.DIBAO,
    Field.LOW_INCOME,
    Field.TEKUN,
    Field.ORPHAN,
    Field.DE_FACTO_UNSUPPORTED,
    Field.HELP_WANTED,
)


def _ethnicity(cell: Cell) -> Said:
    word = plain(text_of(cell))
    if word in code_lists.OLD_ETHNICITIES:
        code = code_lists.OLD_ETHNICITIES[word]
        return Said((("ethnicity", code),), problem("ethnicity_alias"))
    return _ETHNICITY(cell)


_ETHNICITY = one_of("ethnicity", code_lists.ETHNICITIES, "ethnicity_unknown")


def _flag(key: str, words: dict[str, object]) -> Reader:
    """Yes or no, in the words of this field or in the usual ones."""

    def read(cell: Cell) -> Said:
        word = plain(text_of(cell))
        answer = words[word] if word in words else truth(cell)
        if isinstance(answer, Problem):
            return Said(problem=answer)
        return NOTHING if answer is None else Said(((key, answer),))

    return read


def _division_code(key: str) -> Reader:
    def read(cell: Cell) -> Said:
        word = plain(text_of(cell))
        if is_unstated(word) or is_absent(word):
            return NOTHING
        code = _code(word)
        return Said(((key, code),)) if code else Said(problem=problem("division_code_unknown"))

    return read


def _place(code_key: str, text_key: str) -> Reader:
    """A place by code or by name; a name is left for whoever knows the table of divisions."""
    name = free_text(text_key)

    def read(cell: Cell) -> Said:
        if isinstance(cell, str) and not cell[:1].isascii():
            return name(cell)
        word = plain(text_of(cell))
        if not word.isdigit():
            return name(cell)
        code = _code(word)
        return Said(((code_key, code),)) if code else Said(problem=problem("division_code_unknown"))

    return read


def _code(word: str) -> int | None:
    if _CODE.fullmatch(word) and word[:2] in PROVINCES:
        return divisions.parse(word)
    return None


def _year(cell: Cell) -> Said:
    word = plain(text_of(cell))
    if is_unstated(word) or is_absent(word):
        return NOTHING
    found = _YEAR.fullmatch(word)
    if not found:
        return Said(problem=problem("number_unreadable"))
    return Said((("insurance_year", int(found[1])),))


def _certificate(cell: Cell) -> Said:
    """A disability certificate: identity number, class and grade in twenty characters."""
    if isinstance(cell, CellError):
        return Said(problem=problem("value_error"))
    word = plain(text_of(cell)).upper()
    if is_unstated(word.lower()) or is_absent(word.lower()):
        return NOTHING
    written = ("disability_certificate_no", word)
    found = _CERTIFICATE.fullmatch(word)
    if not found:
        return Said((written,), problem("certificate_unlikely"))
    own = (("certificate_class", int(found[2])), ("certificate_grade", int(found[3])))
    return Said((written, *own))


def _hardship(cell: Cell) -> Said:
    if isinstance(cell, CellError):
        return Said(problem=problem("value_error"))
    text = bare(text_of(cell))
    words = [plain(word) for word in _WORDS.split(text) if word]
    stated = [word for word in words if not is_unstated(word)]
    if not stated:
        return NOTHING
    if all(word in code_lists.NO_HARDSHIP for word in stated):
        return Said((("hardship", []),))
    known = [code_lists.HARDSHIPS[word] for word in stated if word in code_lists.HARDSHIPS]
    kinds = list(dict.fromkeys(known)) or ["other"]
    unknown = len(known) < len(stated)
    trouble = problem("hardship_unknown_word") if unknown else None
    return Said((("hardship", kinds), ("hardship_written", text)), trouble)


def document_kind(cell: Cell) -> str | None:
    """The kind of document that the cell names, when it is known."""
    kind = code_lists.ID_TYPES.get(plain(text_of(cell)))
    return kind if isinstance(kind, str) else None
