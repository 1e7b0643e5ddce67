"""YAML files with their lines: every complaint says where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from tongxing.rulebook.errors import PackError, suggestion

AnyModel = TypeVar("AnyModel", bound=BaseModel)
_PATIENT = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "must be text",
    "string_too_long": "is too long",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of YAML stands: for error messages."""

    file: str
    line: int = 1

    def error(self, problem: str) -> PackError:
        return PackError(problem, file=self.file, line=self.line)

    def below(self, raw: object, key: object) -> "Place":
        """The place of one entry of a mapping or sequence."""
        return Place(self.file, line_of(raw, key) or self.line)


def line_of(raw: object, key: object) -> int | None:
    """The line, counted from one, on which an entry of a loaded mapping or sequence stands."""
    if isinstance(raw, CommentedMap) and key in raw:
        return int(raw.lc.key(key)[0]) + 1
    if isinstance(raw, CommentedSeq) and isinstance(key, int) and key < len(raw):
        return int(raw.lc.item(key)[0]) + 1
    return None


def read_yaml(path: Path, shown_as: str) -> CommentedMap:
    """The mapping in a YAML file. An absent file is an empty mapping; PackError when broken."""
    if not path.is_file():
        return CommentedMap()
    try:
        raw = _parsed(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(f"not readable YAML: {error.problem}", file=shown_as, line=line) from error
    if raw is None:
        return CommentedMap()
    if not isinstance(raw, CommentedMap):
        raise PackError("expected entries by name, one per line", file=shown_as, line=1)
    return raw


@lru_cache(maxsize=256)
def _parsed(text: str) -> Any:
    """The text with its lines known. Kept by its words: reading is slow, and nobody changes it."""
    return YAML(typ="rt").load(text)


def checked(model: type[AnyModel], raw: object, place: Place) -> AnyModel:
    """`raw` as the given model; PackError that names the line and what was expected."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise _complaint(first, model, raw, place) from error


def _complaint(
    found: Mapping[str, Any], model: type[BaseModel], raw: object, place: Place
) -> PackError:
    path: list[str] = []
    where = place
    for part in found["loc"]:
        key = _key_read_as(raw, part)
        path.append(str(key))
        where, raw = _step(where, raw, key)
    what = _PATIENT.get(found["type"], found["msg"])
    hint = ""
    if found["type"] == "extra_forbidden" and len(path) == 1:
        hint = f" {suggestion(path[0], model.model_fields)}"
    return where.error(f"{'.'.join(path) or 'entry'} {what}.{hint}")


def _key_read_as(raw: object, part: object) -> object:
    """The key of a mapping that Pydantic speaks of: it may show a date by its representation."""
    keys: Iterable[object] = raw if isinstance(raw, Mapping) else ()
    return next((key for key in keys if str(part) in {str(key), repr(key)}), part)


def _step(place: Place, raw: object, key: object) -> tuple[Place, object]:
    """One step down, or no step when nothing stands there."""
    if isinstance(raw, Mapping) and key in raw:
        return place.below(raw, key), raw[key]
    if isinstance(raw, list) and isinstance(key, int):
        return place.below(raw, key), raw[key]
    return place, raw
