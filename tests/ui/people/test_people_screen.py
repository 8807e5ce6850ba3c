"""人员: one person by keyboard, over a real office."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.services import finding
from organizer.services.members import signup
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from organizer.ui.people.screen import PeopleScreen
from organizer.ui.session import Session
from tests.support.sitting import show

UNIT = "沈阳样禾供应链管理有限公司"
NUMBER, PHONE = "219900199508173226", "19900070119"


@pytest.fixture
def joined(session: Session) -> SignedUp:
    employer = finding.employer_by_name(session.workspace, UNIT)
    order = SignupOrder(Typed("王样", NUMBER, PHONE, {"ethnic": "01"}), employer=employer)
    return signup.sign_up(session.workspace, order)


def shown(qtbot: QtBot, session: Session, person: bytes, width: int = 1294) -> PeopleScreen:
    made = show(qtbot, PeopleScreen(session), person, width)
    qtbot.waitUntil(lambda: made.card is not None)
    return made


def texts(screen: PeopleScreen) -> str:
    parts = [*screen.findChildren(QLabel), *screen.findChildren(QPushButton)]
    return "\n".join(part.text() or part.accessibleName() for part in parts if part.isVisible())


def buttons(screen: PeopleScreen) -> set[str]:
    return {one.objectName() for one in screen.findChildren(QPushButton) if one.isVisible()}


def test_an_applicant_is_approved_with_one_key(
    qtbot: QtBot, session: Session, joined: SignedUp
) -> None:
    screen = shown(qtbot, session, joined.person)
    assert all(word in texts(screen) for word in ("王样", "待审批", UNIT, "汉族", "申请入会"))
    assert NUMBER not in texts(screen) and "2199**********3226" in texts(screen)
    assert QApplication.focusWidget().objectName() == "approve"
    with qtbot.waitSignal(screen.say) as said:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said.args == ["已批准王样入会"]
    qtbot.waitUntil(lambda: "临时会员" in texts(screen) and "approve" not in buttons(screen))
    qtbot.waitUntil(lambda: "会籍由待审批变为临时会员" in texts(screen))


def test_numbers_are_shown_on_demand_and_masked_on_leaving(
    qtbot: QtBot, session: Session, joined: SignedUp
) -> None:
    screen = shown(qtbot, session, joined.person)
    screen.reveal()
    qtbot.waitUntil(lambda: NUMBER in texts(screen) and PHONE in texts(screen))
    screen.leave()
    assert NUMBER not in texts(screen) and PHONE not in texts(screen)


def test_the_next_thing_to_do_leads_there(qtbot: QtBot, session: Session, joined: SignedUp) -> None:
    employer = finding.employer_by_name(session.workspace, UNIT)
    without = signup.sign_up(session.workspace, SignupOrder(Typed("孙样", phone="19900838865")))
    screen = shown(qtbot, session, without.person)
    assert {"amend", "print", "approve"} <= buttons(screen) and "补证件号" in texts(screen)
    with qtbot.waitSignal(screen.go) as gone:
        screen.amend()
    assert gone.args == ["signup", without.membership]
    screen.arrive(joined.person)
    qtbot.waitUntil(lambda: "更正资料" in texts(screen))
    with qtbot.waitSignal(screen.go) as gone:
        screen.open_unit()
    assert gone.args == ["employers", employer]
    with qtbot.waitSignal(screen.back):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_who_may_only_look_is_offered_nothing(
    qtbot: QtBot, session: Session, joined: SignedUp
) -> None:
    workspace = session.workspace
    account: Account = replace(workspace.account, role=Role.AUDITOR)
    session.workspace = Workspace(workspace.database, account, workspace.office)
    screen = shown(qtbot, session, joined.person)
    assert buttons(screen) == {"back", "open-unit"}
    screen.approve()
    screen.amend()
    screen.reveal()
    assert "2199**********3226" in texts(screen)
    session.workspace = workspace


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.75, 1240), (1.75, 700)])
def test_nothing_scrolls_sideways(qtbot: QtBot, session: Session, scale: float, width: int) -> None:
    name = "阿卜杜热合曼·麦麦提吐尔逊·艾力买买提·阿不都热西提"
    made = signup.sign_up(
        session.workspace,
        SignupOrder(
            Typed(name, phone=PHONE),
            employer=finding.employer_by_name(session.workspace, UNIT),
            workplace="单" * 60,
        ),
    )
    session.theme.choose(scale=scale)
    screen = shown(qtbot, session, made.person, width)
    area = screen.findChild(QScrollArea)
    assert area is not None and area.widget() is not None
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    assert screen.minimumSizeHint().width() <= width
