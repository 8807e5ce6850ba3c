"""The street board by keyboard: along a street, up a tower, through a village; numbers, whole floors."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.board import Mark, Shape, Side
from organizer.domain.unit_filter import NAMED
from organizer.services import undoing
from organizer.services.survey import drives, recording, walking
from organizer.services.survey.drives import DriveOrder
from organizer.services.survey.recording import VisitOrder
from organizer.ui.session import Session
from organizer.ui.survey.screen import SurveyScreen
from tests.support.model_watch import watch_all
from tests.support.sitting import show

Key = Qt.Key
STREET, TOWER, VILLAGE = ("云峰北街", "园西社区"), ("建设中路", "功勋社区"), ("方巾牛村委会", "")


def shown(qtbot: QtBot, session: Session) -> SurveyScreen:
    made = show(qtbot, SurveyScreen(session))
    qtbot.waitUntil(lambda: made.finder.model.rowCount() > 0)
    return made


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    yield shown(qtbot, session)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def walk_of(screen: SurveyScreen, wanted: tuple[str, str]) -> bytes:
    nodes = walking.tree(screen.session.workspace).nodes
    names = {node.id: node.name for node in nodes}
    name, above = wanted
    return next(
        node.id
        for node in nodes
        if node.name == name and (not above or (node.parent and names[node.parent] == above))
    )


def open_board(qtbot: QtBot, screen: SurveyScreen, wanted: tuple[str, str]) -> None:
    """Choose a walk in the tree with the keyboard and put the cursor on its board."""
    view, walk = screen.finder.view, walk_of(screen, wanted)
    view.setFocus()
    view.setCurrentIndex(screen.finder.model.find(walk))
    qtbot.keyClick(view, Key.Key_Return)
    street = screen.street
    qtbot.waitUntil(
        lambda: street.way is not None and street.way.id == walk and street.doors.hasFocus()
    )
    qtbot.waitUntil(lambda: all(door.employer in street.model.lamps for door in street.model.doors))
    qtbot.keyClick(street.doors, Key.Key_Escape)
    assert focused() is street.board


def standing(screen: SurveyScreen) -> str:
    """The number of the tile one stands at."""
    board = screen.street.board
    return board.board.tiles[board.tile].name


def press(qtbot: QtBot, screen: SurveyScreen, *keys: Key) -> str:
    for key in keys:
        qtbot.keyClick(screen.street.board, key)
    return standing(screen)


def carded(screen: SurveyScreen) -> bool:
    """Whether the card in view is that of the door one stands at."""
    door, card = screen.street.door, screen.card.card
    return door is not None and card is not None and card.employer == door.employer


def trigger(screen: SurveyScreen, name: str) -> None:
    next(one for one in screen.actions_table() if one.id == name).run()


def test_a_street_is_walked_on_both_sides(qtbot: QtBot, screen: SurveyScreen) -> None:
    assert {"DoorModel", "TileModel"} <= watch_all(screen)
    open_board(qtbot, screen, STREET)
    board = screen.street.board.board
    assert board.shape is Shape.STREET
    assert [row.key for row in board.rows][:2] == [Side.ODD, Side.EVEN]
    assert press(qtbot, screen, Key.Key_Home) == "1号"
    assert press(qtbot, screen, Key.Key_Right, Key.Key_Right) == "5号"
    across = press(qtbot, screen, Key.Key_Down)
    assert int(across.rstrip("号")) % 2 == 0
    assert press(qtbot, screen, Key.Key_Up, Key.Key_Home) == "1号"
    assert press(qtbot, screen, Key.Key_Left) == "1号"
    last = press(qtbot, screen, Key.Key_End)
    assert last == board.rows[0].tiles[-1].name
    door = screen.street.door
    assert (
        door is not None
        and screen.street.board.board.tile_of(screen.street.model.row_of(door.employer))
        == len(board.rows[0].tiles) - 1
    )


def test_a_typed_number_jumps_to_its_house_and_enter_opens_the_doors(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_board(qtbot, screen, STREET)
    qtbot.keyClicks(screen.street.board, "13")
    assert standing(screen) == "13号"
    qtbot.keyClick(screen.street.board, Key.Key_Escape)
    qtbot.keyClicks(screen.street.board, "6")
    assert standing(screen) == "6号"
    qtbot.keyClick(screen.street.board, Key.Key_Return)
    assert screen.street.doors.hasFocus()
    door = screen.street.door
    assert door is not None
    qtbot.waitUntil(lambda: carded(screen))
    qtbot.keyClicks(screen.street.doors, "2")
    qtbot.waitUntil(
        lambda: (
            recording.visit_count(screen.session.workspace, door.employer) == 1
            and screen.street.door != door
        )
    )


def test_tiles_fill_and_are_lettered_as_doors_are_done(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_board(qtbot, screen, STREET)
    street, tiles = screen.street, screen.street.board.tiles
    at = next(n for n, tile in enumerate(street.board.board.tiles) if len(tile.doors) == 2)
    assert (tiles.fills[at].done, tiles.fills[at].mark) == (0, Mark.UNSEEN)
    street.doors.go_to(street.board.board.tiles[at].doors[0])
    street.doors.setFocus()
    qtbot.waitUntil(lambda: carded(screen))
    qtbot.keyClicks(street.doors, "3")
    qtbot.waitUntil(lambda: tiles.fills[at].done == 1)
    assert tiles.fills[at].mark is Mark.LACKING
    said = tiles.index(at).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2 户" in said and "已查 1 户" in said and "差" in said


def test_a_street_with_one_tower_opens_as_a_stack_of_floors(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    open_board(qtbot, screen, TOWER)
    board = screen.street.board.board
    assert board.shape is Shape.FLOORS
    names = [row.name for row in board.rows]
    assert names == sorted(names, key=lambda name: -int(name.rstrip("层")))
    qtbot.keyClicks(screen.street.board, "505")
    assert standing(screen) == "505室"
    floor = press(qtbot, screen, Key.Key_Up)
    assert floor.startswith("6")
    assert screen.street.door is not None
    # There is nothing outside but the street's list.
    qtbot.keyClick(screen.street.board, Key.Key_Backspace)
    assert focused() is screen.finder.view


def test_nobody_on_the_whole_floor_is_one_step_and_taken_back_as_one(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    offered: list[tuple[str, object]] = []
    screen.offer.connect(lambda said, undo: offered.append((said, undo)))
    open_board(qtbot, screen, TOWER)
    qtbot.keyClicks(screen.street.board, "303")
    row = screen.street.board.board.row_of_tile[screen.street.board.tile]
    doors = [number for tile in row.tiles for number in tile.doors]
    trigger(screen, "survey.nobody")

    def outcomes() -> list[str]:
        return [screen.street.model.doors[number].outcome for number in doors]

    qtbot.waitUntil(lambda: outcomes() == ["2"] * len(doors))
    assert "3层" in offered[0][0] and str(len(doors)) in offered[0][0]
    undoing.take_back(screen.session.workspace)
    screen.session.touched.emit()
    qtbot.waitUntil(lambda: outcomes() == [""] * len(doors))


def test_a_village_is_a_cluster_of_groups(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_board(qtbot, screen, VILLAGE)
    board = screen.street.board.board
    assert board.shape is Shape.CLUSTER
    assert {"1组", "2组", "11组"} & {row.name for row in board.rows}
    assert sum(len(tile.doors) for tile in board.tiles) == len(screen.street.model.doors) == 32
    first = standing(screen)
    assert press(qtbot, screen, Key.Key_Down) != first
    assert press(qtbot, screen, Key.Key_End) != first


def test_one_resumes_at_the_same_door_even_after_a_kill(
    qtbot: QtBot, session: Session, screen: SurveyScreen
) -> None:
    open_board(qtbot, screen, TOWER)
    qtbot.keyClicks(screen.street.board, "707")
    door = screen.street.door
    assert door is not None
    draft = "SELECT count(*) FROM draft WHERE screen = 'board' AND instr(fields, ?)"

    def kept() -> bool:
        found = session.workspace.database.read(
            lambda c: c.execute(draft, (door.employer.hex(),)).fetchone()
        )
        return bool(found[0])

    qtbot.waitUntil(kept)
    screen.hide()
    again = shown(qtbot, session)
    qtbot.waitUntil(lambda: again.street.door == door)
    assert again.street.board.board.shape is Shape.FLOORS
    doors = again.street.doors
    qtbot.waitUntil(
        lambda: doors.viewport().rect().contains(doors.visualRect(doors.currentIndex()))
    )


def test_a_filter_leaves_the_same_units_in_tree_and_street(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    workspace = screen.session.workspace
    open_board(qtbot, screen, STREET)
    doors = screen.street.model.doors
    recording.record_visit(workspace, VisitOrder(doors[0].employer, "1"))
    which = screen.finder.units.box
    which.setFocus()
    which.setCurrentIndex(which.findData("unvisited"))
    which.activated.emit(which.currentIndex())
    qtbot.waitUntil(lambda: len(screen.street.model.doors) == len(doors) - 1)
    walk = walk_of(screen, STREET)

    def counted() -> int:
        node = screen.finder.model.node(screen.finder.model.find(walk))
        return node.units if node is not None else 0

    qtbot.waitUntil(lambda: counted() == len(doors) - 1)
    which.setCurrentIndex(0)
    which.activated.emit(0)
    qtbot.waitUntil(lambda: len(screen.street.model.doors) == len(doors))


def test_a_drive_is_chosen_and_its_doors_walked_across_streets(
    qtbot: QtBot, session: Session, screen: SurveyScreen
) -> None:
    workspace = session.workspace
    order = DriveOrder("都走到", NAMED["unvisited"], workspace.today, "王样")
    drive = drives.add_drive(workspace, order)
    session.touched.emit()
    which = screen.finder.units.box
    qtbot.waitUntil(lambda: which.findData(drive.hex()) > 0)
    assert "都走到" in which.itemText(which.findData(drive.hex()))
    which.setCurrentIndex(which.findData(drive.hex()))
    which.activated.emit(which.currentIndex())
    qtbot.waitUntil(lambda: len(screen.street.model.doors) == 392)
    assert screen.street.way is not None and screen.street.way.name == "都走到"
    streets = [door.door.split()[0] for door in screen.street.model.doors if door.door]
    changes = sum(one != other for one, other in itertools.pairwise(streets))
    assert changes < 40


def test_screen_readers_hear_each_tile(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_board(qtbot, screen, STREET)
    spoken = QAccessible.queryAccessibleInterface(screen.street.board)
    assert spoken.text(QAccessible.Text.Name) == "门牌图"
    tiles = screen.street.board.tiles
    said = [
        tiles.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(tiles.rowCount())
    ]
    assert len(set(said)) == len(said) and all("户" in one for one in said)


@pytest.mark.parametrize("scale", [1.0, 1.75])
@pytest.mark.parametrize("wanted", [STREET, TOWER, VILLAGE])
def test_the_board_leaves_the_doors_room_at_every_type_size(
    qtbot: QtBot, screen: SurveyScreen, wanted: tuple[str, str], scale: float
) -> None:
    theme, street = screen.session.theme, screen.street
    theme.choose(scale=scale)
    screen.arrive(walk_of(screen, wanted))
    qtbot.waitUntil(street.board.isVisible)
    qtbot.waitUntil(lambda: street.board.height() <= street.height() / 2)
    qtbot.waitUntil(lambda: street.doors.height() > 2 * theme.px(36))
    if wanted == STREET:
        # A street goes along; no house of it lies below the edge.
        qtbot.waitUntil(lambda: not street.board.verticalScrollBar().maximum())


def test_a_filter_is_kept_as_a_drive(qtbot: QtBot, session: Session, screen: SurveyScreen) -> None:
    offered: list[tuple[str, object]] = []
    screen.offer.connect(lambda said, undo: offered.append((said, undo)))
    open_board(qtbot, screen, STREET)
    which = screen.finder.units.box
    which.setCurrentIndex(which.findData("many_unfounded"))
    which.activated.emit(which.currentIndex())
    trigger(screen, "survey.drive")
    assert focused().objectName() == "drive-name"
    assert focused().text() == "百人以上未建会"  # type: ignore[attr-defined]
    for typed in ("", "10", "2020-01-01"):
        qtbot.keyClicks(focused(), typed)
        qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), "wang")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: focused().objectName() == "drive-due")
    assert "已经过了" in focused().accessibleDescription()
    due = session.workspace.today.isoformat()
    focused().selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(focused(), due)
    for _field in range(2):
        qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: bool(offered))
    (made,) = drives.drives_here(session.workspace)
    assert (made.name, made.due_on.isoformat(), made.responsible) == ("百人以上未建会", due, "wang")
    assert focused() is which and screen.finder.view.isVisible()
    _said, undo = offered[0]
    assert callable(undo)
    undo()
    qtbot.waitUntil(lambda: drives.drives_here(session.workspace) == [])


def test_without_a_filter_there_is_nothing_to_keep(qtbot: QtBot, screen: SurveyScreen) -> None:
    said: list[str] = []
    screen.say.connect(said.append)
    trigger(screen, "survey.drive")
    assert "先选一个筛选" in said[0] and focused() is screen.finder.units.box
