"""地点和网格: what is half typed into a form is there again, after Esc, another screen, a new start."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.services import drafting
from organizer.services.places import gridding, place_card, placing
from organizer.services.places.gridding import GridOrder
from organizer.services.places.placing import PlaceOrder
from organizer.ui.places.screen import GRID_VIEW, PlacesScreen
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm
from tests.support.sitting import show

COMMUNITY = "210106003006"


@pytest.fixture
def road(session: Session) -> bytes:
    workspace = session.workspace
    here = place_card.division(workspace, COMMUNITY)
    return placing.add_place(workspace, PlaceOrder(here, "street", "样路"))


def at_place(qtbot: QtBot, session: Session, place: bytes) -> PlacesScreen:
    made = show(qtbot, PlacesScreen(session), place)
    qtbot.waitUntil(lambda: made.places.card is not None and made.places.card.id == place)
    return made


def is_kept(qtbot: QtBot, session: Session, name: str) -> None:
    qtbot.waitUntil(lambda: drafting.resume(session.workspace, name) is not None)


def test_a_new_place_half_typed_is_there_again_after_a_new_start(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("add")
    form = screen.places.forms["add"]
    form.fields[1].setFocus()
    qtbot.keyClicks(form.fields[1].line, "16haoyuan")
    screen.leave()
    is_kept(qtbot, session, f"places/add {road.hex()}")
    again = at_place(qtbot, session, road)
    again.run("add")
    shown = again.places.forms["add"]
    qtbot.waitUntil(lambda: shown.fields[1].text == "16haoyuan")
    assert any("已恢复" in text for text in _texts(shown))
    # Of another place nothing is there.
    other = placing.add_place(session.workspace, PlaceOrder(road, "building", "8号"))
    again.places.open(other)
    qtbot.waitUntil(lambda: again.places.card is not None and again.places.card.id == other)
    again.run("add")
    qtbot.waitUntil(lambda: not session._runner.running)
    assert shown.fields[1].text == ""


def test_what_is_done_does_not_come_back(qtbot: QtBot, session: Session, road: bytes) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("rename")
    form = screen.places.forms["rename"]
    form.fields[0].line.selectAll()
    qtbot.keyClicks(form.fields[0].line, "yanglu")
    form.drafts.flush()
    is_kept(qtbot, session, f"places/rename {road.hex()}")
    with qtbot.waitSignal(screen.offer):
        qtbot.keyClick(form.fields[0].line, Qt.Key.Key_Return)
    name = f"places/rename {road.hex()}"
    qtbot.waitUntil(lambda: drafting.resume(session.workspace, name) is None)
    assert place_card.card(session.workspace, road).name == "yanglu"


def test_a_hand_over_half_typed_outlives_esc(qtbot: QtBot, session: Session) -> None:
    order = GridOrder(COMMUNITY, "001", "东片", responsible="张样")
    gridding.add_grid(session.workspace, order)
    screen = show(qtbot, PlacesScreen(session), GRID_VIEW)
    qtbot.waitUntil(lambda: screen.grids.card is not None)
    screen.run("merge")
    form = screen.grids.relay_form
    form.fields[0].setFocus()
    qtbot.keyClicks(form.fields[0].line, "Li")
    qtbot.keyClick(form.fields[0].line, Qt.Key.Key_Escape)
    assert screen.grids.form is None
    screen.run("merge")
    qtbot.waitUntil(lambda: form.fields[0].text == "Li")
    focused = QApplication.focusWidget()
    assert focused is form.fields[0].line


def _texts(form: ActForm) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
