"""证件后补: the record opens filled in, the number is typed, saved as an edit; nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.signup import Typed
from organizer.services import drafting, finding, undoing
from organizer.services.members import amending
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.ui.session import Session
from organizer.ui.shell.window import Window
from organizer.ui.signup.amend_page import AmendPage
from organizer.ui.signup.screen import LACKING, SignupScreen
from tests.support.joiners import approve
from tests.ui.signup.conftest import EMPLOYER, ID_NUMBER, PHONE, Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def later(session: Session) -> bytes:
    """The membership of somebody who joined without an id number."""
    employer = finding.employer_by_name(session.workspace, EMPLOYER)
    typed = Typed("孙长林", phone="19900838865", coded={"ethnic": "01"}, born_on="1980-05-06")
    order = SignupOrder(typed, employer=employer, position="保洁员")
    return signing_up.sign_up(session.workspace, order).membership


def opened(qtbot: QtBot, screen: SignupScreen, record: bytes) -> AmendPage:
    """The page of a record, ready to be typed in."""
    screen.arrive(record)
    qtbot.waitUntil(lambda: screen.amend is not None and screen.amend.form.isEnabled())
    page = screen.amend
    assert page is not None
    qtbot.waitUntil(lambda: page.form.isAncestorOf(QApplication.focusWidget()))
    return page


def numbers(session: Session) -> list[int]:
    return amending.lacking_numbers(session.workspace)


def test_the_record_is_completed_with_one_field(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    page = opened(qtbot, screen, later)
    form = page.form
    assert form.id_number.line.hasFocus() and form.id_number.text == ""
    assert (form.name.text, form.phone.text) == ("孙长林", "199 0083 8865")
    assert (form.employer.text, form.coded["ethnic"].value) == (EMPLOYER, "01")
    assert form.position.text == "保洁员" and form.union.text != ""
    assert not form.employer.isEnabled() and not form.union.isEnabled()
    hands.data(ID_NUMBER)
    qtbot.waitUntil(lambda: "1995年8月17日" in form.id_number.line.accessibleDescription())
    with qtbot.waitSignal(screen.offer) as told, qtbot.waitSignal(screen.back):
        hands.save()
    said, take_back = told.args
    assert said == "已补录孙长林的证件号"
    assert screen.amend is None and numbers(session) == []
    (hit,) = finding.find(session.workspace, ID_NUMBER[-6:])
    assert (hit.table, hit.name) == ("person", "孙长林")
    take_back()
    qtbot.waitUntil(lambda: len(numbers(session)) == 1)


def test_a_number_of_somebody_else_stops_it_and_nothing_is_lost(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    taken = signing_up.sign_up(session.workspace, SignupOrder(Typed("王龚", ID_NUMBER, PHONE)))
    approve(session.workspace, [taken.membership])
    page = opened(qtbot, screen, later)
    hands.data(ID_NUMBER)
    qtbot.waitUntil(lambda: "转入" in page.form.banner.text())
    hands.save()
    qtbot.waitUntil(lambda: not page._saving)
    assert screen.amend is page and "转入" in page.form.banner.text()
    assert page.form.banner.isVisible()
    assert page.form.order().typed.id_number == ID_NUMBER
    assert len(numbers(session)) == 1
    # Esc leaves; what was typed is there again.
    with qtbot.waitSignal(screen.back):
        hands.press(Key.Key_Escape)
    again = opened(qtbot, screen, later)
    assert again.form.order().typed.id_number == ID_NUMBER


def test_looking_at_a_record_leaves_no_draft_behind(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    page = opened(qtbot, screen, later)
    hands.enter()
    hands.enter()
    hands.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.amend is None)
    assert drafting.resume(session.workspace, page.draft_name) is None


def test_a_half_typed_sign_up_stays_while_a_record_is_completed(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    hands.data("2199001")
    page = opened(qtbot, screen, later)
    assert page.form.id_number.text == ""
    hands.data(ID_NUMBER)
    with qtbot.waitSignal(screen.offer):
        hands.save()
    assert screen.page.form.id_number.text == "2199001"
    kept = drafting.resume(session.workspace, screen.page.draft_name)
    assert kept is not None and kept.values["id_number"] == "2199001"


def test_the_list_leads_to_the_record_and_back(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    screen.arrive(LACKING)
    people = screen.lacking
    assert people is not None
    qtbot.waitUntil(lambda: people.model.rowCount() == 1 and people.model.id_at(0) is not None)
    assert people.model.index(0, 0).data() == "孙长林"
    hands.enter()
    qtbot.waitUntil(lambda: screen.amend is not None and screen.amend.form.isEnabled())
    page = screen.amend
    assert page is not None
    qtbot.waitUntil(page.form.id_number.line.hasFocus)
    with qtbot.assertNotEmitted(screen.back):
        hands.data(ID_NUMBER)
        with qtbot.waitSignal(screen.offer):
            hands.save()
    qtbot.waitUntil(lambda: people.model.rowCount() == 0)
    assert people.isVisible()


def test_a_wrong_number_stands_at_its_field(
    screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    page = opened(qtbot, screen, later)
    hands.save()
    assert "身份证号还没有填" in page.form.id_number.line.accessibleDescription()
    hands.data("219900199508173227")
    hands.save()
    qtbot.waitUntil(lambda: "校验" in page.form.id_number.line.accessibleDescription())
    assert len(numbers(session)) == 1


def test_somebody_is_signed_up_at_the_unit_one_came_from(
    screen: SignupScreen, session: Session, hands: Hands, qtbot: QtBot
) -> None:
    employer = finding.employer_by_name(session.workspace, EMPLOYER)
    assert employer is not None
    screen.arrive(employer)
    qtbot.waitUntil(lambda: screen.page.form.employer.value == employer)
    assert screen.page.form.employer.text == EMPLOYER and screen.amend is None
    qtbot.waitUntil(screen.page.form.id_number.line.hasFocus)


def test_the_window_takes_the_edit_back(
    window: Window, screen: SignupScreen, session: Session, later: bytes, hands: Hands, qtbot: QtBot
) -> None:
    page = opened(qtbot, screen, later)
    hands.data(ID_NUMBER)
    with qtbot.waitSignal(page.saved):
        hands.save()
    qtbot.waitUntil(lambda: numbers(session) == [])
    window.undo()
    qtbot.waitUntil(lambda: len(numbers(session)) == 1)
    assert undoing.bring_back(session.workspace).step == "person.edit"
