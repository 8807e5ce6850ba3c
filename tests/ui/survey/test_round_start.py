"""Before a round: one Enter begins it; what it asks can be said, and what is wrong stands at its field."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from organizer.errors import InvalidInput
from organizer.services.survey import rounds
from organizer.services.survey.rounds import RoundOrder
from organizer.ui.session import Session
from organizer.ui.survey.round_start import RoundStart
from organizer.ui.survey.screen import SurveyScreen

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[RoundStart]:
    made = RoundStart(session.theme, "2026年秋季排查", session.workspace.today)
    qtbot.addWidget(made)
    made.resize(1294, 716)
    made.show()
    made.activateWindow()
    made.setFocus()
    yield made


def line(page: RoundStart, name: str) -> QLineEdit:
    return page.findChild(QLineEdit, name)  # type: ignore[return-value]


def box(page: RoundStart, way: str) -> QCheckBox:
    return page.findChild(QCheckBox, f"round-way-{way}")  # type: ignore[return-value]


def shown(page: RoundStart) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_one_enter_begins_with_what_is_usual(
    qtbot: QtBot, page: RoundStart, session: Session
) -> None:
    qtbot.waitUntil(line(page, "round-name").hasFocus)
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.keyClick(line(page, "round-name"), Key.Key_Return)
    order = RoundOrder("2026年秋季排查", session.workspace.today, None)
    assert wanted.args == [order] and order.ways == ("door", "roster")


def test_days_ways_and_denominator_can_be_said(
    qtbot: QtBot, page: RoundStart, session: Session
) -> None:
    today = session.workspace.today
    starts, ends = today - timedelta(days=3), today + timedelta(days=30)
    line(page, "round-starts").setText(starts.isoformat())
    line(page, "round-ends").setText(f"{ends.year}.{ends.month}.{ends.day}")
    for way in ("phone", "roster"):
        box(page, way).setFocus()
        qtbot.keyClick(box(page, way), Key.Key_Space)
    denominator = line(page, "round-denominator")
    denominator.setFocus()
    denominator.selectAll()
    qtbot.keyClicks(denominator, "3")
    with qtbot.waitSignal(page.wanted) as wanted:
        page.begin()
    assert wanted.args is not None
    order = wanted.args[0]
    assert (order.starts_on, order.ends_on) == (starts, ends)
    assert (order.ways, order.denominator) == (("door", "phone"), "twenty_five")
    rounds.open_round(session.workspace, order)
    assert rounds.rounds_here(session.workspace)[0].ways == "上门、电话"


def test_what_cannot_be_a_day_is_told_at_its_field(qtbot: QtBot, page: RoundStart) -> None:
    line(page, "round-ends").setText("下个月")
    with qtbot.assertNotEmitted(page.wanted):
        page.begin()
    assert "不像一个日期" in line(page, "round-ends").accessibleDescription()
    assert QApplication.focusWidget() is line(page, "round-ends")


@pytest.mark.parametrize(
    ("field", "at"),
    [("name", "round-name"), ("starts_on", "round-starts"), ("ends_on", "round-ends")],
)
def test_a_refusal_stands_at_its_field(page: RoundStart, field: str, at: str) -> None:
    page.refuse(InvalidInput("round.taken", field=field, name="秋季"))
    assert "请换一个名称" in line(page, at).accessibleDescription()


def test_no_way_at_all_is_told_below_the_boxes(page: RoundStart) -> None:
    page.refuse(InvalidInput("round.unknown_way", field="ways", value=""))
    assert any("至少选一种" in text for text in shown(page))
    assert box(page, "door").hasFocus()


def test_the_next_round_can_be_left_again(qtbot: QtBot, page: RoundStart, session: Session) -> None:
    with qtbot.assertNotEmitted(page.left):
        qtbot.keyClick(line(page, "round-name"), Key.Key_Escape)
    page.ask("下一轮", session.workspace.today, first=False)
    assert "开新一轮排查" in shown(page) and line(page, "round-name").text() == "下一轮"
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(line(page, "round-name"), Key.Key_Escape)


def test_another_round_is_opened_from_the_survey(qtbot: QtBot, session: Session) -> None:
    screen = SurveyScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1294, 716)
    screen.show()
    screen.activateWindow()
    screen.arrive("round")
    name = line(screen.start, "round-name")
    qtbot.waitUntil(name.hasFocus)
    proposed = rounds.proposed_name(session.workspace)
    assert name.text() == proposed and "开新一轮排查" in shown(screen.start)
    qtbot.keyClick(name, Key.Key_Escape)
    assert not screen.start.isVisible()
    screen.arrive("round")
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClick(name, Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.start.isVisible())
    assert rounds.rounds_here(session.workspace)[0].round.name == proposed
    # The name is taken now; the next proposal is another one.
    assert rounds.proposed_name(session.workspace) == f"{proposed}（2）"
    screen.start.ask(proposed, session.workspace.today, first=False)
    screen.start.begin()
    qtbot.waitUntil(lambda: "请换一个名称" in name.accessibleDescription())


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_it_fits_into_a_small_window(page: RoundStart, session: Session, scale: float) -> None:
    session.theme.choose(scale=scale)
    room = 1366 - session.theme.px(72)
    page.resize(room, 768 - session.theme.px(52))
    assert page.minimumSizeHint().width() <= room
    assert line(page, "round-name").isVisible()
