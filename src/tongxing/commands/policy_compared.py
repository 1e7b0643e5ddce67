"""`tongxing policy floor`, `diff` and `docs`: packs against each other, and on paper."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tongxing.commands import policy_pages
from tongxing.commands.policy import policy
from tongxing.commands.saying import (
    asked_day,
    in_json,
    in_language,
    on_day,
    says_what_is_wrong,
    words,
)
from tongxing.rulebook import Text, check_floor, differences, load_packs
from tongxing.rulebook.diffs import Said
from tongxing.rulebook.floor import Finding, FloorStatus, Shortfall

BEHIND = 1
_STATUS = {
    FloorStatus.MET: Text("不低于上级清单", "not below the list above"),
    FloorStatus.CONDITIONAL: Text("有条件地不低于上级清单", "not below it on conditions"),
    FloorStatus.GAPS: Text("低于上级清单", "falls behind the list above"),
    FloorStatus.BASE_LIST_MISSING: Text("上级清单未载入，无法核对", "the list above is not loaded"),
    FloorStatus.OWN_LIST_MISSING: Text("本级清单未载入，无法核对", "the own list is not loaded"),
}
_SHORTFALLS = {
    Shortfall.UNCOVERED: Text("没有对应内容", "nothing realises it"),
    Shortfall.TARGET: Text("服务对象范围变窄", "reaches fewer children"),
    Shortfall.ROUTE: Text(
        "办理地不同，两条途径都须保留", "decided elsewhere: keep both routes open"
    ),
}


@policy.command()
@click.argument("lower")
@click.argument("upper")
@on_day
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
@in_language
@says_what_is_wrong
def floor(lower: str, upper: str, day: datetime | None, as_json: bool, language: str) -> None:
    """Whether LOWER's list keeps what UPPER's promises. Exit code 1: it does not, or unknown."""
    packs = load_packs()
    found = check_floor(packs[lower], packs[upper], on=asked_day(day))
    if as_json:
        click.echo(in_json(found.to_json()))
    else:
        click.echo(words(language, _STATUS[found.status]))
        for finding in found.findings:
            click.echo(_finding(finding, language))
    if found.status not in {FloorStatus.MET, FloorStatus.CONDITIONAL}:
        raise SystemExit(BEHIND)


def _finding(finding: Finding, language: str) -> str:
    where = ".".join(filter(None, [finding.item, ",".join(finding.letters)]))
    return f"  {where}: {words(language, _SHORTFALLS[finding.shortfall])}"


@policy.command()
@click.argument("one")
@click.argument("other")
@on_day
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
@in_language
@says_what_is_wrong
def diff(one: str, other: str, day: datetime | None, as_json: bool, language: str) -> None:
    """Every name of which two packs say different things on a day."""
    packs = load_packs()
    found = differences(packs[one], packs[other], on=asked_day(day))
    if as_json:
        click.echo(in_json([each.to_json() for each in found]))
        return
    for each in found:
        click.echo(f"{each.part} {each.name}")
        for name, said in ((one, each.one), (other, each.other)):
            click.echo(f"    {name}: {_said(said, language)}")


def _said(said: Said | None, language: str) -> str:
    if said is None:
        return "-"
    content: Any = said.content
    if isinstance(content, dict) and set(content) == {"zh", "en"}:
        content = content[language]
    return f"{content}  [{said.source.clause}]"


@policy.command("docs")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@says_what_is_wrong
def write_docs(folder: Path) -> None:
    """Write the reference pages of the packs into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in policy_pages.pages(load_packs()).items():
        (folder / name).write_text("\n".join(lines()) + "\n", encoding="utf-8")
        click.echo(str(folder / name))
