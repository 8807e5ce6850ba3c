"""From nothing to a sealed batch in the window, by keyboard alone, as somebody does it on the first day."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.exceptions import TimeoutError as WaitedTooLong

from organizer import resources
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.batches import reporting
from organizer.services.office import checking, opening
from organizer.services.workspace import Workspace
from organizer.store import facts, members, visits
from tests.support.eyes import read
from tests.support.literal_reader import read_members
from tests.support.model_watch import our_models, watch_all
from tests.ui.shell.conftest import Driver

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

OFFICE, ACCOUNT, PASSWORD = "工人村街道总工会", "李明", "wo zhu zai hun he bei an"
UNIT, LETTERS = "沈阳样禾供应链管理有限公司", "syyhgyl"
NAME, ID_NUMBER, PHONE = "王龚", "219900199508173226", "13800245678"
CHOICES = {
    "ethnic": "1",
    "education": "4",
    "political": "1",
    "household_kind": "2",
    "group_code": "2",
    "migrant": "1",
}
SHORT_CODE = "258036"


class Person:
    """Somebody on the first day: types, presses keys, and believes what stands on the screen."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.models: set[str] = set()
        self.type, self.press, self.enter = driver.type, driver.press, driver.enter

    @property
    def screen(self) -> QWidget:
        """The window that keys go to."""
        found = self.driver.app.activeWindow()
        assert found is not None
        return found

    def reads(self, *words: str) -> None:
        """Wait until all of this can be read; every list in view stays under Qt's tester from now on."""
        try:
            self.driver.until(lambda: self._reads(words))
        except WaitedTooLong:
            pytest.fail(f"{words} cannot be read here:\n{read(self.screen)}")
        self.models |= watch_all(self.screen)

    def stands_at(self, name: str) -> None:
        """Wait until the cursor is in the field or on the button of this name."""
        try:
            self.driver.until(lambda: self.driver.focus_name() == name)
        except WaitedTooLong:
            found = self.driver.focus_name()
            pytest.fail(f"the cursor is at {found!r}, not {name!r}:\n{read(self.screen)}")

    def finds(self, letters: str) -> None:
        """Ctrl+K, some letters, Enter."""
        self.press(Key.Key_K, CONTROL)
        self.stands_at("search")
        self.enter(letters)

    def gets_the_window_back(self) -> None:
        """What a window manager does when a dialog closes; without a display there is none."""
        window = self.driver.program.window
        assert window is not None
        self.driver.look_at(window)

    def ink(self) -> int:
        """How many dark points the page of the preview has."""
        page = next(
            one
            for one in self.screen.findChildren(QWidget)
            if one.accessibleName() == "打印预览" and one.isVisible()
        )
        picture = page.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        return sum(point < 128 for point in bytes(picture.constBits()))

    def _reads(self, words: tuple[str, ...]) -> bool:
        if self.driver.app.activeWindow() is None:
            return False
        text = read(self.screen)
        return all(word in text for word in words)


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver)


# Without a display the file dialog's own list asks in vain for what only a window manager can do.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_first_day_by_keyboard(person: Person, tmp_path: Path) -> None:
    makes_an_office(person)
    imports_a_list(person, tmp_path)
    visits_a_unit(person)
    signs_up(person)
    approves(person)
    makes_a_batch(person, tmp_path / "home")
    looks_for_duplicates(person)
    reads_the_weekly_report(person)
    locks_and_comes_back(person)
    assert person.models == our_models()
    person.driver.close()
    workspace = opening.unlock(DataFolder(tmp_path / "data"), ACCOUNT, PASSWORD)
    try:
        is_all_there(workspace)
    finally:
        workspace.close()


def makes_an_office(person: Person) -> None:
    person.driver.start()
    person.stands_at("office_name")
    person.reads("第一次使用", "单位名称", "所在区划", "密码")
    person.enter(OFFICE)
    person.type("grcjd")
    person.reads("工人村街道 沈阳市铁西区 · 乡镇街道级")
    person.press(Key.Key_Return)
    person.reads("沈阳市铁西区 · 乡镇街道级")
    person.enter(ACCOUNT)
    person.enter(PASSWORD)
    person.enter(PASSWORD)
    person.stands_at("sheet_done")
    person.reads("恢复单已经做好", "放进本单位的保险柜")
    assert [file.name for file in person.driver.opened] == ["恢复单.pdf"]
    person.press(Key.Key_Return)
    person.reads("这里还没有单位")


def imports_a_list(person: Person, folder: Path) -> None:
    (sample,) = resources.path("sample").glob("01_*.xlsx")
    shutil.copy(sample, folder / "list.xlsx")
    person.stands_at("start-import")
    person.press(Key.Key_Return)
    person.driver.until(lambda: isinstance(person.screen, QFileDialog))
    person.enter(str(folder / "list.xlsx"))
    person.gets_the_window_back()
    person.stands_at("begin-import")
    person.reads("导入名单：list.xlsx", "名单来源")
    person.press(Key.Key_Return)
    person.stands_at("close-import")
    person.reads("新增 392 家", "0 行有误")
    person.press(Key.Key_Return)
    person.reads("下一步：上门排查", "开始一轮排查")


def visits_a_unit(person: Person) -> None:
    person.finds(LETTERS)
    person.stands_at("to-survey")
    person.reads(UNIT, "兴工街 20号", "记录走访", "职工 1 人")
    person.press(Key.Key_Return)
    person.stands_at("round-name")
    person.reads("还没有排查批次", "开始排查")
    person.press(Key.Key_Return, CONTROL)
    person.stands_at("doors")
    person.reads(UNIT, "兴工街", "还没有来过", "1 已访")
    person.press(Key.Key_Return)
    person.stands_at("union_state")
    for answer in ("4", "36", "14", "5", "3", "1", "2", "5"):
        person.enter(answer)
    person.stands_at("responsible")
    person.press(Key.Key_Space)
    person.press(Key.Key_Return, CONTROL)
    person.reads(f"{UNIT}：已访，已保存。", "已查 1 / 61")


def signs_up(person: Person) -> None:
    person.finds(LETTERS)
    person.stands_at("to-survey")
    person.reads(UNIT, "未建会(有意愿)", "36 人")
    person.press(Key.Key_J, CONTROL)
    person.stands_at("id_number")
    person.reads(UNIT, "入会申请书 · 第 1 / 3 页")
    empty = settled(person)
    person.enter(ID_NUMBER)
    person.reads("女 · 1995年8月17日")
    person.enter(NAME)
    person.enter(PHONE)
    # The unit came along from its card.
    person.stands_at("employer")
    person.press(Key.Key_Return)
    person.driver.until(lambda: person.ink() > empty)
    for name, digit in CHOICES.items():
        person.stands_at(name)
        person.type(digit)
    person.press(Key.Key_Return, CONTROL)
    person.reads(f"已登记{NAME}，待审批", "待审批 1")


def settled(person: Person) -> int:
    """The ink of the blank form, once it is drawn."""
    person.driver.until(lambda: person.ink() > 1000)
    return person.ink()


def approves(person: Person) -> None:
    person.press(Key.Key_T, CONTROL)
    person.stands_at("pending")
    person.reads(NAME, UNIT)
    person.press(Key.Key_Return, CONTROL)
    person.reads("已批准 1 人入会")


def makes_a_batch(person: Person, folder: Path) -> None:
    person.finds("dksb")
    person.reads("将导出 1 人", NAME)
    person.press(Key.Key_E, CONTROL)
    person.stands_at("reason")
    person.enter("十一月报送")
    person.stands_at("folder")
    person.enter(str(folder))
    person.stands_at("open-result")
    person.reads("已导出并逐格核对 1 人")
    (file,) = folder.glob("*.xlsx")
    (member,) = read_members(file)
    assert (member.name, member.id_number) == (NAME, ID_NUMBER)
    person.press(Key.Key_Escape)
    person.press(Key.Key_1, ALT)
    person.reads("还没清除的明文上报文件")


def looks_for_duplicates(person: Person) -> None:
    person.finds("cfjl")
    person.reads("重复记录", "已处理")


def reads_the_weekly_report(person: Person) -> None:
    person.press(Key.Key_8, ALT)
    person.reads("周报", "合计", "兴工街", "392")


def locks_and_comes_back(person: Person) -> None:
    person.finds("dksz")
    person.stands_at("sections")
    for _step in range(3):
        person.press(Key.Key_Down)
    person.reads("锁定和密码", "还没有设短码")
    person.press(Key.Key_Return)
    person.press(Key.Key_Tab)
    person.stands_at("code")
    person.enter(SHORT_CODE)
    person.reads("已经设了短码")
    person.press(Key.Key_2, ALT)
    person.reads(UNIT)
    person.press(Key.Key_L, CONTROL)
    person.stands_at("code")
    person.reads("已锁定", ACCOUNT)
    assert UNIT not in read(person.screen)
    person.enter("1111")
    person.reads("还可以试 4 次")
    person.enter(SHORT_CODE)
    person.reads(UNIT)


def is_all_there(workspace: Workspace) -> None:
    """What lies in the file at the end."""
    (unit,) = finding.find(workspace, UNIT, table="employer")
    known = workspace.database.read(lambda c: facts.current(c, unit.id, departments=True))
    expected = {
        "union_state": "4",
        "staff_total": "36",
        "staff_women": "14",
        "responsible": ACCOUNT,
    }
    assert {name: known[name].value for name in expected} == expected
    (visit,) = workspace.database.read(lambda c: visits.of_employer(c, unit.id))
    assert visit.outcome == "1"
    (someone,) = workspace.database.read(lambda c: members.people_with_id_number(c, ID_NUMBER))
    (membership,) = workspace.database.read(lambda c: members.memberships_of(c, someone.id))
    assert (someone.text("name"), someone.text("phone")) == (NAME, PHONE)
    # The unit has no union of its own yet: the community's keeps its people for the time being.
    assert membership.record.text("state") == "temporary"
    assert membership.record.link("employer") == unit.id
    (batch,) = reporting.overview(workspace).batches
    assert (batch.sealed, batch.rows) == (True, 1)
    assert checking.check(workspace).findings == ()
