"""The shape of the files of a pack, as Pydantic models: what is allowed where."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LONGEST_QUOTE = 25

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Unit = Literal[
    "months", "years", "days", "times", "level", "choice", "switch", "date",
    "calendar_months", "words", "district_sets", "division", "text", "terms",
]  # fmt: skip


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextEntry(Entry):
    zh: str
    en: str


class SourceEntry(Entry):
    """`document` names an entry of the documents of the pack or of a pack it extends."""

    document: Word
    clause: str
    article: str = ""
    quote: str = Field(default="", max_length=LONGEST_QUOTE)
    product_default: bool = False
    note: TextEntry | None = None


class DocumentEntry(Entry):
    title: TextEntry
    number: str = ""
    publisher: TextEntry
    issued: date | None = None
    valid_from: date
    valid_to: date | None = None
    note: TextEntry | None = None


class PackEntry(Entry):
    id: Word
    names: TextEntry
    division: Annotated[str, StringConstraints(pattern=r"^\d{2,12}$")]
    extends: Word | None = None
    documents: dict[Word, DocumentEntry]


class ParameterStep(Entry):
    """A value from a date on. `value: null` says the document leaves it open; `suggested` is what
    the product would propose; `says` is how the table of differences puts it. `repealed` ends this
    pack's own value."""

    value: Any = None
    suggested: Any = None
    says: TextEntry | None = None
    source: SourceEntry | None = None
    repealed: bool = False


class ParameterEntry(Entry):
    label: TextEntry | None = None
    unit: Unit | None = None
    values: dict[date, ParameterStep]


class ConditionStep(Entry):
    """The condition from a date on. Without `when` only label and source are the pack's own."""

    source: SourceEntry | None = None
    when: Any = None
    repealed: bool = False


class ConditionEntry(Entry):
    code: Code | None = None
    label: TextEntry | None = None
    versions: dict[date, ConditionStep]


class RuleStep(Entry):
    source: SourceEntry | None = None
    rule: Any = None
    repealed: bool = False


class RuleEntry(Entry):
    label: TextEntry | None = None
    versions: dict[date, RuleStep]


class DefinitionsFile(Entry):
    conditions: dict[Word, ConditionEntry] = {}
    rules: dict[Word, RuleEntry] = {}


class FactEntry(Entry):
    """A fact a person can be asked for: the question, and who can answer it."""

    label: TextEntry
    question: TextEntry
    ask: TextEntry
    declared: bool = True
    """False for what has its own place in the facts about a child and is no named fact."""
    words: dict[Word, TextEntry] = {}
    """The words it may hold; without any it is a yes-or-no fact."""


class ContactEntry(Entry):
    number: str | None
    label: TextEntry
    purpose: TextEntry
    source: SourceEntry
    order: int = 100
