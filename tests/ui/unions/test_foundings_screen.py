"""建会: the list and one founding in the window, by role, by size, and from the page of today."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.founding import Kind
from organizer.services import finding, today
from organizer.services.unions import founding, founding_card, founding_votes
from organizer.services.unions.founding import FoundingOrder, StepOrder
from organizer.services.unions.founding_votes import CandidateOrder
from organizer.ui.session import Session
from organizer.ui.unions.founding_page import UNIT, FoundingsScreen
from organizer.ui.widgets.picker import Choice
from tests.support.eyes import read
from tests.support.sitting import acting_as, show

ONE, OTHER = "沈阳样禾供应链管理有限公司", "沈阳例天家政服务有限公司"


def unit(session: Session, name: str = ONE) -> bytes:
    found = finding.employer_by_name(session.workspace, name)
    assert found is not None
    return found


def begun(session: Session, ago: int = 0) -> bytes:
    on = session.workspace.today - timedelta(ago)
    return founding.begin(session.workspace, FoundingOrder([unit(session)], on=on)).founding


def shown(qtbot: QtBot, session: Session, record: object, width: int = 1294) -> FoundingsScreen:
    screen = show(qtbot, FoundingsScreen(session), record, width)
    qtbot.waitUntil(lambda: screen.panel.card is not None)
    return screen


def offered(screen: FoundingsScreen) -> set[str]:
    names = (one.objectName() for one in screen.findChildren(QPushButton) if one.isVisible())
    return {name.removeprefix("founding-") for name in names if name.startswith("founding-")}


def test_without_any_the_screen_says_what_it_is_for_and_two_units_begin_a_joint_union(
    qtbot: QtBot, session: Session
) -> None:
    screen = show(qtbot, FoundingsScreen(session))
    qtbot.waitUntil(lambda: "还没有正在办的建会" in read(screen))
    screen.arrive((UNIT, unit(session), ONE))
    form = screen.panel.begin_form
    qtbot.waitUntil(lambda: screen.panel.form is form and form.isVisible())
    qtbot.waitUntil(form.kind.line.hasFocus)
    qtbot.keyClicks(form.kind.line, "2")
    assert form.more.isVisible() and form.more.line.hasFocus()
    # Two units that are to found a joint union have to say what it is called.
    form.more.take(Choice(unit(session, OTHER), OTHER))
    qtbot.waitUntil(lambda: OTHER in read(form))
    form.confirm()
    qtbot.waitUntil(lambda: "联合建会要写工会全称" in read(form))
    assert form.name.line.hasFocus()
    form.name.line.setText("样例街联合工会委员会")
    with qtbot.waitSignal(screen.offer) as said:
        form.confirm()
    qtbot.waitUntil(lambda: screen.panel.card is not None and screen.panel.form is None)
    assert screen.panel.card is not None
    assert [name for _id, name in screen.panel.card.units] == [ONE, OTHER]
    # What was begun is taken back from where it was said.
    said.args[1]()
    qtbot.waitUntil(lambda: "还没有正在办的建会" in read(screen))


def test_steps_are_told_in_words_and_a_step_too_early_is_a_hint(
    qtbot: QtBot, session: Session
) -> None:
    row = begun(session, 60)
    founding.tell(session.workspace, row, StepOrder("1", session.workspace.today - timedelta(50)))
    screen = shown(qtbot, session, row)
    qtbot.waitUntil(screen.panel.view.steps.hasFocus)
    assert all(word in read(screen) for word in ("已办", "已过期", "还没到", "1 / 11 步"))
    screen.panel.open_step("4")
    form = screen.panel.step_form
    qtbot.waitUntil(lambda: "“请示上级工会”还没有记" in read(form))
    form.done_on.line.setText((session.workspace.today + timedelta(1)).isoformat())
    form.confirm()
    qtbot.waitUntil(lambda: "还没有到，请改成今天" in read(form))
    assert screen.panel.form is form
    form.done_on.line.setText(session.workspace.today.isoformat())
    form.confirm()
    # Nothing stands in the way; what is odd stays to be read.
    qtbot.waitUntil(lambda: screen.panel.form is None and "漏了" in read(screen))
    qtbot.waitUntil(lambda: "先办了的请补记" in read(screen))


def test_what_is_late_waits_on_the_page_of_today(session: Session) -> None:
    begun(session, 60)
    workspace = session.workspace
    (errand,) = [one for one in today.agenda_of_today(workspace).errands if one.key == "foundings"]
    assert errand.count == 1 and errand.urgent and "过了 46 天" in errand.detail
    assert ONE in errand.detail and "宣传动员" in errand.detail
    (line,) = founding_card.lines(workspace)
    assert line.late and line.next == "宣传动员"


def test_each_role_is_offered_what_it_may_do(qtbot: QtBot, session: Session) -> None:
    row = begun(session)
    every = {"step", "people", "meeting", "finish", "print", "papers", "give_up", "new", "steps"}
    for role, names in (
        (Role.REVIEWER, every),
        (Role.COLLECTOR, every - {"finish"}),
        (Role.AUDITOR, set()),
    ):
        with acting_as(session, role):
            screen = shown(qtbot, session, row)
            qtbot.waitUntil(screen.panel.view.steps.hasFocus)
            assert offered(screen) | {"steps"} == names | {"steps"}, role
            screen.panel.finish()
            screen.panel.open_step("2")
            assert (screen.panel.form is None) == (role is Role.AUDITOR)
            screen.hide()


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.75, 1240), (1.75, 800)])
def test_nothing_scrolls_sideways(qtbot: QtBot, session: Session, scale: float, width: int) -> None:
    units = [unit(session), unit(session, OTHER)]
    name = "样" * 60
    row = founding.begin(session.workspace, FoundingOrder(units, Kind.JOINT, name)).founding
    long = "阿卜杜热合曼·麦麦提吐尔逊·艾力买买提·阿不都热西提"
    for role in ("21", "1", "4", "6"):
        order = CandidateOrder(long, role, "生产运营管理部副经理")
        founding_votes.put(session.workspace, row, order)
    session.theme.choose(scale=scale)
    screen = shown(qtbot, session, row, width)
    screen.panel.open_step("7")
    for area in screen.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            qtbot.waitUntil(lambda a=area: a.widget().width() <= a.viewport().width())
    assert screen.minimumSizeHint().width() <= width
    session.theme.choose(scale=1.0)
