"""`tongxing policy`: read the packs, put a child's facts to them, check them. Needs no database."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tongxing.commands.saying import asked_day, in_json, in_language, says_what_is_wrong, words
from tongxing.kernel.divisions import short
from tongxing.rulebook import (
    FactsError,
    Pack,
    Packs,
    ParameterNotInForce,
    SiteSettings,
    Verdict,
    about_child,
    duties_of,
    explain,
    facts_from_json,
    load_packs,
    offers,
    site_from_json,
)
from tongxing.rulebook.cases import cases_of, failures
from tongxing.rulebook.offers import Offer

_MARKS = {"yes": "✓", "no": "✗", "cannot_tell": "?"}


@click.group()
def policy() -> None:
    """Policy packs: what they say, and what they say about a child."""


@policy.command("list")
@in_language
@says_what_is_wrong
def list_packs(language: str) -> None:
    """The packs, with their area, what they extend and their version."""
    for pack in load_packs().values():
        above, names = " ← ".join(pack.lineage[1:]) or "-", words(language, pack.names)
        click.echo(f"{pack.id}\t{short(pack.division)}\t{names}\t{above}\t{pack.version}")


@policy.command()
@click.argument("pack_id", metavar="PACK")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day asked (default: today).")
@in_language
@says_what_is_wrong
def show(pack_id: str, day: datetime | None, language: str) -> None:
    """Rules, parameters and hotlines of a pack in force on a day, each with its source."""
    pack, on = load_packs()[pack_id], asked_day(day)
    click.echo(f"{words(language, pack.names)} ({pack.id}, {pack.version}) {on}")
    for dated in pack.rules.values():
        if (rule := dated.on(on)) is not None:
            click.echo(f"  {rule.name}\t{words(language, rule.label)}\t{_cited(rule.source)}")
    for name in pack.parameters:
        _show_parameter(pack, name, on, language)
    for contact in pack.contacts:
        click.echo(f"  ☎ {contact.number or '-'}\t{words(language, contact.label)}")


def _show_parameter(pack: Pack, name: str, on: date, language: str) -> None:
    try:
        found = pack.parameter(name, on)
    except ParameterNotInForce:
        return
    mark = " ⚙" if found.source.product_default else ""
    value = "-" if found.value is None else found.value
    label = words(language, found.label)
    click.echo(f"  {name} = {value}{mark}\t{label}\t{_cited(found.source)}")


def _cited(source: Any) -> str:
    return " ".join(part for part in (source.clause, source.article, source.quote) if part)


@policy.command("explain")
@click.argument("pack_argument", metavar="[PACK]", required=False)
@click.option("--pack", "pack_option", help="The pack, by id; the same as the argument.")
@click.option(
    "--facts",
    "facts_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="JSON file with the facts of one child.",
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day asked.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
@in_language
@says_what_is_wrong
def explain_child(
    pack_argument: str | None,
    pack_option: str | None,
    facts_file: Path,
    day: datetime,
    as_json: bool,
    language: str,
) -> None:
    """Verdicts, entitlements and duties of one child on a day, each with its reasons."""
    pack = _asked_pack(load_packs(), pack_argument or pack_option)
    raw = _read(facts_file)
    facts, site = facts_from_json(raw), _site(raw)
    if as_json:
        click.echo(in_json(about_child(facts, on=day.date(), pack=pack, site=site)))
        return
    for rule in pack.rules:
        _show_verdict(explain(rule, facts, on=day.date(), pack=pack, site=site), language)
    for offer in offers(facts, on=day.date(), pack=pack, site=site):
        _show_offer(offer, language)
    for duty in duties_of(facts, on=day.date(), pack=pack, site=site):
        due, label = duty.first_due_on or "-", words(language, duty.duty.label)
        click.echo(f"⏰ {label}  {due}  [{duty.duty.source.clause}]")


def _asked_pack(packs: Packs, name: str | None) -> Pack:
    if name is None:
        raise click.UsageError("Name a pack, as argument or with --pack.")
    return packs[name]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise FactsError(f"{path} is not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise FactsError(f"{path} must hold one object with the facts of a child.")
    return raw


def _site(raw: Mapping[str, Any]) -> SiteSettings:
    return site_from_json(raw.get("site") or {})


def _show_offer(offer: Offer, language: str) -> None:
    mark, content = _MARKS[offer.verdict.answer.word], words(language, offer.content)
    route = offer.route
    places = f"{route.accepts} → {route.decides} → {route.pays}" if route else "-"
    click.echo(f"  {mark} {offer.item} {offer.letter} {content}  {places}  [{offer.source.clause}]")


def _show_verdict(verdict: Verdict, language: str) -> None:
    click.echo(f"{_MARKS[verdict.answer.word]} {words(language, verdict.label)} {verdict.on}")
    for condition in verdict.conditions:
        mark, label = _MARKS[condition.answer.word], words(language, condition.label)
        value = words(language, condition.value)
        click.echo(f"    {mark} {label}: {value}  [{condition.source.clause}]")
    for fact in verdict.missing:
        click.echo(f"    → {words(language, fact.question)} ({words(language, fact.ask)})")
    if verdict.changes_on is not None and verdict.changes_to is not None:
        click.echo(f"    {verdict.changes_on} → {_MARKS[verdict.changes_to.word]}")


@policy.command()
@in_language
@says_what_is_wrong
def check(language: str) -> None:
    """Check every pack and run every case. Exit code 1 when a case does not come true."""
    broken: list[str] = []
    for pack in load_packs().values():
        cases = list(cases_of(pack))
        wrong = [sentence for case in cases for sentence in failures(pack, case)]
        broken += wrong
        asked, name = sum(len(case.expect) for case in cases), words(language, pack.names)
        click.echo(
            f"{pack.id:<24}{pack.version}  {len(pack.rules):>3} rules {len(pack.parameters):>3} "
            f"parameters {asked:>4} expectations {len(wrong):>3} wrong  {name}"
        )
    for sentence in broken:
        click.echo(sentence, err=True)
    if broken:
        raise SystemExit(1)
