"""排查 by hurried hands: keys faster than the disk, a hand on a key, a click too many."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.services import drafting, undoing
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.workspace import Workspace
from organizer.store import visits
from organizer.ui.session import Session
from organizer.ui.survey.screen import SurveyScreen
from tests.ui.conftest import RecordingBar
from tests.ui.survey.test_survey_screen import (
    Undo,
    focused,
    names,
    open_street,
    outcomes,
    shown,
    stands_at,
)

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    yield from shown(qtbot, session)


def recorded(workspace: Workspace, employer: bytes) -> list[str]:
    found = workspace.database.read(lambda c: visits.of_employer(c, employer))
    return [one.outcome for one in found]


def settled(qtbot: QtBot, screen: SurveyScreen) -> None:
    """Nothing is under way any more and the card is that of the door."""
    runner = screen.session._runner
    qtbot.waitUntil(lambda: not runner.running and stands_at(screen) != "")


def test_a_digit_means_the_door_at_which_it_was_pressed(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    doors = screen.street.doors
    units = [door.employer for door in screen.street.model.doors]
    # No turn of the loop between the keys: no card is here yet when the digit comes.
    for key in (Key.Key_Down, Key.Key_2, Key.Key_Down, Key.Key_Down):
        qtbot.keyClick(doors, key)
    settled(qtbot, screen)
    workspace = screen.session.workspace
    assert [recorded(workspace, unit) for unit in units[:4]] == [[], ["2"], [], []]


def test_a_digit_while_the_last_is_saved_means_the_door_in_view(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    undo, doors = Undo(screen), screen.street.doors
    units = [door.employer for door in screen.street.model.doors]
    for key in (Key.Key_2, Key.Key_Down, Key.Key_Down, Key.Key_3):
        qtbot.keyClick(doors, key)
    settled(qtbot, screen)
    workspace = screen.session.workspace
    assert [recorded(workspace, unit) for unit in units[:4]] == [["2"], [], ["3"], []]
    assert undo.said[0].startswith(names(screen)[0])
    assert undo.said[1].startswith(names(screen)[2])


def test_answers_typed_before_the_card_is_here_belong_to_the_door_in_view(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    workspace = screen.session.workspace
    first, second = (door.employer for door in screen.street.model.doors[:2])
    qtbot.keyClick(screen.street.doors, Key.Key_Down)
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    qtbot.keyClick(focused(), Key.Key_4)
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), "36")
    settled(qtbot, screen)
    assert screen.card.answers() == {"union_state": "4", "staff_total": "36"}
    screen.leave()
    settled(qtbot, screen)
    assert drafting.resume(workspace, f"survey {first.hex()}") is None
    kept = drafting.resume(workspace, f"survey {second.hex()}")
    assert kept is not None and kept.values["staff_total"] == "36"


def test_what_is_typed_at_the_next_door_outlives_the_save_of_the_last(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    workspace = screen.session.workspace
    second = screen.street.model.doors[1].employer
    qtbot.keyClick(screen.street.doors, Key.Key_2)
    qtbot.keyClick(screen.street.doors, Key.Key_Down)
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    qtbot.keyClick(focused(), Key.Key_4)
    settled(qtbot, screen)
    assert stands_at(screen) == names(screen)[1]
    assert screen.card.answers() == {"union_state": "4"}
    assert recorded(workspace, second) == []


def test_the_second_click_of_a_double_click_is_no_visit_to_the_next_door(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    key = screen.card.buttons["2"]
    first = names(screen)[0]
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stands_at(screen) not in ("", first))
    qtbot.mouseDClick(key, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(key, Qt.MouseButton.LeftButton)
    settled(qtbot, screen)
    assert outcomes(screen)[:2] == ["2", ""]


def test_a_digit_held_down_is_one_visit(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    doors = screen.street.doors
    first = names(screen)[0]
    qtbot.keyClick(doors, Key.Key_2)
    qtbot.waitUntil(lambda: stands_at(screen) not in ("", first))
    none = Qt.KeyboardModifier.NoModifier
    again = QKeyEvent(QEvent.Type.KeyPress, Key.Key_2, none, "2", True)
    QApplication.sendEvent(doors, again)
    settled(qtbot, screen)
    assert outcomes(screen)[:2] == ["2", ""]


def test_the_door_of_a_new_unit_is_the_one_in_view(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    model = screen.street.model
    far = next(n for n, d in enumerate(model.doors) if d.place != model.doors[0].place)
    for _step in range(far):
        qtbot.keyClick(screen.street.doors, Key.Key_Down)
    screen.recording.on_new()
    settled(qtbot, screen)
    assert screen.card.card is not None
    assert screen.new_unit._where.text() == screen.card.card.where


def test_ctrl_enter_in_another_visit_saves_that_and_no_visit_to_the_unit(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    undo = Undo(screen)
    employer = screen.street.model.doors[0].employer
    screen.recording.on_other()
    screen._on_main()
    qtbot.waitUntil(lambda: bool(undo.said))
    assert undo.said == ["已记下这次走访。"]
    assert recorded(screen.session.workspace, employer) == []


def test_two_enters_record_another_visit_once(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    undo = Undo(screen)
    screen.recording.on_other()
    panel = screen.recording.other
    qtbot.keyClick(panel.next.line, Key.Key_Return)
    panel.save()
    settled(qtbot, screen)
    assert undo.said == ["已记下这次走访。"]
    count = screen.session.workspace.database.read(
        lambda c: c.execute("SELECT count(*) FROM visit").fetchone()[0]
    )
    assert count == 1


def test_a_unit_undone_beside_leaves_the_list_and_nobody_elses_card_takes_its_place(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    workspace = screen.session.workspace
    place = screen.street.model.doors[0].place
    assert place is not None
    added = adding.add_unit(workspace, NewUnit(place, "试新加工点"))
    screen.recording.wish.emit(added.employer)
    screen.session.touched.emit()
    qtbot.waitUntil(lambda: stands_at(screen) == "试新加工点")
    undoing.take_back(workspace, added.write)
    qtbot.keyClick(screen.street.doors, Key.Key_Up)
    with qtbot.waitSignal(screen.recording.say) as said:
        qtbot.keyClick(screen.street.doors, Key.Key_Down)
        qtbot.keyClick(screen.street.doors, Key.Key_2)
    assert "撤销" in said.args[0]
    qtbot.waitUntil(lambda: "试新加工点" not in names(screen))
    settled(qtbot, screen)
    count = workspace.database.read(
        lambda c: c.execute("SELECT count(*) FROM visit WHERE outcome = '2'").fetchone()[0]
    )
    assert count == 0


def test_keys_on_the_page_of_the_next_round_touch_no_door_behind_it(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    undo = Undo(screen)
    screen.arrive("round")
    qtbot.waitUntil(screen.start.isVisible)
    screen.recording.on_digit("2")
    screen.recording.on_other()
    screen.recording.on_new()
    qtbot.waitUntil(lambda: not screen.session._runner.running)
    assert undo.said == [] and outcomes(screen)[0] == ""
    assert focused().objectName() == "round-name"


def test_esc_leaves_a_new_unit_and_what_was_typed_is_there_again(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    screen.recording.on_new()
    qtbot.keyClicks(focused(), "dian")
    qtbot.keyClick(focused(), Key.Key_Escape)
    assert not screen.recording.adding and screen.street.doors.hasFocus()
    screen.recording.on_new()
    assert screen.new_unit.name.text == "dian"
    qtbot.keyClick(focused(), Key.Key_Escape)
    screen.recording.on_other()
    screen.recording.other.remark.setFocus()
    qtbot.keyClicks(focused(), "kan le")
    qtbot.keyClick(focused(), Key.Key_Escape)
    screen.recording.on_other()
    assert screen.recording.other.remark.text == "kan le"


def test_a_refused_visit_waits_at_its_door_though_one_has_gone_on(
    qtbot: QtBot, screen: SurveyScreen, bar: RecordingBar
) -> None:
    open_street(qtbot, screen)
    workspace = screen.session.workspace
    first = screen.street.model.doors[0].employer
    row = next(one for one in screen.card.rows if one.question.field == "staff_total")
    row.setFocus()
    qtbot.keyClicks(focused(), "wu")
    screen.recording.on_digit("1")
    qtbot.keyClick(screen.street.doors, Key.Key_Down)
    settled(qtbot, screen)
    assert stands_at(screen) == names(screen)[1] and screen.card.answers() == {}
    assert recorded(workspace, first) == []
    qtbot.waitUntil(lambda: drafting.resume(workspace, f"survey {first.hex()}") is not None)
    qtbot.keyClick(screen.street.doors, Key.Key_Up)
    qtbot.waitUntil(lambda: stands_at(screen) == names(screen)[0])
    assert screen.card.answers() == {"staff_total": "wu"}
    assert bar.said != []
