"""单位, the list: what it shows, narrowed, sorted, copied, its columns."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from organizer import paths, settings
from organizer.domain.visit import Outcome
from organizer.services.employers import listing
from organizer.services.employers.listing import Order, UnitFilter
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.ui.employers.columns import read_layout, read_order
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.session import Session
from tests.support.model_watch import watch
from tests.ui.employers.conftest import INITIALS, UNIT, compose, employer, part, shown, texts


def test_the_list_is_sound(qtbot: QtBot, screen: EmployersScreen) -> None:
    watch(screen.model)
    everybody = screen.model.rowCount()
    compose(screen.filter_bar.line, "样禾")
    qtbot.waitUntil(lambda: 1 < screen.model.rowCount() < everybody)
    screen.filter_bar.clear()
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody)


def test_filters_narrow_the_list_and_are_taken_off_by_one_button(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    everybody = screen.model.rowCount()
    recording.record_visit(session.workspace, VisitOrder(employer(session), Outcome.MET))
    session.touched.emit()
    screen.filter_bar.unvisited.setChecked(True)
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody - 1)
    assert f"符合条件的 {everybody - 1} 家" in texts(screen)
    screen.filter_bar._band.setCurrentIndex(screen.filter_bar._band.findData("200-"))
    wanted = UnitFilter(band="200-", unvisited=True)
    large = listing.employer_numbers(session.workspace, wanted, Order())
    qtbot.waitUntil(lambda: screen.model.rowCount() == len(large.rows))
    compose(screen.filter_bar.line, "没有这样的单位")
    qtbot.waitUntil(lambda: screen._nothing.isVisible())
    qtbot.mouseClick(part(screen, QPushButton, "clear-filter"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody)
    assert screen.table.isVisible()


def test_typing_in_the_list_goes_to_the_filter(qtbot: QtBot, screen: EmployersScreen) -> None:
    screen.table.setFocus()
    qtbot.keyClick(screen.table, "s")
    assert screen.filter_bar.line.hasFocus()
    qtbot.keyClicks(screen.filter_bar.line, INITIALS[1:])
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)


def test_rows_are_copied_as_text_with_masked_phones(qtbot: QtBot, screen: EmployersScreen) -> None:
    screen.table.choose_columns(("name", "phone"))
    qtbot.keyClicks(screen.filter_bar.line, INITIALS)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1 and screen.model.id_at(0) is not None)
    said: list[str] = []
    screen.say.connect(said.append)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    name, phone = QGuiApplication.clipboard().text().split("\t")
    assert name == UNIT
    assert phone[3:7] == "****"
    assert said == ["已复制 1 行。"]


def test_headings_sort(qtbot: QtBot, screen: EmployersScreen, session: Session) -> None:
    header = screen.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    largest = listing.employer_numbers(
        session.workspace, UnitFilter(), Order("staff_total", descending=True)
    )
    qtbot.waitUntil(lambda: screen.model.number_at(0) == largest.rows[0])


def test_columns_and_order_are_remembered_on_this_machine(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    header = screen.table.horizontalHeader()
    menu = screen.table.columns_menu()
    contact = next(action for action in menu.actions() if action.text() == "联系人")
    contact.trigger()
    header.moveSection(header.visualIndex(columns_of(screen).index("contact")), 1)
    header.resizeSection(columns_of(screen).index("staff_total"), 96)
    screen.leave()
    by = next(action for action in menu.actions() if action.menu() is not None).menu()
    next(action for action in by.actions() if action.text() == "职工").trigger()
    next(action for action in by.actions() if action.text() == "职工").trigger()
    kept = "name contact staff_total:96 lamps union_state place last_visit"

    def remembered() -> bool:
        seen = settings.read(paths.settings_file())
        return (seen.employer_columns, seen.employer_order) == (kept, "staff_total down")

    qtbot.waitUntil(remembered)
    again = shown(qtbot, session)
    assert again.table.arrangement == screen.table.arrangement
    assert again.table.horizontalHeader().visualIndex(columns_of(again).index("contact")) == 1
    first = again.model.number_at(0)
    assert first == screen.model.number_at(0)
    (biggest,) = listing.employer_rows(session.workspace, [first or 0], ["staff_total"]).values()
    by_hand = listing.employer_numbers(
        session.workspace, UnitFilter(), Order("staff_total", descending=True)
    )
    assert by_hand.rows[0] == first and biggest[1] != [""]


def columns_of(screen: EmployersScreen) -> list[str]:
    return [column.key for column in screen.model.columns]


@pytest.mark.parametrize(
    "words", ["", "nonsense", "name phone:0 phone:abc", "staff_total:99999999"]
)
def test_whatever_stands_in_the_settings_there_are_columns(words: str) -> None:
    shown_columns = read_layout(words)
    assert shown_columns[0] == ("name", 0) and len(shown_columns) > 1
    assert read_order(words) == Order()


def test_the_lamps_cannot_be_sorted_by(qtbot: QtBot, screen: EmployersScreen) -> None:
    header = screen.table.horizontalHeader()
    place = columns_of(screen).index("lamps")
    middle = header.sectionViewportPosition(place) + header.sectionSize(place) // 2
    with qtbot.assertNotEmitted(screen.table.sorted):
        qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
        )
    assert header.sortIndicatorSection() == columns_of(screen).index("name")
