"""What a hostile hand tries on the first path: names in free text, scopes, rounds, empty names."""

import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.member import Act
from organizer.errors import Cancelled, InvalidInput, NotAllowed, NotFound
from organizer.registry import profile
from organizer.services import finding
from organizer.services.batches import exporting
from organizer.services.lists import importing
from organizer.services.members import changing, erasing, signup
from organizer.services.members.changing import ChangeOrder
from organizer.services.office import checking, opening
from organizer.services.office.opening import NewOffice
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import runs
from organizer.store.accounts import Account
from organizer.store.driver import Connection
from tests.support import joiners, offices
from tests.support.joiners import approve

NAME, ID, PHONE = joiners.WITH_ID[0]


def employer(workspace: Workspace, name: str) -> bytes:
    intent = workspace.intent("employer.add")
    return workspace.database.write(intent, lambda w: w.insert("employer", {"name": name}))


def visit(workspace: Workspace, row: bytes, remark: str) -> None:
    recording.record_visit(workspace, VisitOrder(row, "1", remark=remark, person_met=remark))


def everything(connection: Connection) -> str:
    tables = ("visit", "change", "erasure", "membership_step", "writes", "audit")
    return repr([connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables])


def scoped(workspace: Workspace, division: str) -> Workspace:
    """The same office as an account of another division sees it."""
    account = Account(workspace.account.id, "外区审核员", Role.ADMINISTRATOR, division)
    return Workspace(workspace.database, account, workspace.office)


def test_a_name_in_remarks_and_reasons_is_erased_too(office: Workspace) -> None:
    recording.open_round(office, "样例批次", office.today, None)
    own, other = employer(office, "样甲店"), employer(office, "样乙店")
    typed = signup.Typed(NAME, ID, PHONE)
    person = signup.sign_up(office, signup.SignupOrder(typed, employer=own)).person
    rows = signup.waiting(office)
    approve(office, rows)
    changing.change(office, rows, ChangeOrder(Act.KEEP, "retired", words=f"{NAME}本人在场"))
    visit(office, own, f"见到{NAME}")
    visit(office, other, f"另一位{NAME}，电话{PHONE}")
    erased = erasing.erase_person(office, person, f"{NAME}撤回同意 {ID}")
    left = office.database.read(everything)
    assert ID not in left and PHONE not in left
    assert left.count(NAME) == left.count(f"另一位{NAME}"), "only where it may be somebody else"
    assert erased.same_contacts == 1
    assert checking.check(office).findings == ()


def test_the_round_opened_last_is_the_one_in_force(office: Workspace) -> None:
    recording.open_round(office, "写错年份", date(office.today.year + 1, 1, 1), None)
    row = employer(office, "样丙店")
    with pytest.raises(InvalidInput):
        visit(office, row, "")
    recording.open_round(office, "改正", office.today, None)
    visit(office, row, "")
    assert recording.visit_count(office, row) == 1


@pytest.mark.parametrize(("name", "account"), [("", "甲"), ("  ", "甲"), ("样例总工会", " ")])
def test_an_office_and_its_account_have_names(tmp_path: Path, name: str, account: str) -> None:
    wanted = NewOffice(name, offices.DIVISION, account, offices.PASSWORD)
    folder = offices.DataFolder(tmp_path / "new")
    with pytest.raises(InvalidInput) as refused:
        opening.new_office(folder, wanted, sheet=tmp_path / "sheet.pdf", cost=offices.CHEAP)
    assert refused.value.sentence().endswith("。")
    assert not folder.root.exists()


def test_a_round_has_a_name(office: Workspace) -> None:
    with pytest.raises(InvalidInput):
        recording.open_round(office, " ", office.today, None)


def test_who_cannot_be_entered_is_named_when_nobody_can(office: Workspace, tmp_path: Path) -> None:
    joiners.join(office, (joiners.WITHOUT_ID,))
    (union,) = exporting.unions_to_report(office)
    (chosen,) = profile.bundled()
    with pytest.raises(NotFound) as refused:
        exporting.export_batch(office, union, chosen, tmp_path)
    assert joiners.WITHOUT_ID[0] in refused.value.sentence()
    assert "暂不能录入省平台" in refused.value.sentence()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a matter of Unix")
def test_nobody_else_on_the_machine_can_read_the_files(office: Workspace, tmp_path: Path) -> None:
    made = offices.make_office(tmp_path / "own")
    made.workspace.close()
    folder = made.workspace.database.folder
    for file in (folder.database, folder.attachments, folder.keyring, tmp_path / "own sheet.pdf"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_an_account_of_another_division_neither_sees_nor_acts(office: Workspace) -> None:
    joiners.join(office)
    typed = signup.Typed("曾佳琪", "", "19900542355")
    pending = signup.sign_up(office, signup.SignupOrder(typed))
    away = scoped(office, "210102")
    assert finding.find(office, NAME)
    assert not finding.find(away, NAME)
    (union,) = exporting.unions_to_report(office)
    (chosen,) = profile.bundled()
    for act in (
        lambda: approve(away, [pending.membership]),
        lambda: erasing.erase_person(away, pending.person, "本人申请"),
        lambda: exporting.export_batch(away, union, chosen, Path()),
    ):
        with pytest.raises(NotAllowed):
            act()


class Stopping:
    """Progress of somebody who stops at the first step."""

    def step(self, done: int, total: int, note: str = "") -> None:
        raise Cancelled("job.cancelled")


def test_what_is_in_sight_stays_there_when_the_list_comes_again(
    office: Workspace, tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    lines = [f"样{n}号商店,沈阳市铁西区兴工街{n}号" for n in range(1, 41)]
    listed.write_text("单位名称,地址\n" + "\n".join(lines) + "\n", encoding="utf-8")
    first = importing.import_list(office, listed)
    # As after a kill between the end of a run and the sweeping of its marks.
    half = office.database.read(
        lambda c: [row for (row,) in c.execute("SELECT id FROM employer ORDER BY n LIMIT 20")]
    )
    office.database.local(lambda c: runs.hide(c, first.run, half))
    with pytest.raises(Cancelled):
        importing.import_list(office, listed, progress=Stopping())
    assert len([hit for hit in finding.find(office, "号商店") if hit.table == "employer"]) == 40


def test_a_mark_that_takes_no_place_makes_no_second_unit(office: Workspace, tmp_path: Path) -> None:
    for number, name in enumerate(("样本\u200b零宽有限公司", "样本零宽有限公司")):
        listed = tmp_path / f"{number}.csv"
        listed.write_text(f"单位名称,地址\n{name},沈阳市铁西区兴工街1号\n", encoding="utf-8")
        importing.import_list(office, listed)
    assert len(finding.find(office, "样本零宽")) == 1
