"""Below the form: who was signed up today, opened and put right with two keys."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.signup import Typed
from organizer.services import finding
from organizer.services.members import amending, approving
from organizer.services.members import signup as signing_up
from organizer.services.members.amending import Mending
from organizer.services.members.signup import SignupOrder
from organizer.ui.session import Session
from organizer.ui.signup.screen import LACKING, SignupScreen
from organizer.ui.theme import Theme
from tests.support import eyes
from tests.support.model_watch import watch
from tests.ui.signup.conftest import EMPLOYER, ID_NUMBER, PHONE, Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def join(session: Session, name: str, id_number: str = "", born_on: str = "") -> bytes:
    employer = finding.employer_by_name(session.workspace, EMPLOYER)
    coded = {"sex": "1"} if born_on else {}
    typed = Typed(name, id_number=id_number, phone=PHONE, coded=coded, born_on=born_on)
    return signing_up.sign_up(session.workspace, SignupOrder(typed, employer=employer)).membership


def test_who_was_just_signed_up_is_opened_and_put_right_without_a_mouse(
    screen: SignupScreen, session: Session, hands: Hands, qtbot: QtBot
) -> None:
    watch(screen.today.table.model())
    assert "今天登记的人会列在这里" in eyes.read(screen.today)
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    hands.save()
    qtbot.waitUntil(lambda: "今天登记 1 人" in eyes.read(screen.today))
    # The rows are asked for once they are seen.
    qtbot.waitUntil(lambda: "王龚" in eyes.read(screen.today))
    assert ID_NUMBER not in eyes.read(screen.today)
    hands.press(Key.Key_G, CONTROL)
    hands.press(Key.Key_Escape)
    qtbot.waitUntil(screen.page.form.id_number.line.hasFocus)
    hands.press(Key.Key_G, CONTROL)
    hands.enter()
    qtbot.waitUntil(lambda: screen.amend is not None and screen.amend.form.isEnabled())
    page = screen.amend
    assert page is not None and page.form.name.text == "王龚"
    hands.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.amend is None)


def test_nobody_of_yesterday_is_listed(session: Session) -> None:
    join(session, "孙长林", born_on="1980-05-06")
    assert [one.name for one in approving.signed_today(session.workspace)] == ["孙长林"]
    membership = approving.signed_today(session.workspace)[0].membership
    yesterday = date.fromordinal(session.workspace.today.toordinal() - 1).isoformat()
    session.workspace.database.write(
        session.workspace.intent("membership.edit"),
        lambda write: write.set("membership", membership, {"applied_on": yesterday}),
    )
    assert approving.signed_today(session.workspace) == []


def test_one_is_led_to_the_field_that_keeps_somebody_off(
    screen: SignupScreen, session: Session, qtbot: QtBot
) -> None:
    membership = join(session, "王龚", ID_NUMBER)
    screen.arrive(Mending(membership, ("skill_level", "education", "name")))
    qtbot.waitUntil(lambda: screen.amend is not None and screen.amend.form.isEnabled())
    page = screen.amend
    assert page is not None
    qtbot.waitUntil(lambda: page.form.isAncestorOf(QApplication.focusWidget()))
    assert page.form.coded["education"].line.hasFocus()


def test_at_the_largest_type_names_stay_whole_and_the_cursor_is_in_view(
    screen: SignupScreen, session: Session, hands: Hands, qtbot: QtBot
) -> None:
    join(session, "孙长林", born_on="1980-05-06")
    theme: Theme = session.theme
    theme.choose(scale=1.75)
    screen.window().resize(1366, 768)
    last = screen.page.form.position
    last.setFocus()
    area = screen.page._area.viewport()
    there = last.mapTo(area, last.rect().bottomRight())
    assert area.rect().contains(there)
    screen.arrive(LACKING)
    people = screen.lacking
    assert people is not None
    qtbot.waitUntil(lambda: people.model.rowCount() == 1 and people.model.id_at(0) is not None)
    columns = {one.key: number for number, one in enumerate(people.model.columns)}
    table = people.table
    assert table.isColumnHidden(columns["id_number"]) and table.isColumnHidden(
        columns["applied_on"]
    )
    room, needed = (
        table.columnWidth(columns["employer"]),
        table.fontMetrics().horizontalAdvance(EMPLOYER),
    )
    assert room > needed
    assert amending.lacking_numbers(session.workspace)
