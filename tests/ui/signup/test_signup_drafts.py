import subprocess
import sys
from datetime import date
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.dates import parse_date
from organizer.domain.signup import Typed
from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.members import erasing
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.signup.page import SCREEN, SignupPage
from organizer.ui.signup.screen import SignupScreen
from organizer.ui.theme import Theme
from tests.support.offices import Template, copy_office, open_office
from tests.support.sitting import acting_as
from tests.ui.conftest import RecordingBar
from tests.ui.signup.conftest import EMPLOYER, ID_NUMBER, LETTERS, PHONE, Hands

# Types half a person and waits to be killed; says so once the draft is in the file.
HALF_A_PERSON = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtCore import QTimer, Qt
from PySide6.QtWidgets import QApplication, QWidget
from organizer.services import drafting
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.signup.screen import SignupScreen
from organizer.ui.theme import Theme
from tests.support.offices import open_office

app = QApplication([])
workspace = open_office(Path(sys.argv[1]))
notices = Notices(None, QWidget(), sys.exit)
session = Session(workspace, Runner(notices.present), Theme(app), notices)
screen = SignupScreen(session)
screen.show()
screen.activateWindow()
form = screen.page.form

def type_half():
    if not form.isEnabled() or not form.id_number.line.hasFocus():
        return
    begin.stop()
    QTest.keyClicks(form.id_number.line, sys.argv[2])
    QTest.keyClick(form.id_number.line, Qt.Key.Key_Return)
    QTest.keyClicks(form.name.line, "Li")
    QTest.keyClick(form.name.line, Qt.Key.Key_Return)
    QTest.keyClicks(form.phone.line, "1380")

def look():
    draft = drafting.resume(workspace, "signup")
    if draft and draft.values["phone"] == "1380" and draft.focus == "phone":
        print("half typed", flush=True)

begin, see = QTimer(), QTimer()
begin.timeout.connect(type_half)
see.timeout.connect(look)
begin.start(20)
see.start(100)
app.exec()
"""


def kept(session: Session) -> Draft:
    return drafting.resume(session.workspace, SCREEN) or Draft()


def new_page(session: Session, qtbot: QtBot) -> SignupPage:
    made = SignupPage(session)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.form.isEnabled)
    return made


def test_a_draft_comes_back_at_the_same_field_and_goes_with_the_save(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    hands.enter()
    hands.data(PHONE)
    hands.enter()
    hands.data(LETTERS)
    hands.enter()
    qtbot.waitUntil(page.form.coded["ethnic"].line.hasFocus)
    hands.digit(2)
    qtbot.waitUntil(lambda: kept(session).focus == "education")
    qtbot.waitUntil(lambda: kept(session).values.get("ethnic") == "11")
    again = new_page(session, qtbot)
    qtbot.waitUntil(again.form.coded["education"].line.hasFocus)
    order = again.form.order()
    assert (order.typed.name, order.typed.id_number, order.typed.phone) == (
        "王龚",
        ID_NUMBER,
        PHONE,
    )
    assert order.typed.coded == {"ethnic": "11"}
    assert order.workplace == EMPLOYER and order.employer == page.form.employer.value
    again.save()
    qtbot.waitUntil(lambda: again.sitting.people == 1)
    qtbot.waitUntil(lambda: kept(session).values.get("name", "") == "")
    shiboken6.delete(again)


def test_a_draft_without_an_id_number_comes_back_without(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    hands.data("1995-8-17")
    hands.enter()
    qtbot.waitUntil(lambda: kept(session).focus == "sex")
    again = new_page(session, qtbot)
    qtbot.waitUntil(again.form.sex.line.hasFocus)
    typed = again.form.order().typed
    assert again.form.later and parse_date(typed.born_on) == date(1995, 8, 17)
    shiboken6.delete(again)


def test_a_killed_program_reopens_at_the_same_field(
    listed_template: Template, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    folder = tmp_path / "killed"
    copy_office(listed_template.root, folder)
    script = [sys.executable, "-c", HALF_A_PERSON, str(folder), ID_NUMBER]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "half typed"
        program.kill()
    workspace, theme, owner = open_office(folder), Theme(qapp, 1.0, "light"), QWidget()
    failures: list[BaseException] = []
    notices = Notices(RecordingBar(), owner, failures.append)
    runner = Runner(notices.present)
    try:
        again = new_page(Session(workspace, runner, theme, notices), qtbot)
        qtbot.waitUntil(again.form.phone.line.hasFocus)
        typed = again.form.order().typed
        assert (typed.id_number, typed.name, typed.phone) == (ID_NUMBER, "Li", "1380")
        shiboken6.delete(again)
    finally:
        runner.shut_down()
        shiboken6.delete(runner)
        workspace.close()
        shiboken6.delete(theme)
    assert failures == []


def test_an_erased_person_is_in_no_draft(session: Session) -> None:
    workspace = session.workspace
    made = signing_up.sign_up(workspace, SignupOrder(Typed("王龚", ID_NUMBER)))
    drafting.keep(workspace, SCREEN, Draft({"name": "王龚", "phone": ""}, "phone"))
    erasing.erase_person(workspace, made.person, "本人要求")
    assert drafting.resume(workspace, SCREEN) is None


def test_nothing_typed_is_no_draft(session: Session) -> None:
    drafting.keep(session.workspace, SCREEN, Draft({"name": "王"}, "name"))
    drafting.keep(session.workspace, SCREEN, Draft({"name": ""}, "name"))
    assert drafting.resume(session.workspace, SCREEN) is None


def test_who_may_not_sign_up_reads_so_on_the_form(
    qtbot: QtBot, session: Session, bar: RecordingBar
) -> None:
    with acting_as(session, Role.AUDITOR):
        screen = SignupScreen(session)
        qtbot.addWidget(screen)
        screen.show()
        screen.arrive()
        qtbot.waitUntil(lambda: "没有这项权限" in screen.page.form.banner.text())
        assert not any(part.isEnabled() for part in screen.findChildren(QLineEdit))
        screen.run_main()
        assert bar.said == []
