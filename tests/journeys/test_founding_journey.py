"""A unit walked by keyboard from the visit at which it was willing to its union, with all its papers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog

from organizer.domain.signup import Typed
from organizer.forms.proof import page_texts
from organizer.services import finding
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.office import checking
from organizer.services.unions import covering, founding_card
from organizer.store import facts, members, officers
from tests.journeys.test_window_journey import LETTERS, UNIT, Person
from tests.support.joiners import WITH_ID, approve
from tests.support.offices import open_office
from tests.ui.shell.conftest import Driver, office_driver  # noqa: F401

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
HEAD, SECOND, THIRD = (one[0] for one in WITH_ID)


@pytest.fixture
def person(office_driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Person:  # noqa: F811
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    return Person(office_driver)


# Without a display the file dialog's own list asks in vain for what only a window manager can do.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="would print")
def test_a_unit_is_walked_from_a_visit_to_its_union(person: Person, tmp_path: Path) -> None:
    three_join(tmp_path / "data")
    person.driver.start()
    person.driver.unlock()
    is_willing(person)
    begins(person)
    prepares(person, tmp_path)
    asks_and_is_allowed(person, tmp_path)
    proposes(person, tmp_path)
    elects(person, tmp_path)
    is_founded(person, tmp_path)
    person.driver.close()
    is_all_there(tmp_path / "data")


def three_join(folder: Path) -> None:
    """Three people of the unit joined before it had a union: temporary members of the community's."""
    workspace = open_office(folder)
    unit = finding.employer_by_name(workspace, UNIT)
    made = [
        signup.sign_up(workspace, SignupOrder(Typed(*one), employer=unit)).membership
        for one in WITH_ID
    ]
    approve(workspace, made)
    workspace.close()


def is_willing(person: Person) -> None:
    person.finds(LETTERS)
    person.stands_at("to-survey")
    person.press(Key.Key_Return)
    person.stands_at("doors")
    person.press(Key.Key_Return)
    person.stands_at("union_state")
    for answer in ("4", "36", "14", "5", "3", "1", "2", "5"):
        person.enter(answer)
    person.stands_at("responsible")
    person.press(Key.Key_Space)
    person.press(Key.Key_Return, CONTROL)
    person.reads(f"{UNIT}：已访，已保存。")


def begins(person: Person) -> None:
    person.finds(LETTERS)
    person.stands_at("to-survey")
    person.reads(UNIT, "未建会(有意愿)", "建会")
    person.press(Key.Key_F6)
    person.stands_at("kind")
    person.reads("开始建会", UNIT, "不足25人")
    for name in ("kind", "union_name", "on", "responsible"):
        person.stands_at(name)
        person.press(Key.Key_Return)
    person.stands_at("founding-steps")
    # The visit is the first step; the second is next.
    person.reads(f"{UNIT}工会委员会", "1 / 11 步", "下一步：成立筹备组", "已办", "还没到")


def tells(person: Person, day: str = "", paper_no: str = "") -> None:
    """Enter on the step under the cursor, the day, the number, and Enter to the end."""
    person.press(Key.Key_Return)
    person.stands_at("done_on")
    person.enter(day)
    person.enter(paper_no)
    for name in ("responsible", "due_on", "remark"):
        person.stands_at(name)
        person.press(Key.Key_Return)


def lists(person: Person, *people: tuple[str, str]) -> None:
    """F4, one after the other, Esc."""
    person.press(Key.Key_F4)
    for name, role in people:
        person.stands_at("name")
        person.enter(name)
        person.stands_at("role")
        person.type(role)
        person.stands_at("position")
        person.press(Key.Key_Return)
        person.stands_at("barred")
        person.press(Key.Key_Return, CONTROL)
        person.reads(f"已登记：{name}")
    person.stands_at("name")
    person.press(Key.Key_Escape)
    person.stands_at("founding-steps")


def prints(person: Person, file: Path, *words: str) -> None:
    """Ctrl+P: where there is no printer the paper of the step goes into a file."""
    person.press(Key.Key_P, CONTROL)
    person.driver.until(lambda: isinstance(person.screen, QFileDialog))
    person.enter(str(file))
    person.gets_the_window_back()
    person.reads(f"已存为 {file.name}")
    text = "".join("".join(page.split()) for page in page_texts(file.read_bytes()))
    assert all(word in text for word in (UNIT, *words)), text


def prepares(person: Person, folder: Path) -> None:
    lists(person, (HEAD, "1"), (SECOND, "2"), ("李样", "2"))
    person.reads(HEAD, "筹备组组长", "李样")
    prints(person, folder / "group.pdf", "建会筹备组名单", HEAD, "组长", "李样")
    tells(person)
    person.reads("已记下“成立筹备组”", "下一步：请示上级工会", "纸质材料", "已打印")
    person.stands_at("founding-steps")


def asks_and_is_allowed(person: Person, folder: Path) -> None:
    prints(
        person, folder / "request.pdf", "关于成立", "妥否，请批示", f"由{HEAD}、{SECOND}、李样等3人"
    )
    tells(person)
    person.reads("下一步：批复同意筹建")
    person.stands_at("founding-steps")
    prints(person, folder / "consent.pdf", "关于同意成立", "工人村街道总工会")
    tells(person, paper_no="样工〔2026〕3号")
    person.reads("下一步：发展会员、建立小组", "样工〔2026〕3号")
    person.stands_at("founding-steps")
    tells(person)
    person.reads("下一步：推荐公示候选人")
    person.stands_at("founding-steps")


def proposes(person: Person, folder: Path) -> None:
    lists(person, (HEAD, "3"), (SECOND, "5"), (THIRD, "6"), ("李样", "5"))
    person.reads("主席", "经审会主任")
    prints(person, folder / "candidates.pdf", "公示", HEAD, THIRD)
    tells(person)
    person.reads("下一步：召开会员大会")
    person.stands_at("founding-steps")


def elects(person: Person, folder: Path) -> None:
    person.press(Key.Key_Return)
    person.stands_at("on")
    for name, text in (("on", ""), ("meeting", "1")):
        person.stands_at(name)
        person.type(text)
        if not text:
            person.press(Key.Key_Return)
    person.stands_at("venue")
    person.enter("样例会议室")
    person.stands_at("due_count")
    person.driver.app.focusWidget().selectAll()  # type: ignore[union-attr]
    for text in ("3", "4", "2", "5"):
        person.enter(text)
    # Four cannot come where three should: told at once, and nothing is stored.
    person.reads("实到 4 人多于应到 3 人")
    person.press(Key.Key_Return, CONTROL)
    person.stands_at("present_count")
    person.driver.app.focusWidget().selectAll()  # type: ignore[union-attr]
    for text in ("3", "2", "5", "3", "3", "0"):
        person.type(text)
        person.press(Key.Key_Return)
    person.reads("到会过三分之二", "即 2 票以上才能当选")
    for text in ("3", "2", "1"):
        person.enter(text)
    person.type("1")
    person.reads("当选")
    person.press(Key.Key_Return)
    person.stands_at("founding-steps")
    person.reads("已记下选举大会", "下一步：上报选举结果", "公示 0 天，一般不少于 7 天")


def is_founded(person: Person, folder: Path) -> None:
    prints(person, folder / "report.pdf", "选举结果报告单", "样例会议室", "符合规定")
    tells(person)
    person.reads("下一步：批复选举结果")
    person.stands_at("founding-steps")
    tells(person, paper_no="样工〔2026〕9号")
    # The approval leads to the founded union: everything is filled in already.
    person.stands_at("union_name")
    person.reads("建成工会", "样工〔2026〕9号", "临时会员 3 人")
    person.press(Key.Key_Return, CONTROL)
    person.stands_at("founding-steps")
    person.reads("已建成", "临时会员转入 3 人", "9 / 11 步")
    person.press(Key.Key_Up)
    prints(person, folder / "approval.pdf", "选举结果的批复", "样工〔2026〕9号", f"同意{HEAD}")
    for key, step in ((Key.Key_Down, "刻章、开户、法人登记"), (Key.Key_End, "录入实名制")):
        person.stands_at("founding-steps")
        person.press(key)
        tells(person)
        person.reads(f"已记下“{step}”")
    person.stands_at("founding-steps")
    person.reads("11 / 11 步")


def is_all_there(folder: Path) -> None:
    workspace = open_office(folder)
    unit = finding.employer_by_name(workspace, UNIT)
    assert unit is not None
    now = covering.covered(workspace, unit)
    assert (now.union_name, now.kind) == (f"{UNIT}工会委员会", "1") and now.union is not None
    union = now.union
    held = workspace.database.read(lambda c: officers.of_union(c, union))
    assert [(one.name, one.post) for one in held] == [(HEAD, "1"), (SECOND, "3")]
    known = workspace.database.read(lambda c: facts.current(c, unit, departments=True))
    assert known["union_state"].value == "1" and known["founding_stage"].value == "11"
    assert known["approval_no"].value == "样工〔2026〕9号"
    for _name, number, _phone in WITH_ID:
        (someone,) = workspace.database.read(
            lambda c, number=number: members.people_with_id_number(c, number)
        )
        now_, before = workspace.database.read(
            lambda c, row=someone.id: members.memberships_of(c, row)
        )
        assert (now_.union_name, now_.record.text("state")) == (f"{UNIT}工会委员会", "full")
        assert before.record.text("state") == "moved"
    (line,) = founding_card.lines(workspace)
    card = founding_card.card(workspace, line.id)
    assert card.done == 11 and not any(one.missing for one in card.steps)
    assert card.founded_on == workspace.today.isoformat()
    assert checking.check(workspace).findings == ()
    workspace.close()
