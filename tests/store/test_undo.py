"""Undo: what was done is taken back, what others did since stays and is named, nothing is lost."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from organizer import crypto
from organizer.domain.access import Role
from organizer.errors import Conflict, NotAllowed, NotFound
from organizer.services import finding, undoing
from organizer.services.lists import importing
from organizer.services.lists.importing import Imported
from organizer.services.places import placing
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import accounts, integrity, places
from organizer.store.undo import Undone
from tests.support import offices
from tests.support.offices import Template, exchange, writes_of

STREET = "兴工街"


COLUMNS = ("phone", "name", "remark", "retired_on")


def add(workspace: Workspace, **fields: str) -> bytes:
    return workspace.database.write(
        workspace.intent("employer.add"), lambda w: w.insert("employer", fields)
    )


def edit(workspace: Workspace, row: bytes, **fields: str | None) -> bytes:
    workspace.database.write(
        workspace.intent("employer.edit"), lambda w: w.set("employer", row, fields)
    )
    return last(workspace)


def last(workspace: Workspace) -> bytes:
    return writes_of(workspace.database)[-1].id


def shown(workspace: Workspace, row: bytes) -> dict[str, str | None]:
    found = workspace.database.read(
        lambda c: c.execute(
            f"SELECT {', '.join(COLUMNS)} FROM employer WHERE id = ?", (row,)
        ).fetchone()
    )
    return dict(zip(COLUMNS, found, strict=True))


def clean(workspace: Workspace) -> bool:
    return offices.findings(workspace) == []


def units(folder: Path, *names: str) -> Path:
    listed = folder / "名单.csv"
    with listed.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["单位名称", "地址", "联系电话", "职工人数"])
        for number, name in enumerate(names, start=1):
            table.writerow([name, f"沈阳市铁西区{STREET}{number}号", f"0249999000{number}", number])
    return listed


def take(workspace: Workspace, listed: Path) -> Imported:
    return importing.import_list(workspace, listed, as_of=date(2026, 3, 2))


def ledger(workspace: Workspace) -> dict[str, int]:
    return workspace.database.read(integrity.fingerprints)


def found(workspace: Workspace, *texts: str) -> list[str]:
    return [hit.name for text in texts for hit in finding.find(workspace, text)]


def test_an_edit_is_taken_back_and_redone(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1")
    edited = edit(office, row, phone="2", remark="新")
    done = undoing.take_back(office, edited)
    assert done == Undone(1, ())
    assert shown(office, row) == {
        "phone": "1", "name": "样例商行", "remark": None, "retired_on": None
    }  # fmt: skip
    redo = undoing.take_back(office, last(office))
    assert redo == Undone(1, ())
    assert (shown(office, row)["phone"], shown(office, row)["remark"]) == ("2", "新")
    assert clean(office)


def test_undo_and_redo_can_go_on_for_ever_but_never_twice_in_a_row(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1")
    edited = edit(office, row, phone="2")
    target = edited
    for expected in ("1", "2", "1", "2"):
        undoing.take_back(office, target)
        assert shown(office, row)["phone"] == expected
        with pytest.raises(Conflict) as twice:
            undoing.take_back(office, target)
        assert "已经撤销过" in twice.value.sentence()
        target = last(office)
    # Redone as it is, the edit itself can be taken back again, and then no more.
    undoing.take_back(office, edited)
    assert shown(office, row)["phone"] == "1"
    with pytest.raises(Conflict):
        undoing.take_back(office, edited)
    assert clean(office)


def test_an_added_row_goes_out_of_use_and_comes_back(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1")
    added = last(office)
    assert undoing.take_back(office, added) == Undone(1, ())
    assert found(office, "样例商行") == []
    assert shown(office, row)["retired_on"] is not None
    undoing.take_back(office, last(office))
    assert found(office, "样例商行") == ["样例商行"]
    assert clean(office)


def test_what_was_edited_since_stays_and_is_named(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1", remark="旧")
    edited = edit(office, row, phone="2", remark="新")
    edit(office, row, phone="3")
    assert undoing.take_back(office, edited) == Undone(1, (("employer", row, "phone"),))
    assert (shown(office, row)["phone"], shown(office, row)["remark"]) == ("3", "旧")
    assert clean(office)


def test_a_row_that_was_edited_or_built_on_since_stays(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1")
    added = last(office)
    edit(office, row, phone="2")
    assert undoing.take_back(office, added) == Undone(0, (("employer", row, "phone"),))
    assert shown(office, row)["retired_on"] is None
    other = add(office, name="另一样例商行")
    added = last(office)
    recording.open_round(office, "样例批次", date(2026, 1, 1), None)
    opened = last(office)
    recording.record_visit(office, recording.VisitOrder(other, "1", on=office.today))
    kept = undoing.take_back(office, added).kept
    assert {(table, name) for table, _row, name in kept} == {
        ("employer", "visit"),
        ("employer", "fact"),
    }
    # The round in which there was a visit stays as well.
    assert [name for _table, _row, name in undoing.take_back(office, opened).kept] == ["visit"]
    assert found(office, "另一样例商行") == ["另一样例商行"]
    assert clean(office)


def test_the_latest_is_taken_back_step_by_step(office: Workspace) -> None:
    row = add(office, name="样例商行", phone="1")
    for phone in ("2", "3", "4"):
        edit(office, row, phone=phone)
    for expected in ("3", "2", "1"):
        undoing.take_back(office)
        assert shown(office, row)["phone"] == expected
    undoing.take_back(office)
    assert shown(office, row)["retired_on"] is not None
    # Making the office cannot be taken back.
    with pytest.raises(NotFound) as nothing:
        undoing.take_back(office)
    assert "还能撤销的操作" in nothing.value.sentence()
    assert clean(office)


def test_final_things_and_unknown_ones_are_refused(office: Workspace) -> None:
    made = next(w for w in writes_of(office.database) if w.name == "office.new")
    with pytest.raises(Conflict) as final:
        undoing.take_back(office, made.id)
    assert "不能撤销" in final.value.sentence()
    with pytest.raises(NotFound) as unknown:
        undoing.take_back(office, b"?" * 16)
    assert "核对编号" in unknown.value.sentence()


def other_account(office: Workspace, role: Role) -> Workspace:
    """The same open file in somebody else's hands."""
    values = {"name": "李样例", "role": role, "division_code": ""}
    row = office.database.write(office.intent("account.add"), lambda w: w.insert("account", values))
    account = office.database.read(lambda c: accounts.account(c, row))
    assert account is not None
    return Workspace(office.database, account, office.office)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_anothers_work_is_taken_back_by_an_administrator_only(
    office: Workspace, role: Role
) -> None:
    colleague = other_account(office, role)
    row = add(office, name="样例商行", phone="1")
    mine = edit(office, row, phone="2")
    theirs = edit(colleague, row, remark="他的")
    with pytest.raises(NotAllowed):
        undoing.take_back(colleague, mine)
    # Without a number everybody means the newest of his own.
    undoing.take_back(colleague)
    assert shown(office, row)["remark"] is None
    assert shown(office, row)["phone"] == "2"
    with pytest.raises(Conflict):
        undoing.take_back(office, theirs)
    edit(colleague, row, remark="又一次")
    undoing.take_back(office, last(office))
    assert shown(office, row)["remark"] is None
    assert clean(office)


NAMES = ("甲样例五金商行", "乙样例五金商行", "丙样例五金商行")


def test_an_import_is_taken_back_brought_back_and_taken_over_anew(
    office: Workspace, tmp_path: Path
) -> None:
    listed = units(tmp_path, *NAMES)
    imported = take(office, listed)
    assert imported.added == len(NAMES)
    full = ledger(office)
    undone = undoing.take_back(office, imported.run)
    assert undone.kept == ()
    assert undone.rows > len(NAMES)
    assert found(office, "样例五金") == []
    assert found(office, f"{STREET}1号", "1号") == []
    assert clean(office)
    with pytest.raises(Conflict):
        undoing.take_back(office, imported.run)
    undoing.take_back(office, last(office))
    assert ledger(office) == full
    assert sorted(found(office, "样例五金")) == sorted(NAMES)
    undoing.take_back(office, imported.run)
    again = take(office, listed)
    assert (again.added, again.known) == (len(NAMES), 0)
    assert again.new_facts == imported.new_facts > 0
    assert ledger(office) == full
    assert sorted(found(office, "样例五金")) == sorted(NAMES)
    assert clean(office)


def test_an_import_that_was_worked_with_leaves_what_was_worked_on(
    office: Workspace, tmp_path: Path
) -> None:
    imported = take(office, units(tmp_path, *NAMES))
    (row,) = [hit.id for hit in finding.find(office, NAMES[0])]
    edit(office, row, phone="02499990009")
    recording.open_round(office, "样例批次", date(2026, 1, 1), None)
    (visited,) = [hit.id for hit in finding.find(office, NAMES[1])]
    recording.record_visit(office, recording.VisitOrder(visited, "1", on=office.today))
    undone = undoing.take_back(office, imported.run)
    assert ("employer", row, "phone") in undone.kept
    assert ("employer", visited, "visit") in undone.kept
    assert sorted(found(office, "样例五金")) == sorted(NAMES[:2])
    assert shown(office, row)["phone"] == "02499990009"
    assert clean(office)


def test_an_import_that_went_on_in_another_incarnation_is_taken_back_whole(
    office: Workspace, tmp_path: Path
) -> None:
    """A new incarnation counts from one: its numbers are small, what it built on is older."""
    run = crypto.random_bytes(16)

    def part(workspace: Workspace, *kinds: str) -> None:
        for number, kind in enumerate(kinds):
            parent = chain[-1] if chain else None
            chain.append(
                workspace.database.write(
                    workspace.intent("list.import", run=run),
                    lambda w, k=kind, p=parent, n=number: w.insert(
                        "place", {"kind": k, "name": f"样例{n}", "parent": p}
                    ),
                )
            )

    chain: list[bytes] = []
    part(office, "street", "lane", "building", "floor")
    office.close()
    moved = tmp_path / "moved"
    offices.copy_office(tmp_path / "office", moved)
    again = offices.open_office(moved)
    part(again, "door")
    assert undoing.take_back(again, run) == Undone(5, ())
    assert clean(again)
    again.close()


def test_a_renamed_bundled_division_gets_its_name_back(office: Workspace) -> None:
    code = offices.DIVISION
    row = places.division_id(code)

    def name() -> str:
        place = office.database.read(lambda c: places.place_by_id(c, row))
        assert place is not None
        return place.name

    before = name()
    placing.rename(office, row, "样例新街道")
    undoing.take_back(office)
    assert name() == before
    assert found(office, before)[0] == before
    undoing.take_back(office, last(office))
    assert name() == "样例新街道"
    assert clean(office)


def test_an_undo_travels(office: Workspace, office_template: Template, tmp_path: Path) -> None:
    offices.copy_office(office_template.root, tmp_path / "other")
    other = offices.open_office(tmp_path / "other")
    imported = take(office, units(tmp_path, *NAMES))
    exchange(office.database, other.database)
    (row,) = [hit.id for hit in finding.find(other, NAMES[0])]
    edit(other, row, phone="02499990009")
    undoing.take_back(office, imported.run)
    exchange(office.database, other.database)
    # Here the row was taken back, there somebody went on with it: the edit is on both, unlost.
    assert ledger(office) == ledger(other)
    assert shown(office, row)["phone"] == shown(other, row)["phone"] == "02499990009"
    # Taken back there as well: done already.
    with pytest.raises(Conflict):
        undoing.take_back(other, imported.run)
    undoing.take_back(other, last_undo(other))
    exchange(office.database, other.database)
    assert ledger(office) == ledger(other)
    assert sorted(found(office, "样例五金")) == sorted(found(other, "样例五金")) == sorted(NAMES)
    assert clean(office)
    assert clean(other)
    other.close()


def last_undo(workspace: Workspace) -> bytes:
    undos: Sequence[bytes] = [w.id for w in writes_of(workspace.database) if w.undoes is not None]
    return undos[-1]
