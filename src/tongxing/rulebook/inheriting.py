"""Entries of one kind through a line of packs, merged by name and by date."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

from tongxing.rulebook.content_entries import Step as ContentStep
from tongxing.rulebook.dated import Dated
from tongxing.rulebook.entries import (
    ConditionEntry,
    DefinitionsFile,
    Entry,
    ParameterEntry,
    RuleEntry,
    SourceEntry,
)
from tongxing.rulebook.folders import File, Folder, Line
from tongxing.rulebook.law import (
    ConditionInForce,
    Document,
    ParameterValueInForce,
    RuleInForce,
    Step,
    Steps,
    merged,
)
from tongxing.rulebook.parsing import parse_node, parse_target
from tongxing.rulebook.reading import Place, checked
from tongxing.rulebook.wording import in_force, plain, source_of, text_or_none


class InForce(Protocol):
    """What an entry becomes: a frozen dataclass that knows its name, its pack and its place."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


In = TypeVar("In", bound=InForce)
Fields = dict[str, Any]
_BOOKKEEPING = frozenset({"name", "pack", "place"})


class Reader:
    """Reads one kind of entry after another through a line of packs."""

    def __init__(self, line: Line, documents: Mapping[str, Document]) -> None:
        self.line, self.documents = line, documents

    def parameters(self) -> dict[str, Dated[ParameterValueInForce]]:
        return self._merged(self._parameter_steps, ParameterValueInForce)

    def conditions(self) -> dict[str, Dated[ConditionInForce]]:
        return self._merged(partial(self._definition_steps, part="conditions"), ConditionInForce)

    def rules(self) -> dict[str, Dated[RuleInForce]]:
        return self._merged(partial(self._definition_steps, part="rules"), RuleInForce)

    def content(self, file: str, model: type[Entry], cls: type[In]) -> dict[str, Dated[In]]:
        """The entries of one of the content files, as `cls`."""
        return self._merged(partial(self._content_steps, file=file, model=model), cls)

    def _merged(
        self, steps_of: Callable[[Folder], Mapping[str, Steps]], cls: type[In]
    ) -> dict[str, Dated[In]]:
        lines = [steps_of(folder) for folder in self.line]
        names = dict.fromkeys(name for steps in reversed(lines) for name in steps)
        return {
            name: merged(
                [steps[name] for steps in lines if name in steps], partial(_built, cls, name)
            )
            for name in names
        }

    def _parameter_steps(self, folder: Folder) -> dict[str, Steps]:
        steps: dict[str, Steps] = {}
        for name, raw, place in _entries(folder.files["parameters.yaml"]):
            entry = checked(ParameterEntry, raw, place)
            always = _stated(label=text_or_none(entry.label), unit=entry.unit)
            by_day: dict[date, Step | None] = {}
            for day, step in entry.values.items():
                _written, here = _version(raw["values"], day, place)
                stated = {
                    "value": plain(step.value),
                    "suggested": plain(step.suggested),
                    "says": text_or_none(step.says),
                }
                by_day[day] = self._step(always | stated, step, folder, here)
            steps[name] = Dated.of(by_day)
        return steps

    def _definition_steps(self, folder: Folder, *, part: str) -> dict[str, Steps]:
        file = folder.files["definitions.yaml"]
        whole = checked(DefinitionsFile, file.raw, file.place)
        entries: Mapping[str, ConditionEntry | RuleEntry] = getattr(whole, part)
        raws = file.raw.get(part, {})
        return {
            name: self._versions(entry, raws[name], file.place.below(raws, name), folder)
            for name, entry in entries.items()
        }

    def _versions(
        self, entry: ConditionEntry | RuleEntry, raw: Any, place: Place, folder: Folder
    ) -> Steps:
        is_condition = isinstance(entry, ConditionEntry)
        always = _stated(
            label=text_or_none(entry.label),
            code=entry.code if isinstance(entry, ConditionEntry) else None,
        )
        written_as, kept_as = ("when", "when") if is_condition else ("rule", "tree")
        by_day: dict[date, Step | None] = {}
        for day, step in entry.versions.items():
            written, here = _version(raw["versions"], day, place)
            tree: Fields = {}
            if written_as in written:
                tree[kept_as] = parse_node(written[written_as], here.below(written, written_as))
            by_day[day] = self._step(always | tree, step, folder, here)
        return Dated.of(by_day)

    def _content_steps(self, folder: Folder, *, file: str, model: type[Entry]) -> dict[str, Steps]:
        steps: dict[str, Steps] = {}
        for name, raw, place in _entries(folder.files[file]):
            entry = checked(model, raw, place)
            always = _fields(entry, but=frozenset({"versions"}))
            versions: Mapping[date, ContentStep] = getattr(entry, "versions")  # noqa: B009
            by_day: dict[date, Step | None] = {}
            for day, step in versions.items():
                _written, here = _version(raw["versions"], day, place)
                stated = _fields(step, but=frozenset({"source", "repealed"}))
                if "qualifies" in stated:
                    stated["qualifies"] = parse_target(stated["qualifies"], here)
                by_day[day] = self._step(always | stated, step, folder, here)
            steps[name] = Dated.of(by_day)
        return steps

    def _step(self, stated: Fields, step: Any, folder: Folder, place: Place) -> Step:
        """A step of one pack; what repeals says nothing, everything else says its source."""
        if step.repealed:
            return Step({}, True, folder.entry.id, place)
        source: SourceEntry | None = step.source
        if source is None:
            raise place.error("source is missing: expected document, clause, article and quote.")
        stated["source"] = source_of(source, self.documents, place)
        return Step(stated, False, folder.entry.id, place)


def _entries(file: File) -> Iterator[tuple[str, Any, Place]]:
    """Each entry of a file with its name and its place."""
    for name, raw in file.raw.items():
        yield str(name), raw, file.place.below(file.raw, name)


def _version(versions: Mapping[Any, Any], day: date, place: Place) -> tuple[Any, Place]:
    """One dated version as written, and its place. The key is a date of YAML, or its text."""
    key = day if day in versions else day.isoformat()
    return versions[key], place.below(versions, key)


def _stated(**values: object) -> Fields:
    return {name: value for name, value in values.items() if value is not None}


def _fields(entry: Entry, *, but: frozenset[str]) -> Fields:
    """What the entry states, in the law's own types."""
    names: Sequence[str] = [name for name in type(entry).model_fields if name not in but]
    return _stated(**{name: in_force(getattr(entry, name)) for name in names})


def _built(cls: type[In], name: str, found: Fields, step: Step) -> In:
    slots = {slot.name: slot for slot in fields(cls) if slot.name not in _BOOKKEEPING}
    absent = [each for each, slot in slots.items() if each not in found and slot.default is MISSING]
    if absent:
        raise step.place.error(f"'{name}' does not say its {', '.join(absent)}.")
    known = {each: found[each] for each in slots if each in found}
    make: Callable[..., In] = cls
    return make(name=name, pack=step.pack, place=step.place, **known)
