"""今日: what waits leads to the work; an empty office takes over a list, also by dragging."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.services import today as today_of
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import rounds
from organizer.services.survey.rounds import RoundOrder
from organizer.services.today import Errand
from organizer.ui.session import Session
from organizer.ui.today.errands import counted, does, title_of
from organizer.ui.today.screen import TodayScreen
from organizer.ui.today.share_bar import ShareBar
from tests.support.model_watch import watch
from tests.support.sitting import acting_as
from tests.ui.today.conftest import Key, doors, everything, lines, visit


def test_what_waits_is_counted_and_shown(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    watch(screen.model)
    workspace = session.workspace
    street, today = doors(workspace), workspace.today
    visit(workspace, street[0], next_visit_on=today.isoformat())
    visit(workspace, street[1], next_visit_on=(today + timedelta(days=1)).isoformat())
    visit(workspace, street[2], promise="送宣传单")
    visit(workspace, street[3], "2")
    order = SignupOrder(Typed("王样", phone="13900000000"), employer=street[0], channel="field")
    signing_up.sign_up(workspace, order)
    screen.arrive()
    qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
    assert lines(screen) == {
        "due": 1,
        "promises": 1,
        "pending": 1,
        "no_id": 1,
        "unreached": len(everything(workspace)) - 3,
    }
    assert "送宣传单" in next(e.detail for e in screen.model.errands if e.key == "promises")
    shares = screen.round._words.text()
    assert "走到 3" in shares and "没人 1" in shares


def test_a_visit_settles_what_was_due_but_nobody_at_home_does_not(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    workspace = session.workspace
    unit = doors(workspace)[0]
    visit(workspace, unit, next_visit_on=workspace.today.isoformat(), promise="送宣传单")
    screen.arrive()
    qtbot.waitUntil(lambda: lines(screen).get("due") == 1)
    visit(workspace, unit, "2")
    session.touched.emit()
    qtbot.waitUntil(lambda: lines(screen).get("unreached") == len(everything(workspace)) - 1)
    assert lines(screen)["due"] == 1
    visit(workspace, unit, "1")
    session.touched.emit()
    qtbot.waitUntil(lambda: "due" not in lines(screen) and "promises" not in lines(screen))


def test_enter_goes_to_the_work(qtbot: QtBot, screen: TodayScreen, session: Session) -> None:
    unit = doors(session.workspace)[0]
    visit(session.workspace, unit, next_visit_on=session.workspace.today.isoformat())
    screen.arrive()
    qtbot.waitUntil(screen.errands.hasFocus)
    with qtbot.waitSignal(screen.go) as went:
        qtbot.keyClick(screen.errands, Key.Key_Return)
    assert went.args == ["survey", (title_of("due"), (unit,))]
    qtbot.keyClick(screen.errands, Key.Key_Down)
    with qtbot.waitSignal(screen.go) as went:
        qtbot.keyClick(screen.errands, Key.Key_Return)
    assert went.args == ["survey", None]


def test_every_line_leads_to_what_it_counts(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    ways = {
        "elsewhere": ["survey", "elsewhere"],
        "no_id": ["signup", "lacking"],
        "pending": ["signup", "pending"],
        "files": ["batches", "files"],
        "drafts": ["batches", "drafts"],
    }
    for key, way in ways.items():
        with qtbot.waitSignal(screen.go) as went:
            screen.errands.opened.emit(Errand(key, 1, ""))
        assert went.args == way


def test_the_four_clears_are_told_as_counts_and_shares(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    founded = {"union_state": "1", "union_name": "样例工会", "union_founded_on": "2020-03-01"}
    for unit in doors(session.workspace)[:3]:
        visit(session.workspace, unit, **founded)
    screen.arrive()

    def told() -> list[str]:
        return [one.text() for one in screen.round.findChildren(QLabel) if one.isVisible()]

    qtbot.waitUntil(lambda: "建会数量清" in told())
    at = told().index("建会数量清")
    # As the weekly report tells it, to a tenth of a percent.
    assert told()[at + 1] == "3 户 · 0.8%"
    bars = [one.accessibleName() for one in screen.round.findChildren(ShareBar)]
    assert "建会数量清：3 户 · 0.8%" in bars and "职工数量清：0 户 · 0.0%" in bars


def test_every_errand_has_a_title_a_count_and_says_what_enter_does(screen: TodayScreen) -> None:
    keys = ("files", "due", "promises", "elsewhere", "pending", "no_id", "drafts", "interrupted", "unreached",
            "shut", "one_left")  # fmt: skip
    assert len({title_of(key) for key in keys}) == len(keys)
    assert all("7" in counted(Errand(key, 7, "")) for key in keys)
    assert all(does(key) for key in (*keys, "backup", "next_round"))
    assert title_of("one_left", "网格") == "只差一项：网格"


def test_doors_that_lack_one_field_join_the_lines_and_the_cursor_stays(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    workspace, units = session.workspace, doors(session.workspace)
    told = {"staff_total": "9", "staff_women": "4", "staff_migrant": "0"}
    for unit in units[:2]:
        visit(workspace, unit, **told)
    visit(workspace, units[2], next_visit_on=workspace.today.isoformat())
    screen.arrive()
    qtbot.waitUntil(lambda: lines(screen).get("one_left", 0) > 0)
    kinds = [(one.key, one.subject) for one in screen.model.errands]
    assert kinds[0] == ("due", "") and kinds[-1] == ("unreached", "")
    chosen = screen.errands.chosen
    assert chosen is not None and chosen.key == "due"
    at = kinds.index(("one_left", "新就业形态"))
    for _step in range(at):
        qtbot.keyClick(screen.errands, Key.Key_Down)
    with qtbot.waitSignal(screen.go) as went:
        qtbot.keyClick(screen.errands, Key.Key_Return)
    assert went.args == ["survey", ("只差一项：新就业形态", tuple(units[:2]))]
    # Another line before it: the cursor stays where it was.
    visit(workspace, units[3], promise="送宣传单")
    session.touched.emit()
    qtbot.waitUntil(lambda: "promises" in lines(screen))
    qtbot.waitUntil(lambda: screen.errands.chosen is not None)
    chosen = screen.errands.chosen
    assert chosen is not None and chosen.subject == "新就业形态"


def test_the_help_lists_what_enter_does_now(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    visit(session.workspace, doors(session.workspace)[0], promise="送宣传单")
    screen.arrive()
    qtbot.waitUntil(lambda: "promises" in lines(screen))
    told = [text for key, text in screen.keys_table() if key == "Enter"]
    assert "答应过还没办的事：按名单一户一户去办" in told
    assert "本轮还没走到的单位：接着上次的门往下走" in told


def test_a_round_is_ended_here_and_the_step_taken_back(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    screen.arrive()
    qtbot.waitUntil(screen.round._close.isVisible)
    assert "结束日未定" in screen.round._days.text()
    with qtbot.waitSignal(screen.offer) as offered:
        qtbot.mouseClick(screen.round._close, Qt.MouseButton.LeftButton)
    assert offered.args is not None and "今天结束" in offered.args[0]
    qtbot.waitUntil(lambda: "今天是最后一天" in screen.round._days.text())
    offered.args[1]()
    qtbot.waitUntil(lambda: "结束日未定" in screen.round._days.text())
    with qtbot.waitSignal(screen.go) as went:
        qtbot.mouseClick(screen.round._next, Qt.MouseButton.LeftButton)
    assert went.args == ["survey", "round"]


def test_a_round_that_is_over_leads_to_the_next(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    workspace, yesterday = session.workspace, session.workspace.today - timedelta(days=1)
    order = RoundOrder("样例轮", yesterday - timedelta(days=9), yesterday)
    rounds.open_round(workspace, order)
    screen.arrive()
    qtbot.waitUntil(lambda: "next_round" in lines(screen))
    assert "unreached" not in lines(screen) and "已经结束" in screen.round._days.text()
    screen.errands.setFocus()
    with qtbot.waitSignal(screen.go) as went:
        qtbot.keyClick(screen.errands, Key.Key_Return)
    assert went.args == ["survey", "round"]


def test_who_collects_neither_ends_nor_opens_a_round(qtbot: QtBot, session: Session) -> None:
    with acting_as(session, Role.COLLECTOR):
        screen = TodayScreen(session)
        qtbot.addWidget(screen)
        screen.show()
        screen.arrive()
        qtbot.waitUntil(screen.round._share.isVisible)
        assert not screen.round._close.isVisible() and not screen.round._next.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_it_fits_into_a_small_window(
    qtbot: QtBot, screen: TodayScreen, session: Session, scale: float
) -> None:
    visit(session.workspace, doors(session.workspace)[0], promise="很长的话" * 40)
    screen.arrive()
    qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
    session.theme.choose(scale=scale)
    room = 1366 - session.theme.px(72)
    screen.resize(room, 768 - session.theme.px(52))
    assert screen.minimumSizeHint().width() <= room and screen.width() == room
    assert screen.errands.isVisible() and screen.round.isVisible()


def test_what_is_very_probably_there_twice_waits_and_leads_to_the_two(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    workspace = session.workspace
    for phone in ("19900070119", "19900070127"):
        typed = Typed("王样", "", phone, {"sex": "2"}, born_on="1995-08-17")
        signing_up.sign_up(workspace, SignupOrder(typed, employer=doors(workspace)[0]))
    screen.arrive()
    qtbot.waitUntil(lambda: lines(screen).get("duplicates") == 1)
    line = next(one for one in screen.model.errands if one.key == "duplicates")
    assert line.detail == "人 1 对"
    with qtbot.waitSignal(screen.go) as gone:
        screen.errands.opened.emit(line)
    assert gone.args == ["duplicates", None]
    with acting_as(session, Role.COLLECTOR):
        assert today_of.doubled(session.workspace) is None
