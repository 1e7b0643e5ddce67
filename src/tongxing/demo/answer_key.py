"""The answer key: which file is what, which row is which child, and where the dirt lies."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tongxing.demo.defects import Defect, Planted

KEY_NAME = "answer_key.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """A written list. `rows` counts its data rows: no titles, headings, totals or footers."""

    path: Path
    place: int
    source: str
    as_of: date
    rows: int
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """`lines[file][row]` is the id of the child whom the data row truly stands for."""

    planted: tuple[Planted, ...]
    lines: Mapping[str, Mapping[int, str]]

    def of(self, file: str) -> tuple[Planted, ...]:
        return tuple(plant for plant in self.planted if plant.file == file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file and everything the key must know about it."""

    file: RosterFile
    planted: tuple[Planted, ...]
    lines: Mapping[int, str]


def write_key(folder: Path, written: Iterable[Written], *, seed: int, today: date) -> None:
    """Write (or extend) `answer_key.json` in `folder`."""
    files = list(written)
    document = {
        "seed": seed,
        "today": today.isoformat(),
        "files": [_file(one.file) for one in files],
        "planted": [_plant(plant) for one in files for plant in one.planted],
        "lines": {one.file.path.name: dict(one.lines) for one in files},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / KEY_NAME).write_text(text, encoding="utf-8")


def read_answer_key(folder: Path) -> AnswerKey:
    document = json.loads((folder / KEY_NAME).read_text(encoding="utf-8"))
    return AnswerKey(
        planted=tuple(map(_read_plant, document["planted"])),
        lines={
            file: {int(row): child for row, child in rows.items()}
            for file, rows in document["lines"].items()
        },
    )


def _file(file: RosterFile) -> dict[str, object]:
    return {
        "file": file.path.name,
        "place": file.place,
        "source": file.source,
        "as_of": file.as_of.isoformat(),
        "rows": file.rows,
        "title_zh": file.title_zh,
        "title_en": file.title_en,
    }


def _plant(plant: Planted) -> dict[str, object]:
    return {
        "file": plant.file,
        "sheet": plant.sheet,
        "row": plant.row,
        "child": plant.child,
        "defect": plant.defect.value,
        "expected_class": list(plant.expected_class),
    }


def _read_plant(raw: dict[str, Any]) -> Planted:
    return Planted(
        file=raw["file"],
        sheet=raw["sheet"],
        row=raw["row"],
        child=raw["child"],
        defect=Defect(raw["defect"]),
        expected_class=tuple(raw["expected_class"]),
    )
