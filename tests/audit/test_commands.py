import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from procrastinate.contrib.django import app

from tests.audit import trails
from tongxing.audit import jobs
from tongxing.audit.models import Seal, Verification
from tongxing.commands.audit import audit


def run(*words: str) -> Result:
    return CliRunner().invoke(audit, words)


def test_sealing_says_how_many_entries_came_under_seals(trail: Path):
    trails.write(7)
    result = run("seal")
    assert (result.exit_code, "7 entries sealed" in result.output) == (0, True)
    assert "0 entries sealed" in run("seal").output


def test_an_intact_trail_verifies_with_exit_code_0(trail: Path):
    trails.write(7)
    run("seal")
    result = run("verify")
    assert result.exit_code == 0
    assert "The trail is complete and unchanged." in result.output
    assert "7 sealed entries under 1 seals, 1 anchors" in result.output


def test_a_damaged_trail_verifies_with_exit_code_1_and_names_the_place(trail: Path):
    trails.write(7)
    run("seal")
    entry = trails.ids()[3]
    with trails.unguarded() as owner:
        owner.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    result = run("verify")
    assert result.exit_code == 1
    assert f"entry {entry}, under seal 1" in result.output
    assert "an entry was removed" in result.output


def test_a_trail_without_its_witness_verifies_with_exit_code_2(trail: Path):
    trails.write(7)
    run("seal")
    trail.unlink()
    result = run("verify")
    assert result.exit_code == 2
    assert "there are no anchors outside the database" in result.output


def test_the_report_is_also_json(trail: Path):
    trails.write(7)
    run("seal")
    entry = trails.ids()[0]
    with trails.unguarded() as owner:
        owner.execute("UPDATE audit_entry SET kind = 'x' WHERE id = %s", [entry])
    result = run("verify", "--json")
    report = json.loads(result.output)
    assert (result.exit_code, report["outcome"], report["damaged"]) == (1, "damaged", 1)
    assert report["findings"][0]["damage"] == "entry_edited"
    assert report["findings"][0]["entry"] == entry


def test_sealing_refuses_to_go_on_behind_its_anchors(trail: Path):
    trails.write(7)
    run("seal")
    with trails.unguarded() as owner:
        owner.execute("DELETE FROM audit_seal")
    result = run("seal")
    assert result.exit_code == 1
    assert "seal 1 is missing or differs" in result.output


def test_show_tells_the_newest_root_to_write_down(trail: Path):
    trails.write(7)
    run("seal")
    result = run("show")
    assert result.exit_code == 0
    assert Seal.objects.get().line().root.hex() in result.output
    assert "anchored up to seal 1" in result.output


def test_the_worker_seals_every_minute_and_verifies_every_night(trail: Path):
    trails.write(7)
    jobs.seal(0)
    jobs.verify(0)
    assert Seal.objects.get().entries == 7
    assert Verification.objects.get().outcome == "intact"


@pytest.mark.parametrize(("task", "cron"), [(jobs.seal, "* * * * *"), (jobs.verify, "20 3 * * *")])
def test_both_are_due_by_themselves_and_never_queue_up(task, cron: str):
    due = app.periodic_registry.periodic_tasks
    assert [one.cron for one in due.values() if one.task is task] == [cron]
    assert task.queueing_lock == task.name


def test_adopting_says_that_there_was_nothing_to_do(trail: Path):
    trails.write(7)
    assert "this cluster counted every entry itself" in run("adopt").output
