"""One person from the first key to the next, counted by the window's own key events; and what comes
between: a member of another union, somebody without papers, a hand on the screen."""

import time

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.consent import Purpose
from organizer.domain.member import Act, State
from organizer.domain.signup import Typed
from organizer.services import drafting, finding
from organizer.services.members import changing, consenting, person_card, transferring
from organizer.services.members import signup as signing_up
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.ui.session import Session
from organizer.ui.signup.page import SCREEN, SignupPage
from tests.support.joiners import approve
from tests.ui.signup.conftest import EMPLOYER, ID_NUMBER, LETTERS, PHONE, Hands

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NAME, POSITION = "王龚", "站点分拣"
MOST_KEYS = 12


class KeyCounter(QObject):
    """Counts every key that goes down anywhere in the program, whoever pressed it."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and watched.isWidgetType()
            and watched is QApplication.focusWidget()
        ):
            self.pressed += 1
        return False

    def stop(self) -> None:
        """Count no more."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]


def membership(workspace: Workspace, row: bytes) -> members.Membership:
    found = workspace.database.read(lambda c: members.membership_by_id(c, row))
    assert found is not None
    return found


def member(workspace: Workspace, name: str = NAME, number: str = ID_NUMBER) -> bytes:
    typed = Typed(name, number, "19900000009")
    made = signing_up.sign_up(workspace, SignupOrder(typed, workplace="样例商行"))
    approve(workspace, [made.membership])
    return made.membership


def test_a_whole_person_takes_at_most_twelve_keys_beyond_the_data_and_no_minute(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    counter, began = KeyCounter(), time.monotonic()
    data = 0
    try:
        for text, keyed in ((ID_NUMBER, True), (NAME, False), (PHONE, True), (LETTERS, True)):
            if keyed:
                hands.data(text)
                data += len(text)
            else:
                hands.hanzi(text)
            hands.enter()
        qtbot.waitUntil(page.form.coded["ethnic"].line.hasFocus)
        for digit in (1, 4, 1, 2, 2, 1):
            hands.digit(digit)
        hands.hanzi(POSITION)
        qtbot.waitUntil(lambda: "社区" in page.form.union.text)
        hands.save()
        qtbot.waitUntil(lambda: page.sitting.people == 1)
    finally:
        counter.stop()
    beyond = counter.pressed - data
    assert hands.keys - 1 <= beyond <= MOST_KEYS, (counter.pressed, data)
    assert time.monotonic() - began < 60
    (row,) = signing_up.waiting(session.workspace)
    made = membership(session.workspace, row)
    # What the number says is there without a key, and so are the consents.
    assert made.person.text("native_place") == "辽宁省"
    lines = consenting.lines(session.workspace, made.person.id)
    assert all(line.stands for line in lines) and len(lines) == 3


def test_a_member_of_another_union_is_transferred_right_here(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    row = member(session.workspace)
    hands.data(ID_NUMBER)
    qtbot.waitUntil(lambda: "Ctrl+R" in page.form.banner.text())
    hands.enter()
    hands.hanzi(NAME)
    hands.enter()
    hands.data(PHONE)
    hands.enter()
    hands.data(LETTERS)
    hands.enter()
    qtbot.waitUntil(lambda: "社区" in page.form.union.text)
    hands.press(Key.Key_R, CONTROL)
    form = page.form
    assert form.letter_no.isVisible() and not form.from_union.isVisible()
    assert not form.applied_on.isVisible()
    assert "Ctrl+Enter 转入" in form.banner.text()
    form.paid_until.line.setFocus()
    hands.data("2026-13")
    hands.save()
    qtbot.waitUntil(lambda: "月份" in form.paid_until.line.accessibleDescription())
    assert form.name.text == NAME, "nothing is lost"
    form.paid_until.line.selectAll()
    hands.data("2026-01")
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    assert membership(session.workspace, row).record.text("state") == State.MOVED
    card = person_card.card(session.workspace, membership(session.workspace, row).person.id)
    assert card.current is not None and "社区" in card.current.union_name
    assert card.current.workplace == EMPLOYER and "转入" in page._state.text()
    assert not form.transfer and form.applied_on.isVisible()
    # A kept one is offered the same; saving twice is enough, without the key.
    changing.change(session.workspace, [card.current.membership], ChangeOrder(Act.KEEP, "3"))
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi(NAME)
    qtbot.waitUntil(lambda: "会籍保留" in form.banner.text())
    hands.save()
    qtbot.waitUntil(lambda: "恢复" in form.banner.text())
    qtbot.waitUntil(lambda: not page._saving)
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 2)
    card = person_card.card(session.workspace, card.id)
    assert card.current is not None and card.current.code == State.FULL
    assert signing_up.waiting(session.workspace) == []


def test_who_brings_a_letter_is_taken_in_and_the_letter_is_kept_as_a_draft(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.press(Key.Key_R, CONTROL)
    form = page.form
    assert form.from_union.line.hasFocus() and "持介绍信" in form.banner.text()
    hands.hanzi("样例市产业工会")
    hands.enter()
    hands.hanzi("样转 7 号")
    hands.enter()
    hands.data("2026-01")
    hands.enter()
    hands.data(ID_NUMBER)
    hands.enter()
    page.drafts.flush()

    def kept() -> bool:
        draft = drafting.resume(session.workspace, SCREEN)
        return draft is not None and draft.values.get("from_union") == "样例市产业工会"

    qtbot.waitUntil(kept)
    hands.hanzi(NAME)
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    assert signing_up.waiting(session.workspace) == []
    assert transferring.under_way(session.workspace) == []
    (hit,) = finding.find(session.workspace, ID_NUMBER[-6:], table="person")
    card = person_card.card(session.workspace, hit.id)
    assert card.current is not None and card.current.code == State.FULL


def test_without_papers_the_station_is_asked_for_and_a_child_stays_a_draft(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    form = page.form
    hands.press(Key.Key_B, CONTROL)
    assert "报送时会单独列出" in form.banner.text()
    hands.data("2015-8-17")
    hands.enter()
    hands.digit(2)
    hands.hanzi("王小样")
    hands.enter()
    hands.data(PHONE)
    hands.save()
    qtbot.waitUntil(lambda: "站点" in form.station.line.accessibleDescription())
    qtbot.waitUntil(form.station.line.hasFocus)
    hands.hanzi("铁西二站")
    hands.save()
    qtbot.waitUntil(lambda: "童工" in form.born_on.line.accessibleDescription())
    # The refusal of the save leads there; the check while typing only tells.
    qtbot.waitUntil(form.born_on.line.hasFocus)
    assert finding.find(session.workspace, "王小样") == []
    page.drafts.flush()

    def kept() -> bool:
        draft = drafting.resume(session.workspace, SCREEN)
        return draft is not None and draft.values.get("station") == "铁西二站"

    qtbot.waitUntil(kept)
    form.born_on.line.setFocus()
    form.born_on.line.selectAll()
    hands.data("1995-8-17")
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    (row,) = signing_up.waiting(session.workspace)
    assert membership(session.workspace, row).person.text("station") == "铁西二站"


def test_consents_are_declined_one_by_one_and_signed_where_the_office_allows(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    form = page.form
    part = form.consents
    assert not part._sign.isVisible(), "off until the office turns it on"
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi(NAME)
    part.boxes[Purpose.PASS_ON].click()
    part.allow_signing(True)
    part.show_pad()
    qtbot.waitUntil(part.pad.isVisible)
    qtbot.mousePress(part.pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseMove(part.pad, QPoint(120, 60))
    qtbot.mouseRelease(part.pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 60))
    form.name.line.setFocus()
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    (row,) = signing_up.waiting(session.workspace)
    told = {
        line.purpose: line.told
        for line in consenting.lines(
            session.workspace, membership(session.workspace, row).person.id
        )
    }
    assert "没有同意" in told[Purpose.PASS_ON]
    assert part.boxes[Purpose.PASS_ON].isChecked() and not part.pad.is_signed, "the next person"
    # Whoever does not agree to the number joins without it.
    part.boxes[Purpose.ID_NUMBER].click()
    assert form.later and "不能录入省平台" in form.banner.text()
