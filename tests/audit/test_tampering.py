"""Whatever an insider with every right in the database does to sealed entries, it shows, and where.

The seven kinds of tampering, each on many random entries, by the owner of the tables with the
guards switched off. The last part of the module gives him the key as well.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.audit import trails
from tongxing.audit import queries, sealing
from tongxing.audit.models import Seal
from tongxing.audit.values import Damage, Doubt, Finding, Outcome
from tongxing.audit.verification import PATIENCE, verify
from tongxing.keys import rings

ENTRIES = 120
SEALS = 6
ROUNDS = 25

EDITED = ["kind", "subject_id", "actor_account", "actor_name", "actor_role", "organisation"]
Tamper = Callable[[psycopg.Connection, random.Random], set[tuple[Damage, int]]]


@pytest.fixture
def sealed(trail: Path) -> Path:
    """A trail of 120 entries under six seals, all anchored."""
    for number in range(SEALS):
        trails.write(ENTRIES // SEALS, transactions=2)
        trails.seal_all(trails.AT + timedelta(minutes=number))
    return trail


def found() -> set[tuple[Damage, int | None]]:
    report = verify(trails.AT)
    assert report.damaged == len(report.findings)
    return {(finding.damage, finding.entry) for finding in report.findings}


def an_edit(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    entry, column = dice.choice(trails.ids()), dice.choice(EDITED)
    owner.execute(f"UPDATE audit_entry SET {column} = {column} || 'x' WHERE id = %s", [entry])
    return {(Damage.ENTRY_EDITED, entry)}


def a_shifted_time(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    entry, column = dice.choice(trails.ids()), dice.choice(["at", "recorded_at"])
    owner.execute(
        f"UPDATE audit_entry SET {column} = {column} - interval '1 microsecond' WHERE id = %s",
        [entry],
    )
    return {(Damage.ENTRY_EDITED, entry)}


def a_changed_fact(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    entry = dice.choice(trails.ids())
    owner.execute(
        "UPDATE audit_entry SET facts = jsonb_set(facts, '{number}', '-1') WHERE id = %s", [entry]
    )
    return {(Damage.ENTRY_EDITED, entry)}


def a_moved_child(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    entry = dice.choice(trails.ids())
    owner.execute(
        "UPDATE audit_entry SET child_id = NULL, division = 350206000000 WHERE id = %s", [entry]
    )
    return {(Damage.ENTRY_EDITED, entry)}


def a_deletion(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    entry = dice.choice(trails.ids())
    owner.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    return {(Damage.ENTRY_DELETED, entry)}


def an_insertion(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    """A copy of an entry, slipped in beside it; the sequence never gave the number out."""
    entry = dice.choice(trails.ids())
    slipped = -entry
    owner.execute("CREATE TEMP TABLE copy AS SELECT * FROM audit_entry WHERE id = %s", [entry])
    owner.execute("UPDATE copy SET id = %s, actor_name = '李四'", [slipped])
    owner.execute("INSERT INTO audit_entry SELECT * FROM copy")
    owner.execute("DROP TABLE copy")
    return {(Damage.ENTRY_INSERTED, slipped)}


def a_swapped_content(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    one, other = dice.sample(trails.ids(), 2)
    owner.execute(
        "UPDATE audit_entry AS mine SET child_id = theirs.child_id FROM audit_entry AS theirs"
        " WHERE (mine.id = %(one)s AND theirs.id = %(other)s)"
        "    OR (mine.id = %(other)s AND theirs.id = %(one)s)",
        {"one": one, "other": other},
    )
    return {(Damage.ENTRY_EDITED, one), (Damage.ENTRY_EDITED, other)}


def a_cut_tail(owner: psycopg.Connection, dice: random.Random) -> set[tuple[Damage, int]]:
    cut = trails.ids()[-dice.randint(1, ENTRIES // 2) :]
    owner.execute("DELETE FROM audit_entry WHERE id = ANY(%s)", [cut])
    return {(Damage.ENTRY_DELETED, entry) for entry in cut}


def find_each(tamper: Tamper, *, rounds: int) -> None:
    """Tamper so many times, each time with the whole trail as it was sealed."""
    put_back = trails.kept()
    dice = trails.dice(tamper.__name__)
    for _ in range(rounds):
        with trails.unguarded() as owner:
            expected = tamper(owner, dice)
        assert found() == expected
        put_back()
    assert verify(trails.AT).outcome is Outcome.INTACT


TAMPERINGS = [
    an_edit,
    a_shifted_time,
    a_changed_fact,
    a_moved_child,
    a_deletion,
    an_insertion,
    a_swapped_content,
    a_cut_tail,
]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_each_tampering_is_found_at_its_entry(sealed: Path, tamper: Tamper):
    find_each(tamper, rounds=ROUNDS)


@pytest.mark.long
@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_fifteen_hundred_times_each_tampering_is_found_at_its_entry(sealed: Path, tamper: Tamper):
    find_each(tamper, rounds=1_500)


def test_two_entries_that_change_places_are_both_found(sealed: Path):
    put_back = trails.kept()
    dice = trails.dice("swap")
    for _ in range(ROUNDS):
        one, other = dice.sample(trails.ids(), 2)
        with trails.unguarded() as owner:
            owner.execute("UPDATE audit_entry SET id = -1 WHERE id = %s", [one])
            owner.execute("UPDATE audit_entry SET id = %s WHERE id = %s", [one, other])
            owner.execute("UPDATE audit_entry SET id = %s WHERE id = -1", [other])
        assert {entry for _, entry in found()} == {one, other}
        put_back()


def test_a_removed_entry_whose_successors_are_renumbered_is_found(sealed: Path):
    put_back = trails.kept()
    dice = trails.dice(7)
    for _ in range(ROUNDS):
        everything = trails.ids()
        place = dice.randrange(len(everything) - 1)
        gone, moved = everything[place], everything[place + 1 :]
        with trails.unguarded() as owner:
            owner.execute("DELETE FROM audit_entry WHERE id = %s", [gone])
            for earlier, entry in zip(everything[place:], moved, strict=False):
                owner.execute("UPDATE audit_entry SET id = %s WHERE id = %s", [earlier, entry])

        findings = found()

        assert (Damage.ENTRY_DELETED, everything[-1]) in findings
        assert {entry for _, entry in findings} == set(everything[place:])
        put_back()


@pytest.mark.parametrize("whose", ["an entry", "a seal"])
def test_seals_and_entries_cut_off_together_are_missed_by_the_witness(sealed: Path, whose: str):
    """A tail cut cleanly leaves a database without a flaw; only the anchors know better."""
    put_back = trails.kept()
    for lost in range(1, SEALS + 1):
        first_lost = SEALS - lost + 1
        with trails.unguarded() as owner:
            if whose == "an entry":
                owner.execute(
                    "DELETE FROM audit_entry WHERE (txid, id) > (SELECT after_txid, after_id"
                    " FROM audit_seal WHERE number = %s)",
                    [first_lost],
                )
            owner.execute("DELETE FROM audit_seal WHERE number >= %s", [first_lost])

        report = verify(trails.AT)

        assert [(one.damage, one.seal) for one in report.findings] == [
            (Damage.TAIL_TRUNCATED, number) for number in range(first_lost, SEALS + 1)
        ]
        assert report.findings[0].sealed_at == trails.AT + timedelta(minutes=first_lost - 1)
        put_back()


def test_a_seal_taken_from_the_middle_is_missed(sealed: Path):
    put_back = trails.kept()
    for gone in range(1, SEALS):
        with trails.unguarded() as owner:
            owner.execute("DELETE FROM audit_seal WHERE number = %s", [gone])

        damages = {(one.damage, one.seal) for one in verify(trails.AT).findings}

        assert (Damage.SEAL_MISSING, gone + 1) in damages
        put_back()


CHANGED_SEALS = [
    "last_id = last_id + 1000000",
    "after_txid = after_txid + 1",
    "entries = entries - 1",
    "leaves = overlay(leaves placing '\\x00'::bytea from 20)",
    "root = sha256(root)",
    "mac = sha256(mac)",
    "previous = sha256(previous)",
    "scheme = 'none'",
    "sealed_at = sealed_at + interval '1 second'",
]


@pytest.mark.parametrize("change", CHANGED_SEALS)
def test_a_changed_seal_is_found_at_its_number(sealed: Path, change: str):
    put_back = trails.kept()
    for number in range(1, SEALS + 1):
        with trails.unguarded() as owner:
            owner.execute(f"UPDATE audit_seal SET {change} WHERE number = %s", [number])

        damages = {(one.damage, one.seal) for one in verify(trails.AT).findings}

        assert damages & {(Damage.SEAL_EDITED, number), (Damage.ANCHOR_DIFFERS, number)}
        put_back()


def rehash(*, first: int) -> None:
    """Make every seal from `first` on anew over the entries as they are now, key in hand."""
    seals = [seal for seal in Seal.objects.order_by("number") if seal.number >= first]
    before = Seal.objects.filter(number=first - 1).first()
    previous = bytes(before.root) if before else sealing.NO_ROOT
    for seal in seals:
        with trails.unguarded() as owner:
            [leaves] = owner.execute(
                f"SELECT string_agg({sealing.LEAF}, ''::bytea ORDER BY txid, id) FROM audit_entry"
                " WHERE (txid, id) > (%s, %s) AND (txid, id) <= (%s, %s)",
                [seal.after_txid, seal.after_id, seal.last_txid, seal.last_id],
            ).fetchone() or [b""]
            count = len(leaves) // sealing.LEAF_BYTES
            line = replace(seal.line(), previous=previous, entries=count)
            previous = sealing.root_of(line, leaves)
            owner.execute(
                "UPDATE audit_seal SET entries = %s, leaves = %s, previous = %s, root = %s,"
                " mac = %s WHERE number = %s",
                [
                    count,
                    leaves,
                    line.previous,
                    previous,
                    sealing.mac_of(previous, line.scheme),
                    seal.number,
                ],
            )


@pytest.mark.parametrize("tamper", [an_edit, a_deletion, an_insertion, a_swapped_content])
def test_with_the_key_in_hand_the_anchors_still_tell_from_which_minute(
    sealed: Path, tamper: Tamper
):
    put_back = trails.kept()
    dice = trails.dice(tamper.__name__)
    for _ in range(ROUNDS // 5):
        with trails.unguarded() as owner:
            entries = {abs(entry) for _, entry in tamper(owner, dice)}
        first = min(seal_over(entry) for entry in entries)
        rehash(first=first)

        report = verify(trails.AT)

        assert {one.damage for one in report.findings} == {Damage.ANCHOR_DIFFERS}
        assert [one.seal for one in report.findings] == list(range(first, SEALS + 1))
        put_back()


def seal_over(entry: int) -> int:
    """The seal whose place in the order this entry lies in."""
    return next(
        seal.number
        for seal in Seal.objects.order_by("number")
        if entry in {leaf.entry for leaf in sealing.leaves_of(bytes(seal.leaves))}
    )


def test_rehashing_without_the_key_is_found_at_every_seal(sealed: Path, monkeypatch):
    with monkeypatch.context() as stolen:
        stolen.setattr(rings, "audit_secret", lambda: b"a guess")
        rehash(first=4)

    damages = {(one.damage, one.seal) for one in verify(trails.AT).findings}

    assert damages == {
        (damage, number)
        for damage in (Damage.SEAL_EDITED, Damage.ANCHOR_DIFFERS)
        for number in (4, 5, 6)
    }


def test_an_edited_anchor_is_found(sealed: Path):
    lines = sealed.read_text().splitlines(keepends=True)
    lines[2] = lines[2].replace('"entries": 20', '"entries": 21')
    sealed.write_text("".join(lines))
    [finding] = verify(trails.AT).findings
    assert (finding.damage, finding.seal) == (Damage.ANCHOR_DIFFERS, 3)


def test_a_missing_anchor_is_found(sealed: Path):
    lines = sealed.read_text().splitlines(keepends=True)
    sealed.write_text("".join(lines[:2] + lines[3:]))
    [finding] = verify(trails.AT).findings
    assert (finding.damage, finding.seal) == (Damage.ANCHOR_MISSING, 3)


def test_a_garbled_anchor_counts_as_missing(sealed: Path):
    lines = sealed.read_text().splitlines(keepends=True)
    lines[2] = lines[2].replace('"root"', "root")
    sealed.write_text("".join(lines))
    [finding] = verify(trails.AT).findings
    assert (finding.damage, finding.seal) == (Damage.ANCHOR_MISSING, 3)


def test_anchors_that_stay_away_make_the_trail_unproven(sealed: Path):
    sealed.unlink()
    report = verify(trails.AT)
    assert (report.outcome, report.damaged) == (Outcome.NOT_PROVEN, 0)
    assert Doubt.NO_ANCHORS in report.doubts


def test_late_anchors_are_a_doubt_only_when_they_are_overdue(sealed: Path):
    lines = sealed.read_text().splitlines(keepends=True)
    sealed.write_text("".join(lines[:-1]))
    sealed_at = trails.AT + timedelta(minutes=SEALS - 1)

    assert verify(sealed_at + PATIENCE).doubts == ()
    late = verify(sealed_at + PATIENCE + timedelta(seconds=1))
    assert (late.outcome, late.doubts) == (Outcome.NOT_PROVEN, (Doubt.ANCHORING_BEHIND,))


def test_entries_not_yet_sealed_are_counted_and_doubted_when_they_wait_too_long(sealed: Path):
    trails.write(3)
    since = queries.whole_state().oldest_waiting or trails.AT

    fresh = verify(since)
    stale = verify(since + PATIENCE + timedelta(seconds=1))

    assert (fresh.waiting, Doubt.SEALING_BEHIND in fresh.doubts) == (3, False)
    assert Doubt.SEALING_BEHIND in stale.doubts


def test_a_switched_off_guard_is_a_doubt(sealed: Path):
    with trails.unguarded():
        assert verify(trails.AT).doubts == (Doubt.UNGUARDED,)


def test_without_the_key_the_chain_is_still_checked_but_proves_less(sealed: Path, monkeypatch):
    def no_key() -> bytes:
        raise rings.NoKeys("gone")

    monkeypatch.setattr("tongxing.audit.verification.audit_secret", no_key)
    with trails.unguarded() as owner:
        expected = an_edit(owner, trails.dice(1))

    report = verify(trails.AT)

    assert Doubt.NO_KEY in report.doubts
    assert {(one.damage, one.entry) for one in report.findings} == expected


def test_a_flood_of_damage_is_counted_in_full_and_listed_in_part(sealed: Path, monkeypatch):
    monkeypatch.setattr("tongxing.audit.verification.SHOWN_FINDINGS", 10)
    with trails.unguarded() as owner:
        owner.execute("UPDATE audit_entry SET actor_name = '某人'")

    report = verify(trails.AT)

    assert (report.damaged, len(report.findings)) == (ENTRIES, 10)
    assert isinstance(report.findings[0], Finding)
