"""The middle pane: a walk as a board of tiles, and its doors as a list."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from organizer.domain.board import Board, Ground, Shape, Tile, mark
from organizer.domain.clears import Lamp, Light
from organizer.i18n import _
from organizer.services.survey import walking
from organizer.services.survey.walking import Door, Way
from organizer.ui.survey.board import BoardView
from organizer.ui.survey.board_tiles import Fill, tile_name
from organizer.ui.survey.doors import DoorList, DoorModel
from organizer.ui.theme import Theme
from organizer.ui.widgets.elided import ElidedLabel
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.lamps import Lamps
from organizer.ui.widgets.plain import button, label, restyle, row

_NAMED = 2
"""Names of a place in the heading; what they stand in is named before them."""


class Whole(NamedTuple):
    """A floor, house or group whose doors are taken together, and the word for nobody there."""

    place: bytes
    name: str
    word: str


class Street(QFrame):
    """Shows a way. `stood` follows the door one stands at."""

    stood = Signal(object)
    entered = Signal()
    digit = Signal(str)
    new_wanted = Signal()
    nobody_wanted = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.way: Way | None = None
        self._ground = Ground((), ())
        self._loading = False
        self.at = b""
        """The place whose board is in view."""
        self.model = DoorModel(self)
        self.doors = DoorList(theme, self.model)
        self.doors.setProperty("kind", "inner")
        self.board = BoardView(theme)
        self.leave: QPushButton = button(_("‹ 街路"), self.back.emit, name="back-to-places")
        # A long name is cut rather than pushing the card out of the window.
        self._title = ElidedLabel("title")
        self._above = ElidedLabel("mut")
        self._count = label("", "mut")
        self._count.setWordWrap(False)
        self._lamps = Lamps(theme)
        self.add = KeyButton(
            theme, _("新增单位"), self.new_wanted.emit, shortcut="Ctrl+N", name="new-unit"
        )
        self.add.setToolTip(_("记下名单里没有的单位（在门的列表里按 7，或 Ctrl+N）"))
        self._house = ElidedLabel("mut")
        self.nobody = KeyButton(
            theme,
            _("整层无人"),
            self.nobody_wanted.emit,
            shortcut="Shift+2",
            kind="inline",
            name="nobody-here",
        )
        self._empty = label("", "mut")
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def door(self) -> Door | None:
        """The door one stands at."""
        at = self.doors.currentIndex().row()
        return self.model.doors[at] if 0 <= at < len(self.model.doors) else None

    @property
    def whole(self) -> Whole | None:
        """The floor, group or house one stands in; None where there is but one door."""
        at = self.board.tile
        if at < 0 or self.way is None:
            return None
        tile, line = self.board.board.tiles[at], self.board.board.row_of_tile[at]
        if line.place is not None:
            doors = sum(len(one.doors) for one in line.tiles)
            floor = self.board.board.shape is Shape.FLOORS
            word = _("整层无人") if floor else _("整组无人")
            return Whole(line.place, line.name, word) if doors > 1 else None
        if len(tile.doors) < 2 or tile.key == self.at:
            return None
        word = _("整条巷无人") if tile.kind == "street" else _("整栋无人")
        return Whole(tile.key, tile_name(tile), word)

    def be_narrow(self, narrow: bool) -> None:
        """Beside the tree or in its place: then the way back to it is here, and the name smaller."""
        self.leave.setVisible(narrow)
        restyle(self._title, "kind", "head" if narrow else "title")

    def clear(self) -> None:
        """No walk is chosen."""
        self.way = None
        self._title.setText("")
        for part in (self._board_card, self._list, self.add, self._count, self._lamps):
            part.hide()
        self._empty.setText(
            _("从左边选一条街路、一栋楼或一个村组，按 Enter 打开；也可以直接打字或拼音首字母查找。")
        )
        self._empty.show()

    def show_way(
        self,
        way: Way,
        employer: bytes | None,
        today: date,
        *,
        onward: bool,
        at: bytes = b"",
        filtered: bool = False,
    ) -> None:
        """Show a way, standing at a unit, or with `onward` at the next door that waits.

        `at` is the place on it whose board was in view before, `filtered` whether units are left out.
        """
        same = self.way is not None and self.way.id == way.id
        self.way = way
        self.add.show()
        nobody = _("这里还没有登记单位。走到门口，用“新增单位”记下来。")
        others = _("这里没有符合筛选的单位。按 Esc 换一处，或改看“全部单位”。")
        self._empty.setText(others if filtered else nobody)
        for part in (self._list, self._count, self._lamps):
            part.setVisible(bool(way.doors))
        self._empty.setVisible(not way.doors)
        before = self.door
        self.model.lamps |= way.lamps
        self._ground = Ground(way.spots, way.doors)
        self._show_level(self._level(at or (self.at if same else b"")))
        self._show_count()
        row_at = self.model.row_of(employer)
        if onward and (row_at < 0 or not way.doors[row_at].waits(today)):
            following = walking.next_door(way.doors, row_at, today)
            row_at = following if following is not None else row_at
        if way.doors:
            self.go_to(max(row_at, 0), again=before is not None)
        else:
            self.stood.emit(None)

    def go_to(self, at: int, *, again: bool = False) -> None:
        """Stand at a door; `again` tells of it even when one stands there already."""
        already = self.doors.currentIndex().row() == at
        self.doors.go_to(at)
        if already and again:
            self._on_chosen(at)

    def note_visit(self, employer: bytes, outcome: str, day: date) -> bool:
        """Show a saved visit and step to the next door that waits; False when none does.

        Whoever has gone on to another door meanwhile stays there.
        """
        at, standing = self.model.row_of(employer), self.door
        if at < 0:
            return True
        self.model.update_door(at, outcome, day.isoformat())
        following = walking.next_door(self.model.doors, at, day)
        self._show_count()
        if following is not None and (standing is None or standing.employer == employer):
            self.go_to(following)
        return following is not None

    def focus_first(self) -> None:
        """Put the cursor where work goes on."""
        (self.doors if self.model.doors else self.add).setFocus()

    def _level(self, wanted: bytes) -> bytes:
        root = self._ground.root
        known = any(spot.id == wanted for spot in self.way.spots) if self.way else False
        return wanted if known else self._ground.opening() if root else b""

    def _show_level(self, at: bytes) -> None:
        """Show the board of a place; houses and doors are named from there."""
        way = self.way
        if way is None:
            return
        self.at = at
        board = self._ground.board(at or way.id)
        self._loading = True
        self.model.show_doors(way.doors, self._names(way, board.shape))
        self._loading = False
        self.board.show_board(board, self._fills(board))
        self._show_lamps()
        self._show_heading(board)
        self._board_card.setVisible(len(board.tiles) > 1)
        self._fit()

    def _show_heading(self, board: Board) -> None:
        """The house in large letters, the street it is in before it in small ones."""
        way = self.way
        if way is None:
            return
        names = [spot.name for spot in board.trail] or [way.name]
        own = names[-_NAMED:] if len(names) > _NAMED else names[1:] or names
        above = " ".join(filter(None, (way.above, *names[: len(names) - len(own)])))
        self._title.setText(" ".join(own))
        self._above.setText(above)
        self._above.setVisible(bool(above))

    def _names(self, way: Way, shape: Shape) -> list[tuple[str, str]]:
        """House and door of each unit as they are called where one is."""
        if not self._ground.root:
            return [("", door.door) for door in way.doors]
        paths = (self._ground.path(number, self.at) for number in range(len(way.doors)))
        nameless = (_("未写门牌") if shape is Shape.STREET else ""), ""
        return [(path[0], " ".join(path[1:])) if path else nameless for path in paths]

    def _fills(self, board: Board) -> list[Fill]:
        return [self._fill(tile) for tile in board.tiles]

    def _fill(self, tile: Tile) -> Fill:
        doors = [self.model.doors[at] for at in tile.doors]
        lit = self.model.lamps
        found = mark((door, lit.get(door.employer, ())) for door in doors)
        return Fill(sum(door.done for door in doors), found)

    def _show_count(self) -> None:
        doors = self.model.doors
        reached, closed = sum(d.reached for d in doors), sum(d.closed for d in doors)
        told = _("已查 {reached} / {units}").format(reached=reached, units=len(doors))
        if closed:
            told = _("{told}，已尽责 {closed}").format(told=told, closed=closed)
        self._count.setText(told)

    def _on_chosen(self, at: int) -> None:
        if self.at and not self._ground.holds(self.at, at):
            level: bytes | None = self.at
            while level is not None and not self._ground.holds(level, at):
                level = self._ground.outside(level)
            self._show_level(level or self._ground.opening())
        self.board.mark(self.board.board.tile_of(at))
        self._show_house()
        self.stood.emit(self.model.doors[at])

    def _show_house(self) -> None:
        at = self.board.tile
        whole = self.whole
        self.nobody.setVisible(whole is not None)
        if whole is not None:
            self.nobody.say(whole.word)
        if at < 0:
            self._head.hide()
            return
        tile, line = self.board.board.tiles[at], self.board.board.row_of_tile[at]
        name = f"{line.name} {tile_name(tile)}".strip()
        self._house.setText(_("{name}　{units} 户").format(name=name, units=len(tile.doors)))
        self._head.setVisible(not self._board_card.isHidden())

    def _on_tile(self, at: int) -> None:
        doors = self.board.board.tiles[at].doors
        standing = self.doors.currentIndex().row()
        if doors and standing not in doors:
            self.doors.go_to(next((n for n in doors if not self.model.doors[n].done), doors[0]))
        self._show_house()

    def _on_dived(self, spot: bytes) -> None:
        at = self._ground.inside(spot)
        self._show_level(at)
        doors = [n for tile in self.board.board.tiles for n in tile.doors]
        standing = self.doors.currentIndex().row()
        if standing in doors:
            self.go_to(standing, again=True)
        elif doors:
            waiting = (n for n in sorted(doors) if not self.model.doors[n].done)
            self.doors.go_to(next(waiting, doors[0]))

    def _on_out(self) -> None:
        """One board up, or out of the walk."""
        above = self._ground.outside(self.at) if self.at else None
        if above is None:
            self.back.emit()
            return
        self._show_level(above)
        self.go_to(max(self.doors.currentIndex().row(), 0), again=True)

    def _on_back(self) -> None:
        if self._board_card.isHidden():
            self._on_out()
        else:
            self.board.setFocus()

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """What lies behind the tiles has changed: fill them anew, one alone when it is one door."""
        if self._loading:
            return
        board = self.board.board
        if first.row() == last.row():
            at = board.tile_of(first.row())
            if at >= 0:
                self.board.tiles.show_fill(at, self._fill(board.tiles[at]))
        else:
            self.board.tiles.show_fills(self._fills(board))
        self._show_lamps()

    def _show_lamps(self) -> None:
        """The lamps of the whole walk: clear where every unit's is."""
        shown = [
            self.model.lamps[d.employer] for d in self.model.doors if d.employer in self.model.lamps
        ]
        self._lamps.show_lamps(_together(shown) if len(shown) == len(self.model.doors) else ())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The board keeps its share."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.nobody.setFixedHeight(self._theme.px(28))
        self.board.fit(self.height())

    def _lay_out(self) -> None:
        self._board_card = QFrame()
        self._board_card.setProperty("kind", "card")
        framed = QVBoxLayout(self._board_card)
        framed.setContentsMargins(8, 8, 8, 8)
        framed.addWidget(self.board)
        self._list = QFrame()
        self._list.setProperty("kind", "card")
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.setSpacing(4)
        self._head = QFrame()
        head = row(self._house, self.nobody)
        head.setContentsMargins(12, 4, 4, 0)
        head.setStretch(0, 1)
        self._head.setLayout(head)
        inside.addWidget(self._head)
        inside.addWidget(self.doors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        top = row(self.leave, self._title, self.add)
        top.setStretch(1, 1)
        layout.addLayout(top)
        below = row(self._count, self._above, self._lamps)
        below.setStretch(1, 1)
        layout.addLayout(below)
        layout.addWidget(self._empty)
        layout.addWidget(self._board_card)
        layout.addWidget(self._list, 1)
        layout.addStretch(0)

    def _connect(self) -> None:
        self.doors.chosen.connect(self._on_chosen)
        self.doors.entered.connect(self.entered)
        self.doors.digit.connect(self.digit)
        self.doors.back.connect(self._on_back)
        self.model.dataChanged.connect(lambda first, last: self._on_changed(first, last))
        self.board.stood.connect(self._on_tile)
        self.board.entered.connect(self.doors.setFocus)
        self.board.dived.connect(self._on_dived)
        self.board.back.connect(self._on_out)
        self._theme.changed.connect(self._fit)


def _together(shown: Sequence[Sequence[Lamp]]) -> tuple[Lamp, ...]:
    """Each lamp of many units as one: clear where all are, unseen where none shows anything."""
    found = []
    for column in zip(*shown, strict=False):
        lights = {lamp.light for lamp in column}
        light = lights.pop() if len(lights) == 1 else Light.LACKING
        found.append(Lamp(column[0].rule, light, ()))
    return tuple(found)
