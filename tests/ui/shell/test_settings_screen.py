from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from organizer import settings
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongPassword
from organizer.services import undoing
from organizer.services.office import opening, staffing
from organizer.services.office.short_code import ShortCode
from organizer.services.office.staffing import NewAccount
from organizer.services.workspace import Workspace
from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.screen import SettingsScreen
from tests.support.offices import ACCOUNT, CHEAP, PASSWORD

SENTENCE = "wo zhu zai hun he bei an"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "settings.toml", Settings())


@pytest.fixture
def screen(session: Session, desk: Desk, qtbot: QtBot) -> Iterator[SettingsScreen]:
    made = SettingsScreen(session, desk)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    shiboken6.delete(made)


def said(screen: SettingsScreen) -> str:
    return " ".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def press(screen: SettingsScreen, name: str) -> None:
    button = screen.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_an_account_is_added_and_opens_with_its_own_password(
    screen: SettingsScreen, session: Session, qtbot: QtBot
) -> None:
    screen.arrive("accounts")
    qtbot.waitUntil(lambda: ACCOUNT in said(screen))
    press(screen, "add_account")
    focused = QApplication.focusWidget()
    assert focused is not None and focused.objectName() == "account_name"
    name = QInputMethodEvent()
    name.setCommitString("赵采集")
    QApplication.sendEvent(focused, name)
    form = screen._pages["accounts"]._form
    for field in (form._password.first, form._password.second):
        qtbot.keyClicks(field.line, SENTENCE)
    press(screen, "save_account")
    qtbot.waitUntil(lambda: "赵采集" in said(screen), timeout=20_000)
    assert "采集员 · 整个单位" in said(screen)
    folder = session.workspace.database.folder
    session.workspace.close()
    opened = opening.unlock(folder, "赵采集", SENTENCE)
    try:
        with pytest.raises(NotAllowed):
            staffing.account_lines(opened)
    finally:
        opened.close()


def test_a_taken_name_is_refused_at_the_field(
    screen: SettingsScreen, session: Session, qtbot: QtBot
) -> None:
    screen.arrive("accounts")
    press(screen, "add_account")
    form = screen._pages["accounts"]._form
    form._name.set_text(ACCOUNT)
    for field in (form._password.first, form._password.second):
        field.set_text(SENTENCE)
    press(screen, "save_account")
    qtbot.waitUntil(lambda: "已经有名为" in said(screen))


def test_type_size_and_colours_change_at_once_and_are_kept(
    screen: SettingsScreen, session: Session, tmp_path: Path
) -> None:
    screen.arrive("look")
    press(screen, "choose-1.5")
    assert session.theme.scale == 1.5
    press(screen, "choose-dark")
    assert session.theme.dark
    press(screen, "choose-en")
    assert "下次打开程序时生效" in said(screen)
    kept = settings.read(tmp_path / "settings.toml")
    assert (kept.type_scale, kept.scheme, kept.language) == (1.5, "dark", "en")


def test_the_office_leads_to_its_grids(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.arrive("office")
    with qtbot.waitSignal(screen.go) as gone:
        press(screen, "to-grids")
    assert gone.args == ["places", "grids"]


def test_minutes_until_locking_are_kept(screen: SettingsScreen, desk: Desk, tmp_path: Path) -> None:
    screen.arrive("lock")
    minutes = screen._pages["lock"].findChild(QComboBox)
    minutes.setCurrentIndex(minutes.findData(5))
    minutes.activated.emit(minutes.currentIndex())
    assert settings.read(tmp_path / "settings.toml").idle_minutes == 5


def test_a_short_code_is_set_and_kept_in_memory_only(
    screen: SettingsScreen, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.arrive("lock")
    code = screen._pages["lock"]._code
    qtbot.keyClicks(code.line, "1234")
    press(screen, "set_code")
    qtbot.waitUntil(lambda: "一猜就中" in said(screen))
    code.line.clear()
    qtbot.keyClicks(code.line, "2580")
    qtbot.keyClick(code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.short_code is not None, timeout=20_000)
    assert code.line.text() == ""
    assert desk.short_code is not None and desk.short_code.opens("2580")
    desk.choose(scheme="light")
    assert "2580" not in (tmp_path / "settings.toml").read_text(encoding="utf-8")


def test_the_office_can_be_renamed_but_not_to_nothing(
    screen: SettingsScreen, session: Session, qtbot: QtBot
) -> None:
    screen.arrive("office")
    line = screen._pages["office"]._name.line
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请填写单位名称" in said(screen))
    qtbot.keyClicks(line, "New Office")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.workspace.office.name == "New Office")


def test_a_wording_nobody_confirmed_is_marked(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.arrive("texts")
    qtbot.waitUntil(lambda: "现在打印用的" in said(screen))
    assert "还没有经本单位核对" in said(screen)


def test_the_self_check_says_what_it_found(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.arrive("about")
    press(screen, "self_check")
    qtbot.waitUntil(lambda: "数据文件完好" in said(screen), timeout=20_000)


# What stands behind the pages


def colleague(office: Workspace, name: str = "赵采集", role: str = "collector") -> bytes:
    wanted = NewAccount(name, role, "", SENTENCE)
    return staffing.add_account(office, wanted, cost=CHEAP)


def test_a_retired_account_no_longer_opens(office: Workspace) -> None:
    row = colleague(office)
    folder = office.database.folder
    assert opening.identify(folder, "赵采集", SENTENCE) == row
    staffing.retire_account(office, row)
    with pytest.raises(NotFound):
        opening.identify(folder, "赵采集", SENTENCE)
    assert [line.account.name for line in staffing.account_lines(office)] == [ACCOUNT]
    # The name is free again; nobody can take the retirement back by undo.
    colleague(office)
    with pytest.raises(NotFound):
        undoing.take_back_latest(office)


def test_nobody_retires_the_account_in_use(office: Workspace) -> None:
    with pytest.raises(Conflict):
        staffing.retire_account(office, office.account.id)


@pytest.mark.parametrize(
    ("name", "role", "scope", "password", "code"),
    [
        ("", "collector", "", SENTENCE, "account.no_name"),
        (ACCOUNT, "collector", "", SENTENCE, "account.taken"),
        ("李", "emperor", "", SENTENCE, "account.no_role"),
        ("李", "collector", "210102", SENTENCE, "account.outside_office"),
        ("李", "collector", "", "short", "account.weak_password"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    office: Workspace, name: str, role: str, scope: str, password: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        staffing.add_account(office, NewAccount(name, role, scope, password), cost=CHEAP)
    assert caught.value.code == code
    assert caught.value.sentence()


def test_a_new_password_replaces_the_old_one(office: Workspace) -> None:
    row = colleague(office)
    staffing.set_password(office, row, "another sentence", cost=CHEAP)
    folder = office.database.folder
    assert opening.identify(folder, "赵采集", "another sentence") == row
    with pytest.raises(WrongPassword):
        opening.identify(folder, "赵采集", SENTENCE)


def test_ones_own_password_is_changed_by_who_knows_the_old_one(
    screen: SettingsScreen, session: Session, qtbot: QtBot
) -> None:
    office = session.workspace
    screen.arrive("lock")
    names = ("old_password", "new_password", "new_password_again")
    lines = {one.objectName(): one for one in screen.findChildren(QLineEdit) if one.isVisible()}
    old, first, second = (lines[name] for name in names)

    def type_and_press(known: str) -> None:
        for line, text in ((old, known), (first, SENTENCE), (second, SENTENCE)):
            line.clear()
            qtbot.keyClicks(line, text)
        press(screen, "change_password")

    type_and_press("somebody passing by")
    qtbot.waitUntil(lambda: "密码不对" in said(screen))
    assert opening.identify(office.database.folder, ACCOUNT, PASSWORD) == office.account.id
    assert old.hasFocus() and first.text() == SENTENCE
    type_and_press(PASSWORD)
    qtbot.waitUntil(lambda: "新密码已生效" in said(screen))
    assert opening.identify(office.database.folder, ACCOUNT, SENTENCE) == office.account.id
    assert {line.text() for line in (old, first, second)} == {""}


@pytest.mark.parametrize("digits", ["123", "1234567", "1111", "4321", "12a4", "", "１２５８"])
def test_a_short_code_must_be_digits_that_are_no_row(digits: str) -> None:
    with pytest.raises(InvalidInput):
        ShortCode.of(digits, CHEAP)
