"""地点和网格 by keyboard over a real office: what an act would do is said before it is done."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer import paths
from organizer.domain.access import Role
from organizer.services.places import assigning, gridding, place_card, placing
from organizer.services.places.assigning import AssignmentOrder
from organizer.services.places.placing import PlaceOrder
from organizer.store.accounts import Account
from organizer.ui.places.screen import ASSIGNMENT_VIEW, GRID_VIEW, PlacesScreen
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm
from tests.support.sitting import show

COMMUNITY = "210106003006"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def road(session: Session) -> bytes:
    """A street with houses 1 to 4, and the same one in another spelling with house 4."""
    workspace = session.workspace
    here = place_card.division(workspace, COMMUNITY)
    made = placing.add_place(workspace, PlaceOrder(here, "street", "样路", "样路（名单原文）"))
    other = placing.add_place(workspace, PlaceOrder(here, "street", "样大路"))
    for street, numbers in ((made, "1234"), (other, "4")):
        for number in numbers:
            placing.add_place(workspace, PlaceOrder(street, "building", f"{number}号"))
    return made


def shown(qtbot: QtBot, session: Session, record: object, width: int = 1294) -> PlacesScreen:
    return show(qtbot, PlacesScreen(session), record, width)


def at_place(qtbot: QtBot, session: Session, place: bytes) -> PlacesScreen:
    made = shown(qtbot, session, place)
    qtbot.waitUntil(lambda: made.places.card is not None and made.places.card.id == place)
    return made


def confirmed(qtbot: QtBot, screen: PlacesScreen, form: ActForm) -> str:
    """The form is confirmed by its key; the sentence that can be taken back."""
    with qtbot.waitSignal(screen.offer) as offered:
        form.confirm()
    return str(offered.args[0])


def test_a_place_is_renamed_and_the_toast_takes_it_back(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("rename")
    form = screen.places.forms["rename"]
    focused = QApplication.focusWidget()
    assert focused is not None and focused.objectName() == "name"
    form.fields[0].line.selectAll()
    form.fields[0].line.insert("样新路")
    form.look()
    qtbot.waitUntil(lambda: "“样路”改名为“样新路”" in form.preview.text())
    with qtbot.waitSignal(screen.offer) as offered:
        qtbot.keyClick(form.fields[0].line, ENTER)
    assert offered.args[0] == "已改名为“样新路”。"
    assert place_card.card(session.workspace, road).name == "样新路"
    with qtbot.waitSignal(screen.say):
        offered.args[1]()
    assert place_card.card(session.workspace, road).name == "样路"


def test_a_street_is_split_by_the_numbers_of_its_houses(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("split")
    form = screen.places.forms["split"]
    name, numbers, side = form.fields
    name.line.insert("样路东段")
    numbers.line.insert("1-4")
    qtbot.waitUntil(lambda: "全部都选上了" in form.problem.text())
    side.setFocus()
    qtbot.keyClick(side.line, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: "把 2 个门牌 移到新的“样路东段”" in form.preview.text())
    assert confirmed(qtbot, screen, form) == "已拆出“样路东段”，2 处归它。"
    inside = place_card.card(session.workspace, road).inside
    assert [one.name for one in inside] == ["2号", "4号"]


def test_two_spellings_are_merged_and_a_house_is_moved(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("merge")
    form = screen.places.forms["merge"]
    with qtbot.waitSignal(form.fields[0].wanted):  # type: ignore[attr-defined]
        qtbot.keyClick(form.fields[0].line, Qt.Key.Key_Down)
    popup = form.fields[0].popup  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: popup.current is not None)
    assert popup.current.name == "样大路"
    qtbot.keyClick(form.fields[0].line, ENTER)
    qtbot.waitUntil(lambda: "“样路”并入“样大路”" in form.preview.text())
    assert "两边都有的 1 处合成一处" in form.preview.text()
    assert QApplication.focusWidget() is form.confirm_button
    assert confirmed(qtbot, screen, form) == "已并入“样大路”。"
    qtbot.waitUntil(lambda: screen.places.card is not None and screen.places.card.name == "样大路")
    card = screen.places.card
    assert card is not None and card.duplicates == ("样路",) and len(card.inside) == 4


def test_nothing_is_merged_before_a_place_is_picked(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("move")
    screen.places.forms["move"].confirm()
    qtbot.keyClick(screen.places.forms["move"], Qt.Key.Key_Escape)
    assert screen.places.form is None
    assert place_card.card(session.workspace, road).above[0].division_code == COMMUNITY


def test_what_cannot_be_is_told_in_the_form(qtbot: QtBot, session: Session, road: bytes) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("retire")
    form = screen.places.forms["retire"]
    qtbot.waitUntil(lambda: "里还有在用的地点" in form.problem.text())
    screen.places.leave_form()
    screen.run("rename")
    form = screen.places.forms["rename"]
    form.fields[0].line.selectAll()
    form.fields[0].line.insert("样大路")
    form.confirm()
    qtbot.waitUntil(lambda: "合并" in form.fields[0].line.accessibleDescription())


def test_a_place_without_number_is_added(qtbot: QtBot, session: Session, road: bytes) -> None:
    screen = at_place(qtbot, session, road)
    screen.run("add")
    form = screen.places.forms["add"]
    kind, name, _raw = form.fields
    assert kind.text == "楼号门牌"
    name.line.insert("原纺织厂院内")
    assert confirmed(qtbot, screen, form) == "已添加“原纺织厂院内”。"
    assert "原纺织厂院内" in [one.name for one in place_card.card(session.workspace, road).inside]


def test_a_grid_is_made_filled_given_and_handed_over(
    qtbot: QtBot,
    session: Session,
    road: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paths, "papers_folder", lambda: tmp_path)
    screen = shown(qtbot, session, GRID_VIEW)
    # Without a grid there is one thing to do, and Enter does it.
    qtbot.waitUntil(screen.grids.first.hasFocus)
    qtbot.keyClick(screen.grids.first, ENTER)
    form = screen.grids.new_form
    qtbot.waitUntil(form.division.line.hasFocus)
    qtbot.keyClicks(form.division.line, "lmsq")
    qtbot.keyClick(form.division.line, ENTER)
    qtbot.waitUntil(form.code.line.hasFocus)
    assert form.division.text == "劳模社区"
    form.code.line.insert("001")
    form.responsible.line.insert("王样")
    assert confirmed(qtbot, screen, form) == "已添加网格 001。"
    qtbot.waitUntil(lambda: screen.grids.card is not None)
    screen.run("move")
    with qtbot.waitSignal(screen.grids.hang_form.place.wanted):
        screen.grids.hang_form.place.line.insert("样路")
        screen.grids.hang_form.place.open_list()
    popup = screen.grids.hang_form.place.popup
    qtbot.waitUntil(lambda: popup.current is not None)
    chosen = popup.current
    assert chosen is not None
    screen.grids.hang_form.place.take(chosen)
    assert "样路" in confirmed(qtbot, screen, screen.grids.hang_form)
    qtbot.waitUntil(lambda: screen.grids.card is not None and bool(screen.grids.card.stops))
    screen.run("assign")
    assert screen.grids.assign_form.assignee.text == "王样"
    assert "已派给王样" in confirmed(qtbot, screen, screen.grids.assign_form)
    screen.run("merge")
    relay = screen.grids.relay_form
    opened: list[Path] = []
    relay.open_file = opened.append
    relay.taker.line.insert("赵样")
    relay.look()
    qtbot.waitUntil(lambda: "责任人由王样换成赵样" in relay.preview.text())
    assert "王样的 1 项任务转给接收人" in relay.preview.text()
    assert "已交给赵样" in confirmed(qtbot, screen, relay)
    assert [file.parent for file in opened] == [tmp_path] and opened[0].exists()
    (grid,) = gridding.grids_here(session.workspace)
    assert grid.fields["responsible"] == "赵样"


def test_assignments_are_listed_ended_and_lead_to_their_place(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    workspace = session.workspace
    until = workspace.today + timedelta(days=3)
    assigning.assign(workspace, AssignmentOrder("王样", until, places=(road,)))
    screen = shown(qtbot, session, ASSIGNMENT_VIEW)
    qtbot.waitUntil(lambda: len(screen.given.rows) == 1)
    qtbot.keyClick(screen.given.list, ENTER)
    qtbot.waitUntil(lambda: screen.places.card is not None and screen.places.card.id == road)
    screen.show_page(2)
    with qtbot.waitSignal(screen.offer) as offered:
        screen.run("end")
    assert offered.args[0] == "已结束 1 项任务。"
    qtbot.waitUntil(lambda: not screen.given.rows)


def test_a_collector_adds_and_changes_nothing_else(
    qtbot: QtBot, session: Session, road: bytes
) -> None:
    account: Account = session.workspace.account
    session.workspace.account = replace(account, role=Role.COLLECTOR)
    screen = at_place(qtbot, session, road)
    seen = {act for act, made in screen.places._buttons.items() if made.isVisible()}
    assert seen == {"add"}
    screen.run("rename")
    assert screen.places.form is None


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_everything_has_room(qtbot: QtBot, session: Session, road: bytes, scale: float) -> None:
    session.theme.choose(scale=scale)
    screen = at_place(qtbot, session, road)
    assert screen.minimumSizeHint().width() <= 1294 and screen.minimumSizeHint().height() <= 716
    for act in screen.places.forms:
        screen.run(act)
        form = screen.places.form
        if form is not None:
            assert form.confirm_button.geometry().bottom() <= form.height()
            screen.places.leave_form()
    session.theme.choose(scale=1.0)
