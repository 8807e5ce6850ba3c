"""排查 by keyboard on the sample list: five doors, undo, coming back, a new unit, a wrong count."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.clears import Light
from organizer.services import drafting, undoing
from organizer.services.survey import recording, rounds
from organizer.services.workspace import Workspace
from organizer.store import facts, visits
from organizer.ui.session import Session
from organizer.ui.survey.screen import SurveyScreen
from tests.support.model_watch import watch, watch_all
from tests.support.sitting import show
from tests.ui.conftest import RecordingBar

Key = Qt.Key
STREET = "yfbj"
"""云峰北街, as it is typed."""


class Undo:
    """What a toast offers: its sentence and the step back."""

    def __init__(self, screen: SurveyScreen) -> None:
        self.said: list[str] = []
        self.run = lambda: None
        screen.offer.connect(self._on_offer)

    def _on_offer(self, said: str, run: object) -> None:
        self.said.append(said)
        assert callable(run)
        self.run = run


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    yield from shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    made = show(qtbot, SurveyScreen(session))
    qtbot.waitUntil(lambda: made.finder.model.rowCount() > 0)
    yield made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Hanzi, as an input method hands them over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def open_street(qtbot: QtBot, screen: SurveyScreen) -> None:
    qtbot.waitUntil(screen.finder.search.hasFocus)
    qtbot.keyClicks(screen.finder.search, STREET)
    qtbot.keyClick(screen.finder.search, Key.Key_Return)
    qtbot.waitUntil(
        lambda: screen.street.doors.hasFocus() and stands_at(screen) == names(screen)[0]
    )


def names(screen: SurveyScreen) -> list[str]:
    return [door.name for door in screen.street.model.doors]


def stands_at(screen: SurveyScreen) -> str:
    """The unit whose card is in view, once it is the one chosen in the list."""
    door, card = screen.street.door, screen.card.card
    return card.name if door and card and card.employer == door.employer else ""


def outcomes(screen: SurveyScreen) -> list[str]:
    return [door.outcome for door in screen.street.model.doors]


def press(qtbot: QtBot, screen: SurveyScreen, digit: str) -> None:
    """A digit at a door; waits until the next door's card is here."""
    before = stands_at(screen)
    qtbot.keyClicks(screen.street.doors, digit)
    qtbot.waitUntil(lambda: stands_at(screen) not in ("", before))


def known(workspace: Workspace, employer: bytes) -> dict[str, tuple[str, str, str]]:
    found = workspace.database.read(lambda c: facts.current(c, employer, departments=True))
    return {name: (fact.value, fact.source, fact.observed_on) for name, fact in found.items()}


def test_the_tree_is_a_sound_model_and_counts_every_unit(screen: SurveyScreen) -> None:
    watch(screen.finder.model)
    roots = [
        screen.finder.model.node(screen.finder.model.index(row, 0))
        for row in range(screen.finder.model.rowCount())
    ]
    everything = screen.session.workspace.database.read(
        lambda c: c.execute("SELECT count(*) FROM employer WHERE retired_on IS NULL").fetchone()[0]
    )
    assert sum(node.units for node in roots if node) == everything


def test_five_doors_with_five_outcomes(qtbot: QtBot, screen: SurveyScreen) -> None:
    assert watch_all(screen) == {"PlaceModel", "DoorModel", "TileModel"}
    open_street(qtbot, screen)
    order = names(screen)
    for step, digit in enumerate("23456", start=1):
        press(qtbot, screen, digit)
        assert stands_at(screen) == order[step]
        assert screen.street.doors.hasFocus()
    assert outcomes(screen)[:6] == ["2", "3", "4", "5", "6", ""]
    node = screen.finder.model.node(screen.finder.view.currentIndex())
    qtbot.waitUntil(
        lambda: (
            (node := screen.finder.model.node(screen.finder.view.currentIndex())) is not None
            and node.reached == 4
        )
    )
    assert node is not None and node.name == "云峰北街"


def test_answers_light_the_lamps_and_are_spoken_today(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    workspace = screen.session.workspace
    employer = screen.street.model.doors[0].employer
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    assert focused().objectName() == "union_state"
    qtbot.keyClicks(focused(), "4")
    qtbot.keyClick(focused(), Key.Key_Return)
    for typed in ("36", "14", "5", "3"):
        qtbot.keyClicks(focused(), typed)
        qtbot.keyClick(focused(), Key.Key_Return)
    assert focused().objectName() == "employer_willing"
    for digit in "125":
        qtbot.keyClicks(focused(), digit)
        qtbot.keyClick(focused(), Key.Key_Return)
    assert focused().objectName() == "responsible"
    qtbot.keyClick(focused(), Key.Key_Space)
    qtbot.keyClicks(focused(), "+30")
    qtbot.keyClick(focused(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: outcomes(screen)[0] == "1")
    today = workspace.today.isoformat()
    found = known(workspace, employer)
    assert found["union_state"] == ("4", "spoken", today)
    assert found["staff_total"] == ("36", "spoken", today)
    assert found["employer_willing"] == ("yes", "spoken", today)
    assert found["staff_willing"] == ("no", "spoken", today)
    assert found["responsible"][0] == workspace.account.name
    assert "grid" not in found and "union_name" not in found
    lights = {lamp.rule.letter: lamp.light for lamp in screen.street.model.lamps[employer]}
    assert (lights["建"], lights["数"], lights["进"]) == (Light.CLEAR,) * 3
    qtbot.waitUntil(lambda: stands_at(screen) == names(screen)[1])


def test_last_times_answer_is_greyed_confirmed_by_space_and_only_then_written(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    workspace = screen.session.workspace
    open_street(qtbot, screen)
    employer = screen.street.model.doors[0].employer
    told = {"union_state": "5", "staff_total": "28", "staff_women": "11", "promise": "送宣传单"}
    recording.record_visit(workspace, recording.VisitOrder(employer, "2", told, source="tax"))
    screen.session.touched.emit()
    qtbot.waitUntil(lambda: screen.card.card is not None and "promise" in screen.card.card.facts)
    assert "送宣传单" in screen.card.head.promised.text() and screen.card.head.promised.isVisible()
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    qtbot.keyClick(focused(), Key.Key_Space)
    assert focused().objectName() == "staff_total"
    assert focused().placeholderText() == "28"  # type: ignore[attr-defined]
    qtbot.keyClick(focused(), Key.Key_Space)
    qtbot.keyClicks(focused(), "12")
    qtbot.keyClick(focused(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: outcomes(screen)[0] == "1")
    found = known(workspace, employer)
    assert found["union_state"][:2] == ("5", "spoken")
    assert found["staff_total"][:2] == ("28", "spoken")
    assert found["staff_women"][:2] == ("12", "spoken")
    assert found["promise"][:2] == ("送宣传单", "tax")


def test_a_wrong_head_count_is_told_at_its_field_and_nothing_is_saved(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    employer = screen.street.model.doors[0].employer
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    qtbot.keyClicks(focused(), "4")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), "3x")
    qtbot.keyClick(focused(), Key.Key_Return)
    row = next(row for row in screen.card.rows if row.question.field == "staff_total")
    assert "3x" in row._error.text() and "✓" not in row._origin.text()
    qtbot.keyClicks(focused(), "14")
    qtbot.keyClick(focused(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: focused().objectName() == "staff_total")
    assert row._error.isVisible()
    assert recording.visit_count(screen.session.workspace, employer) == 0
    focused().selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(focused(), "30")
    assert not row._error.isVisible()
    qtbot.keyClick(focused(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: outcomes(screen)[0] == "1")
    assert known(screen.session.workspace, employer)["staff_women"][0] == "14"


def test_more_women_than_staff_is_asked_about_once_and_then_taken(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    employer = screen.street.model.doors[0].employer
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    for typed in ("4", "1", "14"):
        qtbot.keyClicks(focused(), typed)
        qtbot.keyClick(focused(), Key.Key_Return)
    row = next(row for row in screen.card.rows if row.question.field == "staff_women")
    assert row._error.isVisible() and "（1）" in row._error.text()
    qtbot.keyClick(focused(), Key.Key_Return, control)
    assert focused().objectName() == "staff_women"
    assert recording.visit_count(screen.session.workspace, employer) == 0
    qtbot.keyClick(focused(), Key.Key_Return, control)
    qtbot.waitUntil(lambda: outcomes(screen)[0] == "1")
    assert known(screen.session.workspace, employer)["staff_women"][0] == "14"


def test_the_toast_takes_a_visit_back(qtbot: QtBot, screen: SurveyScreen) -> None:
    undo = Undo(screen)
    open_street(qtbot, screen)
    first = names(screen)[0]
    employer = screen.street.model.doors[0].employer
    press(qtbot, screen, "5")
    assert first in undo.said[0] and "注销" in undo.said[0]
    undo.run()
    qtbot.waitUntil(lambda: outcomes(screen)[0] == "" and stands_at(screen) == first)
    assert recording.visit_count(screen.session.workspace, employer) == 0
    assert "operating_state" not in known(screen.session.workspace, employer)


def test_coming_back_one_stands_at_the_door_after_the_last(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    for digit in "121":
        press(qtbot, screen, digit)
    following = stands_at(screen)
    screen.hide()
    again = next(shown(qtbot, screen.session))
    qtbot.waitUntil(lambda: stands_at(again) == following)
    assert again.street.way is not None and again.street.way.name == "云峰北街"
    qtbot.waitUntil(again.street.doors.hasFocus)


def test_what_is_typed_and_not_saved_is_there_after_a_restart(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    employer = screen.street.model.doors[0].employer
    qtbot.keyClick(screen.street.doors, Key.Key_Return)
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), "36")
    qtbot.keyClick(focused(), Key.Key_Escape)
    assert screen.street.doors.hasFocus()
    again = next(shown(qtbot, screen.session))
    again.arrive(employer)
    qtbot.waitUntil(lambda: again.card.answers().get("staff_total") == "36")


def test_digits_pressed_faster_than_the_disk_reach_the_doors_in_order(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    qtbot.keyClicks(screen.street.doors, "2346")
    qtbot.waitUntil(lambda: outcomes(screen)[:5] == ["2", "3", "4", "6", ""])


def test_a_new_unit_is_at_its_door_with_a_first_visit(qtbot: QtBot, screen: SurveyScreen) -> None:
    undo = Undo(screen)
    open_street(qtbot, screen)
    here = screen.street.door
    assert here is not None
    count = len(screen.street.model.doors)
    qtbot.keyClicks(screen.street.doors, "7")
    qtbot.waitUntil(lambda: focused().objectName() == "name")
    qtbot.keyClick(focused(), Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "请先填写" in screen.new_unit.name.line.accessibleDescription())
    write("样门新开便利店")
    for _field in range(3):
        qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: stands_at(screen) == "样门新开便利店")
    door = screen.street.door
    assert door is not None and door.place == here.place and door.outcome == "7"
    assert len(screen.street.model.doors) == count + 1
    assert recording.visit_count(screen.session.workspace, door.employer) == 1
    undo.run()
    qtbot.waitUntil(lambda: len(screen.street.model.doors) == count)


def test_the_same_unit_twice_is_refused_at_its_name(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    taken = names(screen)[0]
    qtbot.keyClicks(screen.street.doors, "7")
    qtbot.waitUntil(lambda: focused().objectName() == "name")
    write(taken)
    for _field in range(3):
        qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: "已经登记在" in screen.new_unit.name.line.accessibleDescription())
    assert focused().objectName() == "name"


def test_picked_doors_are_walked_as_a_list(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    wanted = tuple(door.employer for door in screen.street.model.doors[3:6])
    screen.arrive(("今天要回访的门", wanted))
    qtbot.waitUntil(lambda: len(screen.street.model.doors) == 3)
    assert screen.street.way is not None and screen.street.way.name == "今天要回访的门"
    assert all("云峰北街" in door.door for door in screen.street.model.doors)


def test_without_a_round_the_one_button_opens_one(
    qtbot: QtBot, session: Session, bar: RecordingBar
) -> None:
    undoing.take_back(session.workspace)
    made = next(shown(qtbot, session))
    qtbot.waitUntil(lambda: focused().objectName() == "round-name")
    assert focused().text() == rounds.season_name(session.workspace.today)  # type: ignore[attr-defined]
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(made.finder.search.hasFocus)
    current = session.workspace.database.read(visits.current_round)
    assert current is not None and current.name == rounds.season_name(session.workspace.today)
    assert bar.said == []


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75])
def test_it_fits_into_a_small_window_at_every_type_size(
    qtbot: QtBot, screen: SurveyScreen, scale: float
) -> None:
    open_street(qtbot, screen)
    theme = screen.session.theme
    theme.choose(scale=scale)
    room = 1366 - theme.px(72)
    screen.resize(room, 768 - theme.px(52))
    assert screen.minimumSizeHint().width() <= room
    assert screen.width() == room and screen.card.isVisible() and screen.street.isVisible()


def test_every_control_has_a_name(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    for kind in ("QLineEdit", "QComboBox", "QListView", "QTreeView", "QPushButton"):
        for widget in screen.findChildren(QWidget):
            if widget.inherits(kind) and widget.isVisible():
                text = getattr(widget, "text", str)
                assert widget.accessibleName() or text(), widget.objectName()


def test_a_new_unit_half_typed_is_there_again_after_the_next_start(
    qtbot: QtBot, session: Session, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    qtbot.waitUntil(lambda: screen.card.card is not None)
    qtbot.keyClick(focused(), Key.Key_7)
    qtbot.waitUntil(screen.new_unit.name.line.hasFocus)
    qtbot.keyClicks(focused(), "Xin Dian")
    screen.leave()
    screen.hide()
    qtbot.waitUntil(lambda: session._runner.running == 0)
    again = next(shown(qtbot, session))
    # One is at the door again at which one stood.
    qtbot.waitUntil(lambda: again.street.doors.hasFocus() and stands_at(again) != "")
    qtbot.waitUntil(lambda: again.card.card is not None)
    qtbot.keyClick(focused(), Key.Key_7)
    qtbot.waitUntil(lambda: again.new_unit.name.text == "Xin Dian")


def test_an_answer_is_kept_while_it_is_typed_and_none_outlives_its_visit(
    qtbot: QtBot, session: Session, screen: SurveyScreen
) -> None:
    open_street(qtbot, screen)
    qtbot.waitUntil(lambda: screen.card.card is not None)
    remark = screen.card.rows[-1].editor
    remark.setFocus()
    qtbot.keyClicks(remark, "men suo zhe")
    workspace = session.workspace
    name = f"survey {screen.street.door.employer.hex()}"
    qtbot.waitUntil(lambda: drafting.resume(workspace, name) is not None)
    assert remark.hasFocus()
    with qtbot.waitSignal(screen.offer):
        qtbot.keyClick(remark, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        screen.leave()
    assert drafting.resume(workspace, name) is None
