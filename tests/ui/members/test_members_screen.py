"""会员: the list, acts on those chosen, letters that wait, dues and counts, by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.member import State
from organizer.domain.member_filter import MemberFilter
from organizer.domain.signup import Typed
from organizer.services.members import act_checking, dues_keeping, signup, transferring
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.store import members
from organizer.ui.actions import check_table
from organizer.ui.members.screen import DUES, EIGHT, LIST, TRANSFERS, MembersScreen
from organizer.ui.people.screen import PeopleScreen
from organizer.ui.session import Session
from tests.support.joiners import WITH_ID, approve, join
from tests.support.sitting import acting_as, show

LONG = "阿卜杜热合曼·麦麦提吐尔逊·艾力买买提·阿不都热西提"


@pytest.fixture
def joined(session: Session) -> list[bytes]:
    return join(session.workspace)


def shown(
    qtbot: QtBot, session: Session, record: object = None, width: int = 1294
) -> MembersScreen:
    made = show(qtbot, MembersScreen(session), record, width)
    qtbot.waitUntil(lambda: made.list.model.rowCount() > 0 or not made.list.table.isVisible())
    return made


def names(screen: MembersScreen) -> list[str]:
    model = screen.list.model
    return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]


def state(session: Session, membership: bytes) -> str:
    found = session.workspace.database.read(lambda c: members.membership_by_id(c, membership))
    assert found is not None
    return found.record.text("state")


def listed(qtbot: QtBot, screen: MembersScreen, wanted: list[str]) -> None:
    qtbot.waitUntil(lambda: names(screen) == wanted)


def typed(qtbot: QtBot, *words: str) -> None:
    """Fill the field with the cursor as an input method does, Enter after each."""
    for text in words:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        focused.setText(text)
        qtbot.keyClick(focused, Qt.Key.Key_Return)


def undone(qtbot: QtBot, screen: MembersScreen, act: Callable[[], None]) -> tuple[str, object]:
    with qtbot.waitSignal(screen.offer) as offered:
        act()
    said, undo = offered.args
    return said, undo


def test_a_person_is_found_and_opened_by_keyboard(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    screen = shown(qtbot, session)
    everybody = [name for name, *_rest in reversed(WITH_ID)]
    listed(qtbot, screen, everybody)
    assert QApplication.focusWidget() is screen.list.filter_bar.line
    qtbot.keyClicks(QApplication.focusWidget(), "zht")
    listed(qtbot, screen, [WITH_ID[0][0]])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is screen.list.table
    qtbot.keyClick(screen.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert WITH_ID[0][0] in copied and WITH_ID[0][1] not in copied
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(screen.list.table, Qt.Key.Key_Return)
    assert gone.args[0] == "people"
    screen.list.table.keyboardSearch("谁")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 0)
    clear = screen.findChild(QPushButton, "clear-filter")
    assert clear is not None and clear.isVisible()
    clear.click()
    listed(qtbot, screen, everybody)


def test_several_are_kept_with_one_form_and_taken_back(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    screen = shown(qtbot, session)
    listed(qtbot, screen, [name for name, *_rest in reversed(WITH_ID)])
    screen.list.table.setFocus()
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Home)
    qtbot.keyClick(screen.list.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    menu = screen.list.acts_menu()
    (keep,) = [one for one in menu.actions() if "保留会籍" in one.text()]
    assert keep.text().startswith("&4")
    keep.trigger()
    qtbot.waitUntil(lambda: screen.list.form is not None)
    form = screen.list.form
    assert form is not None
    qtbot.waitUntil(lambda: "对象" in form.preview.text())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.fields[0].line)
    assert WITH_ID[1][0] in form.preview.text() and WITH_ID[2][0] in form.preview.text()
    # A day that is still to come is refused at its field, and nothing is lost.
    qtbot.keyClicks(form.fields[0].line, "4")
    typed(qtbot, "样工〔2026〕5号", "样例说明", f"{session.workspace.today.year + 1}-01-01")
    on = form.fields[-1]
    qtbot.waitUntil(lambda: "还没有到" in on.line.accessibleDescription())
    assert {state(session, row) for row in joined} == {State.TEMPORARY}
    assert form.fields[1].text == "样工〔2026〕5号"
    on.set_text("")
    said, undo = undone(qtbot, screen, form.confirm)
    assert "2 人" in said
    kept = [state(session, row) for row in joined]
    assert kept == [State.TEMPORARY, State.KEPT, State.KEPT]
    assert callable(undo)
    with qtbot.waitSignal(screen.say):
        undo()
    assert {state(session, row) for row in joined} == {State.TEMPORARY}


def test_who_cannot_is_told_beforehand(qtbot: QtBot, session: Session, joined: list[bytes]) -> None:
    screen = shown(qtbot, session, (joined[0], "resume", WITH_ID[0][0]))
    qtbot.waitUntil(lambda: screen.list.form is not None)
    form = screen.list.form
    assert form is not None
    qtbot.waitUntil(lambda: "不能办" in form.problem.text())
    with qtbot.waitSignal(screen.back):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert screen.list.form is None


def test_a_letter_goes_out_and_its_receipt_comes(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    screen = shown(qtbot, session, (joined[0], "send", WITH_ID[0][0]))
    qtbot.waitUntil(lambda: screen.list.form is not None)
    form = screen.list.form
    assert form is not None
    form.confirm()
    to = form.fields[0]
    qtbot.waitUntil(lambda: "对方工会" in to.line.accessibleDescription())
    to.line.setText("大连样例联合工会委员会")
    said, _undo = undone(qtbot, screen, form.confirm)
    assert "等对方的回执" in said
    screen.show_page(TRANSFERS)
    qtbot.waitUntil(lambda: screen.transfers.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: "1 人等回执" in screen.transfers.summary.text())
    screen.begin("confirm")
    qtbot.waitUntil(lambda: screen.list.form is screen.list.forms["confirm"])
    undone(qtbot, screen, screen.list.forms["confirm"].confirm)
    assert state(session, joined[0]) == State.MOVED
    screen.show_page(TRANSFERS)
    qtbot.waitUntil(lambda: not screen.transfers.table.isVisible())


def test_somebody_comes_with_a_letter(qtbot: QtBot, session: Session) -> None:
    screen = shown(qtbot, session)
    screen.receive()
    form = screen.list.form
    assert form is screen.list.forms["receive"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.fields[0].line)
    typed(qtbot, "样远来", "", "19900838868")
    form.confirm()
    qtbot.waitUntil(lambda: "从哪个工会" in form.fields[3].line.accessibleDescription())
    form.fields[3].line.setText("大连样例联合工会委员会")
    form.fields[4].line.setText("样例快递站")
    said, _undo = undone(qtbot, screen, form.confirm)
    assert "样远来" in said
    listed(qtbot, screen, ["样远来"])


def test_dues_are_worked_out_and_those_behind_listed(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    year = session.workspace.today.year - 1
    dues_keeping.pay(session.workspace, joined[:1], f"{year}-01")
    screen = shown(qtbot, session, "dues")
    assert screen._pages.currentIndex() == DUES
    qtbot.keyClicks(screen.dues.wage.line, "5538.5")
    assert "27.65" in screen.dues.answer.text()
    qtbot.keyClicks(screen.dues.wage.line, "x")
    assert screen.dues.answer.text() == "" and screen.dues.wage.line.accessibleDescription()
    qtbot.waitUntil(lambda: screen.dues.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: "不会自动退会" in screen.dues.summary.text())


def test_members_are_counted_by_union_and_by_place(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    courier = Typed("样快递", phone="19900838869", coded={"group_code": "H2"})
    row = signup.sign_up(session.workspace, SignupOrder(courier, workplace="样例快递站"))
    approve(session.workspace, [row.membership])
    screen = shown(qtbot, session, "groups")
    page = screen.counts[0]
    assert screen._pages.currentIndex() == EIGHT
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    cells = [str(page.table.rows.index(0, at).data()) for at in range(7)]
    assert cells[:5] == ["合计", "4", "2", "0", "1"] and cells[6] == "1"
    page.choose("place")
    qtbot.waitUntil(lambda: str(page.table.rows.index(1, 0).data()) == "工人村街道")


def test_another_screen_leads_to_a_filtered_list(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    transferring.send(session.workspace, joined[0], "大连样例联合工会委员会", Letter())
    screen = shown(qtbot, session, MemberFilter(state=State.MOVING))
    listed(qtbot, screen, [WITH_ID[0][0]])
    assert screen._pages.currentIndex() == LIST


def test_who_may_only_look_is_offered_no_act(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    with acting_as(session, Role.AUDITOR):
        screen = shown(qtbot, session)
        assert screen.list.acts.isHidden()
        check_table(screen.actions_table())
        people = show(qtbot, PeopleScreen(session))
        check_table(people.actions_table())


def test_an_empty_office_is_told_where_to_begin(qtbot: QtBot, session: Session) -> None:
    screen = shown(qtbot, session)
    qtbot.waitUntil(lambda: screen.list._empty.isVisible())
    for page in (TRANSFERS, DUES, EIGHT):
        screen.show_page(page)
        table = screen._current()
        qtbot.waitUntil(lambda table=table: table._empty.isVisible())


def test_the_person_leads_to_the_form_of_an_act(
    qtbot: QtBot, session: Session, joined: list[bytes]
) -> None:
    found = session.workspace.database.read(lambda c: members.membership_by_id(c, joined[0]))
    assert found is not None
    page = show(qtbot, PeopleScreen(session), found.person.id)
    qtbot.waitUntil(lambda: page.card is not None)
    acts = act_checking.acts_of(session.workspace, joined[0])
    first, *others = page.acts_menu(acts, joined[0], WITH_ID[0][0]).actions()
    assert first.text() == "&1  转出" and all("恢复" not in one.text() for one in others)
    with qtbot.waitSignal(page.go) as gone:
        first.trigger()
    assert gone.args == ["members", (joined[0], "send", WITH_ID[0][0])]


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.0, 800), (1.75, 1240)])
def test_nothing_is_wider_than_the_window(
    qtbot: QtBot, session: Session, scale: float, width: int
) -> None:
    order = SignupOrder(Typed(LONG, phone="19900838870"), workplace="单" * 40)
    row = signup.sign_up(session.workspace, order).membership
    session.theme.choose(scale=scale)
    screen = shown(qtbot, session, (row, "send", LONG), width)
    assert screen.minimumSizeHint().width() <= width
    screen.list.leave_form()
    for page in (LIST, TRANSFERS, DUES, EIGHT):
        screen.show_page(page)
        assert screen.minimumSizeHint().width() <= width
