"""The file of a sealed batch made once more, and what a sealed batch does not let go."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from organizer.domain import ids
from organizer.domain.access import Role
from organizer.errors import Conflict, NotAllowed, NotFound
from organizer.services import undoing
from organizer.services.batches import exporting, remaking, reporting
from organizer.services.batches.exporting import SealedFile
from organizer.services.batches.reporting import Whereabouts
from organizer.services.members import amending, erasing, printing, signup
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.joiners import WITH_ID, join
from tests.support.literal_reader import read_members
from tests.support.offices import findings


def export(office: Workspace, folder: Path) -> SealedFile:
    (line,) = reporting.unions_waiting(office)
    chosen = exporting.profile(reporting.DEFAULT_PROFILE)
    (done,) = exporting.export_batch(office, line.id, chosen, folder, reason="三月份报送")
    return done


def audited(office: Workspace, action: str) -> list[dict[str, object]]:
    rows = office.database.read(
        lambda c: c.execute("SELECT detail FROM audit WHERE action = ?", (action,)).fetchall()
    )
    return [json.loads(detail) for (detail,) in rows]


# The file again


def test_a_lost_file_is_made_again_with_the_same_members(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    before = read_members(done.path)
    reporting.clear_export(office, reporting.leftovers(office)[0].id, delete=True)

    again = remaking.make_again(office, done.batch, stick, reason="U盘丢失")
    assert again.path == done.path and again.rows == 3
    assert read_members(again.path) == before
    (file,) = reporting.leftovers(office)
    assert (file.batch, file.path, file.sealed) == (done.batch, done.path, True)
    assert file.whereabouts is Whereabouts.THERE
    (asked,), (made,) = audited(office, "batch.make_again"), audited(office, "batch.made_again")
    assert (asked["reason"], asked["file"]) == ("U盘丢失", str(again.path))
    assert (made["sha256"], made["sealed"]) == (again.sha256, done.sha256)
    # The batch itself is as it was sealed.
    (line,) = reporting.batch_lines(office)
    assert line.sealed and done.sha256.startswith(line.sha256)
    assert findings(office) == []


def test_what_was_corrected_since_does_not_slip_into_the_file(
    office: Workspace, stick: Path
) -> None:
    first, *_others = join(office)
    done = export(office, stick)
    before = read_members(done.path)
    done.path.unlink()
    typed = amending.entry(office, first).typed
    amending.amend(office, first, replace(typed, phone="13900000000"))
    assert read_members(remaking.make_again(office, done.batch, stick).path) == before


def test_a_file_that_is_still_there_is_not_replaced(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    before = done.path.read_bytes()
    with pytest.raises(Conflict, match=r"registry\.file_exists"):
        remaking.make_again(office, done.batch, stick)
    assert done.path.read_bytes() == before
    assert [one.path for one in reporting.leftovers(office)] == [done.path]


def test_nobody_erased_comes_back_in_a_file(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    done.path.unlink()
    person = office.database.read(
        lambda c: c.execute("SELECT person FROM batch_item WHERE position = 2").fetchone()[0]
    )
    erasing.erase_person(office, person, "本人撤回同意")
    with pytest.raises(Conflict) as refused:
        remaking.make_again(office, done.batch, stick)
    assert ids.short_id(done.batch) in refused.value.sentence()
    assert "1 人" in refused.value.sentence()
    assert list(stick.iterdir()) == []


def test_only_who_may_export_makes_a_file_again(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    done.path.unlink()
    for account in (
        Account(office.account.id, "某人", Role.COLLECTOR, ""),
        Account(office.account.id, "某人", Role.EXPORTER, "210181"),
    ):
        acting = Workspace(office.database, account, office.office)
        with pytest.raises(NotAllowed):
            remaking.make_again(acting, done.batch, stick)
    with pytest.raises(NotFound):
        remaking.make_again(office, b"\0" * 16, stick)
    assert list(stick.iterdir()) == []


# What a sealed batch holds


def test_an_approval_is_not_taken_back_once_it_is_reported(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    with pytest.raises(Conflict, match=r"undo\.sealed") as refused:
        undoing.take_back_latest(office)
    said = refused.value.sentence()
    assert ids.short_id(done.batch) in said
    assert all(name in said for name, *_ in WITH_ID)
    states = office.database.read(lambda c: c.execute("SELECT state FROM membership").fetchall())
    assert {state for (state,) in states} <= {"full", "temporary"}


def test_neither_is_a_sign_up_or_a_correction_from_before(office: Workspace, stick: Path) -> None:
    first, *_others = join(office)
    typed = amending.entry(office, first).typed
    amended = amending.amend(office, first, replace(typed, phone="13900000000"))
    (sign_up,) = office.database.read(
        lambda c: c.execute("SELECT id FROM writes WHERE name = 'signup.add' LIMIT 1").fetchone()
    )
    export(office, stick)
    for target in (amended.write, sign_up):
        with pytest.raises(Conflict, match=r"undo\.sealed"):
            undoing.take_back(office, target)


def test_what_was_done_after_the_export_is_taken_back(
    office: Workspace, stick: Path, tmp_path: Path
) -> None:
    first, *_others = join(office)
    export(office, stick)
    typed = amending.entry(office, first).typed
    amending.amend(office, first, replace(typed, phone="13900000000"))
    assert undoing.take_back_latest(office).step == "person.edit"
    assert amending.entry(office, first).typed.phone == typed.phone
    printing.Printer(office).print_signup(first, tmp_path / "表.pdf")
    assert undoing.take_back_latest(office).step == "paper.print"


def test_an_approval_that_was_not_reported_is_taken_back_as_ever(office: Workspace) -> None:
    join(office)
    assert undoing.take_back_latest(office).step == "signup.approve"
    assert len(signup.waiting(office)) == 3
