"""同意 on a person's page: taken back with its meaning read first, undone, told upward, given anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Purpose
from organizer.domain.signup import Typed
from organizer.services.members import consenting, signup
from organizer.services.members.signup import SignupOrder
from organizer.ui.people.consents import ConsentBlock
from organizer.ui.people.screen import PeopleScreen
from organizer.ui.session import Session
from tests.support.joiners import approve
from tests.support.sitting import show

NUMBER, PHONE = "219900199508173226", "13800245678"
PASS_ON = Purpose.PASS_ON


def block(qtbot: QtBot, screen: PeopleScreen) -> ConsentBlock:
    """The block with its lines read."""
    qtbot.waitUntil(lambda: screen.consents is not None and bool(screen.consents.boxes))
    assert screen.consents is not None
    return screen.consents


def press(part: ConsentBlock, name: str) -> None:
    found = part.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def words(part: ConsentBlock) -> str:
    return " ".join(one.text() for one in part.findChildren(QLabel))


def test_a_consent_is_taken_back_here_and_the_membership_stays(
    session: Session, qtbot: QtBot
) -> None:
    made = signup.sign_up(session.workspace, SignupOrder(Typed("王样", NUMBER, PHONE)))
    approve(session.workspace, [made.membership])
    screen = show(qtbot, PeopleScreen(session), made.person)
    part = block(qtbot, screen)
    assert "纸面签字" in words(part) and "辽宁省总工会" in words(part)
    screen.withdraw_consent()
    assert part.withdrawing.isVisible()
    # Esc puts the form away and stays on the page; nothing happened.
    with qtbot.assertNotEmitted(screen.back):
        qtbot.keyClick(part.boxes[PASS_ON], Qt.Key.Key_Escape)
    assert not part.withdrawing.isVisible()
    screen.withdraw_consent()
    press(part, "withdraw")
    qtbot.waitUntil(part.problem.isVisible)
    part.boxes[PASS_ON].click()
    assert "不是退会" in part.follows.text() and "报送批次" in part.follows.text()
    with qtbot.waitSignal(screen.offer) as told:
        press(part, "withdraw")
    said, take_back = told.args
    assert "撤回同意书" in said

    def told_as(text: str) -> bool:
        return screen.consents is not None and text in words(screen.consents)

    qtbot.waitUntil(lambda: told_as("待报上级"))
    assert screen.card is not None and screen.card.current is not None
    assert screen.card.current.active
    take_back()
    qtbot.waitUntil(lambda: not told_as("待报上级") and told_as("纸面签字"))
    consenting.withdraw(session.workspace, made.person, [PASS_ON])
    screen.arrive(made.person)
    qtbot.waitUntil(lambda: told_as("待报上级"))
    press(block(qtbot, screen), "report-withdrawal")
    qtbot.waitUntil(lambda: told_as("已报上级）"))
    press(block(qtbot, screen), "agree")
    qtbot.waitUntil(lambda: not told_as("撤回（"))
    assert all(one.stands for one in consenting.lines(session.workspace, made.person))
