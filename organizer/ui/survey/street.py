"""The middle pane: houses of a walk as tiles, its doors as a list."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from organizer.i18n import _
from organizer.services import walking
from organizer.services.walking import Door, Way
from organizer.ui.survey.doors import DoorList, DoorModel
from organizer.ui.survey.tiles import Tiles
from organizer.ui.theme import Theme
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, label, row


class Street(QFrame):
    """Shows a way. `stood` follows the door one stands at."""

    stood = Signal(object)
    entered = Signal()
    digit = Signal(str)
    new_wanted = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.way: Way | None = None
        self.model = DoorModel(self)
        self.doors = DoorList(theme, self.model)
        self.doors.setProperty("kind", "inner")
        self.tiles = Tiles(theme)
        self.leave: QPushButton = button(_("‹ 街路"), self.back.emit, name="back-to-places")
        self._title = label("", "title")
        # A long name is cut rather than pushing the card out of the window.
        self._title.setMinimumWidth(1)
        self._above = label("", "mut")
        self._above.setWordWrap(False)
        self._count = label("", "mut")
        self._count.setWordWrap(False)
        self.add = KeyButton(
            theme, _("新增单位"), self.new_wanted.emit, shortcut="Ctrl+N", name="new-unit"
        )
        self.add.setToolTip(_("记下名单里没有的单位（在门的列表里按 7，或 Ctrl+N）"))
        self._empty = label("", "mut")
        self._lay_out()
        self.doors.chosen.connect(self._on_chosen)
        self.doors.entered.connect(self.entered)
        self.doors.digit.connect(self.digit)
        self.doors.back.connect(self._on_back)
        self.tiles.stood.connect(self._on_stop)
        self.tiles.entered.connect(self.doors.setFocus)
        self.tiles.back.connect(self.back)
        self.clear()

    @property
    def door(self) -> Door | None:
        """The door one stands at."""
        at = self.doors.currentIndex().row()
        return self.model.doors[at] if 0 <= at < len(self.model.doors) else None

    def clear(self) -> None:
        """No walk is chosen."""
        self.way = None
        self._title.setText("")
        for part in (self.tiles, self._list, self.add, self._count):
            part.hide()
        self._empty.setText(
            _("从左边选一条街路、一栋楼或一个村组，按 Enter 打开；也可以直接打字或拼音首字母查找。")
        )
        self._empty.show()

    def show_way(self, way: Way, employer: bytes | None, today: date, *, onward: bool) -> None:
        """Show a way, standing at a unit, or with `onward` at the next door that waits."""
        self.way = way
        self._title.setText(way.name)
        self._title.setToolTip(way.name)
        self._above.setText(way.above)
        self._above.setVisible(bool(way.above))
        self.add.show()
        self._empty.setText(_("这里还没有登记单位。走到门口，用“新增单位”记下来。"))
        for part, shown in ((self._list, way.doors), (self._count, way.doors)):
            part.setVisible(bool(shown))
        self._empty.setVisible(not way.doors)
        before = self.door
        self.model.show_doors(way.doors, way.stops)
        self.tiles.show_stops(way.stops)
        self._show_count()
        at = self.model.row_of(employer)
        if onward and (at < 0 or not way.doors[at].waits(today)):
            following = walking.next_door(way.doors, at, today)
            at = following if following is not None else at
        if way.doors:
            self.go_to(max(at, 0), again=before is not None)
        else:
            self.stood.emit(None)

    def go_to(self, at: int, *, again: bool = False) -> None:
        """Stand at a door; `again` tells of it even when one stands there already."""
        already = self.doors.currentIndex().row() == at
        self.doors.go_to(at)
        if already and again:
            self._on_chosen(at)

    def note_visit(self, employer: bytes, outcome: str, day: date) -> bool:
        """Show a saved visit and step to the next door that waits; False when none does."""
        at = self.model.row_of(employer)
        if at < 0:
            return True
        self.model.update_door(at, outcome, day.isoformat())
        following = walking.next_door(self.model.doors, at, day)
        self._show_count()
        if following is not None:
            self.go_to(following)
        return following is not None

    def _show_count(self) -> None:
        doors = self.model.doors
        reached = sum(door.reached for door in doors)
        self._count.setText(_("已查 {reached} / {units}").format(reached=reached, units=len(doors)))

    def _on_chosen(self, at: int) -> None:
        door = self.model.doors[at]
        self.tiles.mark(door.stop)
        self.stood.emit(door)

    def _on_stop(self, stop: bytes) -> None:
        at = next((n for n, door in enumerate(self.model.doors) if door.stop == stop), -1)
        if at >= 0 and (self.door is None or self.door.stop != stop):
            self.doors.go_to(at)

    def _on_back(self) -> None:
        if self.tiles.isHidden():
            self.back.emit()
        else:
            self.tiles.focus_marked()

    def _lay_out(self) -> None:
        self._list = QFrame()
        self._list.setProperty("kind", "card")
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.doors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = row(self.leave, self._title, self.add)
        head.setStretch(1, 1)
        layout.addLayout(head)
        layout.addLayout(row(self._above, self._count, None))
        layout.addWidget(self._empty)
        layout.addWidget(self.tiles)
        layout.addWidget(self._list, 1)
        layout.addStretch(0)
