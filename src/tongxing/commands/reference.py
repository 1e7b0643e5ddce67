"""`tongxing docs`: pages of docs/reference that are written from the code and the policies."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from tongxing.commands import policy_pages
from tongxing.commands.site import with_site

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"


@click.group()
def docs() -> None:
    """The generated pages of the reference."""


@docs.command()
@with_site
def write() -> None:
    """Write the pages anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in _pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8")
        click.echo(f"docs/reference/{name}")


@docs.command()
@with_site
def check() -> None:
    """Exit 1 when a page does not say what the code says."""
    stale = [name for name, page in _pages().items() if _written(name) != page]
    if stale:
        raise click.ClickException(f"stale: {', '.join(stale)}; run: tongxing docs write")


def _written(name: str) -> str:
    file = FOLDER / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _pages() -> dict[str, str]:
    from tongxing.eligibility import law

    pages: dict[str, Callable[[], Iterator[str]]] = {
        **policy_pages.pages(law.packs()),
        "commands.md": _commands,
        "roles.md": _roles,
        "policies.md": _policies,
    }
    return {name: "\n".join(lines()) + "\n" for name, lines in pages.items()}


def _commands() -> Iterator[str]:
    from tongxing.commands.main import main

    yield "# Commands"
    yield ""
    yield "Written by `tongxing docs write`."
    for name, group in sorted(main.commands.items()):
        context = click.Context(group, info_name=f"tongxing {name}")
        yield f"\n## tongxing {name}\n"
        yield group.get_short_help_str(200)
        if isinstance(group, click.Group):
            yield ""
            for each in group.list_commands(context):
                command = group.get_command(context, each)
                if command is not None:
                    yield f"- `tongxing {name} {each}`: {command.get_short_help_str(200)}"


def _roles() -> Iterator[str]:
    from django.utils.translation import override

    from tongxing.access import labels
    from tongxing.access.values.roles import ROLES, Role

    yield "# Roles and what they may do"
    yield ""
    yield "Written by `tongxing docs write`."
    yield ""
    yield "| role | for | may |"
    yield "|---|---|---|"
    with override("en"):
        for role in Role:
            may = ", ".join(sorted(capability.value for capability in ROLES[role].capabilities))
            yield f"| {labels.ROLES[role]} | {labels.ROLE_DESCRIPTIONS[role]} | {may} |"


def _policies() -> Iterator[str]:
    from tongxing.eligibility import law

    yield "# Policies: every number with its source"
    yield ""
    yield "Written by `tongxing docs write` from `policies/`. A *product default* is no law."
    for pack in law.packs().values():
        yield f"\n## {pack.names.en} ({pack.names.zh}), `{pack.id}`\n"
        yield "| parameter | since | value | source |"
        yield "|---|---|---|---|"
        for name, dated in sorted(pack.parameters.items()):
            for since, found in zip(dated.dates, dated.values, strict=True):
                if found is not None:
                    source = found.source
                    where = f"{source.article} {source.clause} {source.quote}".strip()
                    origin = "*product default*" if source.product_default else where
                    yield f"| {name} | {since} | {_value(found.value)} | {origin} |"


def _value(value: Any) -> str:
    """A number, or words in both languages."""
    both = (getattr(value, "zh", None), getattr(value, "en", None))
    if None not in both:
        return " · ".join(map(str, both))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
