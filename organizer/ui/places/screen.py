"""地点和网格: where places are put in order, grids given to people, assignments printed and ended."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services import undoing
from organizer.ui.actions import Action
from organizer.ui.places.assignment_page import AssignmentPage
from organizer.ui.places.grid_page import GridPage
from organizer.ui.places.place_page import PlacePage
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, row

PLACES, GRIDS, ASSIGNMENTS = range(3)
GRID_VIEW = "grids"
ASSIGNMENT_VIEW = "assignments"
_VIEWS = {"places": PLACES, GRID_VIEW: GRIDS, ASSIGNMENT_VIEW: ASSIGNMENTS}

KEYS = {
    "rename": "F2", "kind": "Ctrl+I", "move": "Ctrl+M", "split": "Ctrl+B", "merge": "Ctrl+J",
    "retire": "Ctrl+Delete", "add": "Ctrl+N", "assign": "Ctrl+T", "print": "Ctrl+P",
    "small": "Ctrl+Shift+P", "end": "Ctrl+E", "find": "Ctrl+F", "next": "Ctrl+G",
}  # fmt: skip
"""One key does on each page what is like it: F2 renames a place and edits a grid."""


class PlacesScreen(Screen):
    """Three pages: places, grids, assignments. `arrive` takes a place, or the name of a page."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.places = PlacePage(session, self._place_acts())
        self.grids = GridPage(session, self._grid_acts())
        self.given = AssignmentPage(session, self._assignment_acts())
        self._pages = QStackedWidget()
        for page in (self.places, self.grids, self.given):
            self._pages.addWidget(page)
            page.changed.connect(self._on_changed)
        self._tabs = QButtonGroup(self)
        tabs = [self._tab(number, text) for number, text in enumerate(
            (_("地点"), _("网格"), _("任务")))]  # fmt: skip
        back = button(_("返回"), self.back.emit, name="back")
        back.setToolTip(_("返回 (Esc)"))
        whole = column(row(*tabs, None, back), self._pages, into=QVBoxLayout(self), gap=12)
        whole.setContentsMargins(20, 12, 20, 16)
        self.places.opened_unit.connect(lambda unit: self.go.emit("employers", unit))
        self.grids.opened_place.connect(self._show_place)
        self.given.say.connect(self.say)
        self.given.opened.connect(self._on_assignment_opened)
        session.touched.connect(self._on_touched)

    def actions_table(self) -> Sequence[Action]:
        """What can be done on the page in view; on each page the same keys."""
        review, survey, look = Permission.REVIEW, Permission.SURVEY, Permission.LOOK
        told: tuple[tuple[str, str, Permission], ...] = (
            ("rename", _("改名（网格：修改）"), review),
            ("kind", _("改类型"), review),
            ("move", _("移到（网格：划入地点）"), review),
            ("split", _("拆分地点"), review),
            ("merge", _("合并地点（网格：交接）"), review),
            ("retire", _("停用"), review),
            ("add", _("新增"), survey),
            ("assign", _("派任务"), review),
            ("print", _("打印任务单"), Permission.PRINT),
            ("small", _("存为 A5 任务单"), Permission.PRINT),
            ("end", _("结束任务"), review),
            ("find", _("查找地点"), look),
            ("next", _("换到下一页：地点、网格、任务"), look),
        )
        own = [
            Action(f"places.{act}", text, self._runner(act), KEYS[act], "", permission)
            for act, text, permission in told
        ]
        confirm = Action("places.confirm", _("确定"), self._confirm, "Ctrl+Return")
        return (*own, confirm)

    def arrive(self, record: object = None) -> None:
        """Show a place, or a page by its name."""
        if isinstance(record, bytes):
            self._show_place(record)
        elif isinstance(record, str):
            self.show_page(_VIEWS[record])
        self._reload()

    def leave(self) -> None:
        """Nothing half done stays behind a form."""
        self._leave_form()

    def show_page(self, number: int) -> None:
        """Bring one of the pages into view."""
        self._pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        self._reload()
        if number == GRIDS:
            self.grids.focus_list()
        elif number == ASSIGNMENTS:
            self.given.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is chosen, then the screen."""
        if event.key() == Qt.Key.Key_Escape:
            page = self._pages.currentWidget()
            if (
                page is self.given
                or not (self.places if page is self.places else self.grids).panes.go_back()
            ):
                self.back.emit()
        else:
            super().keyPressEvent(event)

    def run(self, act: str) -> None:
        """Do an act on the page in view."""
        page = self._pages.currentIndex()
        doing: dict[tuple[int, str], Callable[[], object]] = {
            (PLACES, "assign"): self.places.assign,
            (GRIDS, "rename"): self._edit_grid,
            (GRIDS, "move"): self._hang,
            (GRIDS, "merge"): self._relay,
            (GRIDS, "retire"): self.grids.retire,
            (GRIDS, "add"): self._new_grid,
            (GRIDS, "assign"): self._assign_grid,
            (ASSIGNMENTS, "print"): self.given.print_slip,
            (ASSIGNMENTS, "small"): lambda: self.given.print_slip("A5"),
            (ASSIGNMENTS, "end"): self.given.end,
        }
        if act == "find":
            self.show_page(PLACES)
            self.places.focus_search()
        elif act == "next":
            self.show_page((page + 1) % self._pages.count())
        elif (page, act) in doing:
            doing[page, act]()
        elif page == PLACES and act in self.places.forms:
            self.places.begin(act)

    def _runner(self, act: str) -> Callable[[], None]:
        return lambda: self.run(act)

    def _confirm(self) -> None:
        page = self._pages.currentWidget()
        form = self.places.form if page is self.places else self.grids.form
        if form is not None:
            form.confirm()

    def _leave_form(self) -> None:
        if self.places.form is not None:
            self.places.leave_form()
        if self.grids.form is not None:
            self.grids.leave_form()

    def _new_grid(self) -> None:
        self.grids.show_form(self.grids.new_form)
        self.grids.new_form.begin(self.grids.card)

    def _edit_grid(self) -> None:
        if self.grids.card is not None:
            self.grids.show_form(self.grids.edit_form)
            self.grids.edit_form.begin(self.grids.card)

    def _hang(self) -> None:
        if self.grids.card is not None:
            self.grids.show_form(self.grids.hang_form)
            self.grids.hang_form.begin(self.grids.card)

    def _relay(self) -> None:
        if self.grids.card is not None:
            self.grids.show_form(self.grids.relay_form)
            self.grids.relay_form.begin(self.grids.card)

    def _assign_grid(self) -> None:
        card = self.grids.card
        if card is not None:
            self.grids.show_form(self.grids.assign_form)
            who = card.grid.fields["responsible"] or ""
            self.grids.assign_form.begin(card.grid.shown, grid=card.grid.id, assignee=who)

    def _on_assignment_opened(self, target: bytes, of_grid: bool) -> None:
        if of_grid:
            self.grids.choose(target)
            self.show_page(GRIDS)
        else:
            self._show_place(target)

    def _show_place(self, place: bytes) -> None:
        self.show_page(PLACES)
        self.places.open(place)

    def _on_changed(self, said: str) -> None:
        """The way back is to this step, whatever comes after it."""
        self.session.ask(
            self,
            undoing.newest,
            lambda step: self.offer.emit(said, lambda: self._take_back(step)),
        )

    def _take_back(self, step: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, step),
            lambda _done: self.say.emit(_("已撤销。")),
            failed=self.session.notices.present,
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        for page in (self.places, self.grids, self.given):
            if page is self._pages.currentWidget():
                page.reload()

    def _tab(self, number: int, text: str) -> QPushButton:
        made = button(text, lambda: self.show_page(number), kind="choice", name=f"tab-{number}")
        made.setCheckable(True)
        made.setChecked(number == PLACES)
        self._tabs.addButton(made, number)
        return made

    def _act(self, act: str, text: str, name: str) -> KeyButton:
        made = KeyButton(self.session.theme, text, self._runner(act), shortcut=KEYS[act], name=name)
        return made

    def _place_acts(self) -> dict[str, KeyButton]:
        words = {
            "rename": _("改名"), "move": _("移到"), "split": _("拆分"), "merge": _("合并"),
            "kind": _("改类型"), "retire": _("停用"), "add": _("新增"), "assign": _("派任务"),
        }  # fmt: skip
        made = {act: self._act(act, text, f"place-{act}") for act, text in words.items()}
        for one in made.values():
            # Until it is known what may be done.
            one.hide()
        return made

    def _grid_acts(self) -> list[KeyButton]:
        words = {
            "rename": _("修改"), "move": _("划入"), "assign": _("派任务"), "merge": _("交接"),
            "retire": _("停用"), "add": _("新增"),
        }  # fmt: skip
        made = [self._act(act, text, f"grid-{act}") for act, text in words.items()]
        for one in made:
            one.hide()
        return made

    def _assignment_acts(self) -> list[KeyButton]:
        words = {"print": _("打印任务单"), "small": _("存为 A5"), "end": _("结束任务")}
        return [self._act(act, text, f"assignment-{act}") for act, text in words.items()]
