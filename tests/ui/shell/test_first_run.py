from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from organizer.services.office import practising
from organizer.ui.shell.backup_place import BackupPlace
from organizer.ui.shell.first_run import FirstRunPage
from organizer.ui.shell.recovery import SheetPage
from tests.ui.shell.conftest import Driver

SENTENCE = "wo zhu zai hun he bei an"


def fill(driver: Driver) -> None:
    page = driver.page
    assert isinstance(page, FirstRunPage)
    driver.until(lambda: driver.focus_name() == "office_name")
    driver.enter("启工街道总工会")
    driver.type("qigong")
    driver.until(lambda: page._division.popup.isVisible())
    driver.press(Qt.Key.Key_Return)
    driver.enter("李明")
    driver.enter(SENTENCE)


def said(driver: Driver) -> str:
    return " ".join(label.text() for label in driver.page.findChildren(QLabel) if label.isVisible())


def test_an_office_is_made_by_keyboard_and_its_sheet_opened(driver: Driver) -> None:
    driver.start()
    fill(driver)
    driver.enter(SENTENCE)
    driver.until(lambda: isinstance(driver.page, SheetPage))
    (sheet,) = driver.opened
    assert sheet.read_bytes().startswith(b"%PDF")
    driver.until(lambda: driver.focus_name() == "sheet_done")
    driver.press(Qt.Key.Key_Space)
    driver.until(lambda: driver.program.window is not None)
    window = driver.program.window
    assert window is not None
    office = window.session.workspace.office
    assert (office.name, office.division_code, office.level) == (
        "启工街道总工会",
        "210106007",
        "乡",
    )
    assert window.session.workspace.account.role == "administrator"
    assert "练习" not in window.windowTitle()


def test_what_is_missing_is_said_at_its_field(driver: Driver) -> None:
    driver.start()
    driver.until(lambda: driver.focus_name() == "office_name")
    driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: "请填写单位名称" in said(driver))
    fill(driver)
    driver.enter("another one")
    assert "两次输入的密码不一样" in said(driver)
    assert driver.focus_name() == "new_password_again"
    assert not driver.program.folder.keyring.exists()


def test_a_division_that_was_only_typed_is_asked_for_again(driver: Driver) -> None:
    driver.start()
    driver.until(lambda: driver.focus_name() == "office_name")
    driver.enter("某总工会")
    driver.enter("没有这个地方")
    driver.until(lambda: driver.focus_name() == "account_name")
    driver.enter("李明")
    driver.enter(SENTENCE)
    driver.enter(SENTENCE)
    assert "从列表里选出" in said(driver)
    assert driver.focus_name() == "division"


def test_a_password_is_judged_in_words(driver: Driver) -> None:
    driver.start()
    fill_password = driver.page.findChild(QPushButton, "practise")
    assert fill_password is not None
    page = driver.page
    assert isinstance(page, FirstRunPage)
    page._password.setFocus()
    driver.type("abc")
    assert "太短" in said(driver)
    driver.type("12345")
    assert "很弱" in said(driver)
    driver.type(" gai cheng yi ju hua")
    assert "好。" in said(driver)


def test_practice_is_marked_and_wiped_by_one_action(driver: Driver) -> None:
    driver.start()
    driver.page.findChild(QPushButton, "practise").click()
    driver.until(lambda: driver.program.window is not None)
    window = driver.program.window
    assert window is not None
    assert window.windowTitle().startswith("练习")
    assert any(label.text() == "练习" for label in window.topbar.findChildren(QLabel))
    driver.until(lambda: "待审批" in window.topbar.state.text())
    window.show_screen("settings", "office")
    window.findChild(QPushButton, "wipe").click()
    driver.until(lambda: isinstance(driver.page, FirstRunPage))
    assert not practising.exists(driver.program.folder)
    assert not practising.folder_of(driver.program.folder).root.exists()


def test_the_whole_page_is_in_view_at_the_largest_type(driver: Driver, tmp_path: Path) -> None:
    program = driver.program
    program.theme.choose(scale=1.75)
    place = BackupPlace(tmp_path)
    place.take(None)
    page = FirstRunPage(program.theme, program.runner, Path("D:/office/desktop papers"), place)
    program.front.show_page(page)
    # A small screen less its task bar and the title of the window.
    program.front.resize(1366, 700)
    (area,) = page.findChildren(QScrollArea)
    driver.until(lambda: area.verticalScrollBar().maximum() == 0)
    make = page.findChild(QPushButton, "make_office")
    assert make is not None and not make.visibleRegion().isEmpty()
