"""建会: every founding of the office beside the one in view, walked step by step to the founded union."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services import undoing
from organizer.services.unions import founding_card
from organizer.services.unions.founding_card import FoundingLine
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.unions.founding_panel import FoundingPanel
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import card, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column
from organizer.ui.widgets.two_panes import TwoPanes

KEYS = {
    "step": "F2", "people": "F4", "meeting": "F6", "finish": "F9", "print": "Ctrl+P",
    "papers": "Ctrl+Shift+P", "drop": "Ctrl+Delete", "give_up": "Ctrl+E", "new": "Ctrl+N",
}  # fmt: skip
UNIT = "unit"
"""What `arrive` takes beside a founding's id: (UNIT, employer, its name)."""

_LIST_WIDTH = 390


class FoundingsScreen(Screen):
    """The list of foundings, those late first, and the one in view."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_empty = False
        self.panel = FoundingPanel(session, self._buttons())
        self.list = _list(session)
        self._teaching = self._make_teaching()
        self._right = QStackedWidget()
        for part in (self.panel, self._teaching):
            self._right.addWidget(part)
        left = QFrame()
        left.setProperty("kind", "card")
        column(label(_("建会"), "head"), self.list, into=QVBoxLayout(left), margin=12)
        self.panes = TwoPanes(session.theme, left, self._right, _LIST_WIDTH)
        column(self.panes, into=QVBoxLayout(self), margin=16)
        self._connect()

    def actions_table(self) -> Sequence[Action]:
        """What can be done with the founding in view."""
        survey, review = Permission.SURVEY, Permission.REVIEW
        told: tuple[tuple[str, str, Permission], ...] = (
            ("step", _("记选中的一步"), survey),
            ("people", _("登记筹备组、候选人"), survey),
            ("meeting", _("记选举大会"), survey),
            ("finish", _("建成工会"), review),
            ("print", _("打印选中一步的材料"), Permission.PRINT),
            ("papers", _("选一种材料打印，也有空白的"), Permission.PRINT),
            ("drop", _("从名单里去掉选中的人"), survey),
            ("give_up", _("终止建会"), survey),
            ("new", _("开始建会"), survey),
        )
        own = [
            Action(f"foundings.{act}", text, partial(self.panel.run, act), KEYS[act], "", granted)
            for act, text, granted in told
        ]
        return (*own, Action("foundings.confirm", _("确定"), self._confirm, "Ctrl+Return"))

    def arrive(self, record: object = None) -> None:
        """Show a founding, that of a unit (begun when there is none), or the list."""
        if isinstance(record, bytes):
            self.open(record)
        elif isinstance(record, tuple):
            _kind, unit, name = record
            self.session.ask(
                self,
                lambda workspace: founding_card.of_employer(workspace, unit),
                lambda found: self._on_unit(found, unit, name),
                key="foundings.unit",
            )
        self.reload()
        if self.panel.form is None and record is None:
            self.list.setFocus()

    def leave(self) -> None:
        """What is half typed is kept."""
        if self.panel.form is not None:
            self.panel.form.keep()

    def open(self, founding: bytes) -> None:
        """Show a founding; the cursor goes to its next step."""
        if self.panel.form is not None:
            self.panel.leave_form()
        self._right.setCurrentWidget(self.panel)
        self.panes.show_right()
        self.panel.show_founding(founding, focus=True)

    def reload(self) -> None:
        """Read the foundings anew."""
        self.session.ask(self, founding_card.lines, self._on_lines, key="foundings.lines")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the founding in view, then the screen."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.panes.go_back():
                self.back.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        panel = self.panel
        panel.say.connect(self.say)
        panel.done.connect(self._on_done)
        panel.opened.connect(self._on_form)
        panel.left.connect(self._rest)
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._on_chosen())
        self.list.opened.connect(lambda _row: self._into())
        self.session.touched.connect(self._on_touched)

    def _confirm(self) -> None:
        if self.panel.form is not None:
            self.panel.form.confirm()

    def _into(self) -> None:
        self.panes.show_right()
        self.panel.view.steps.setFocus()

    def _on_form(self) -> None:
        self._right.setCurrentWidget(self.panel)
        self.panes.show_right()

    def _rest(self) -> None:
        """Without anything in view the list or, where it is empty, what the screen is for."""
        if self._is_empty:
            self._right.setCurrentWidget(self._teaching)
            self._first.setFocus()
        else:
            self.list.setFocus()

    def _on_unit(self, found: bytes | None, unit: bytes, name: str) -> None:
        if found is not None:
            self.open(found)
        else:
            self.panel.begin(unit, name)

    def _on_lines(self, found: list[FoundingLine]) -> None:
        self._is_empty = not found
        known = [one.id for one in found]
        wanted = self.panel.wanted if self.panel.wanted in known else None
        with QSignalBlocker(self.list.selectionModel()):
            self.list.show_rows([(one.id, _cells(one)) for one in found], wanted)
        self.panes.set_empty(empty=self._is_empty)
        if self._is_empty:
            self.panel.card = self.panel.wanted = None
            if self.panel.form is None:
                self._rest()
        else:
            self._right.setCurrentWidget(self.panel)
            self.panel.show_founding(wanted or known[0])

    def _on_chosen(self) -> None:
        chosen = self.list.current_id()
        if chosen is not None and chosen != self.panel.wanted and self.panel.form is None:
            self.panel.show_founding(chosen)

    def _on_done(self, said: str, write: bytes) -> None:
        self.offer.emit(said, lambda: self._take_back(write))

    def _take_back(self, write: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _done: self.say.emit(_("已撤销。")),
            failed=self.session.notices.present,
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self.reload()

    def _buttons(self) -> dict[str, KeyButton]:
        words = {
            "step": _("记这一步"), "people": _("登记名单"), "meeting": _("选举大会"),
            "finish": _("建成工会"), "print": _("打印"), "papers": _("选材料"),
            "give_up": _("终止"), "new": _("开始建会"),
        }  # fmt: skip
        return {act: self._button(act, text) for act, text in words.items()}

    def _button(self, act: str, text: str) -> KeyButton:
        kind = "primary" if act == "step" else ""
        made = KeyButton(
            self.session.theme,
            text,
            # The panel is made with its buttons.
            lambda: self.panel.run(act),
            shortcut=KEYS[act],
            kind=kind,
            name=f"founding-{act}",
        )
        # Until it is known what may be done.
        made.hide()
        return made

    def _make_teaching(self) -> QFrame:
        self._first = KeyButton(
            self.session.theme,
            _("开始建会"),
            lambda: self.panel.run("new"),
            shortcut=KEYS["new"],
            kind="primary",
            name="first-founding",
        )
        told = label(
            _(
                "单位愿意建会了，就从这里开始：筹备组、请示、批复、候选人、选举、报批，一步一步记。"
                "每一步该谁办、缺什么材料都在这里，材料也从这里打印。建成以后，工会、干部、覆盖和"
                "临时会员一次记好。"
            )
        )
        told.setWordWrap(True)
        if not access.grants(self.session.workspace.account.role, Permission.SURVEY):
            self._first.hide()
        title = label(_("还没有正在办的建会"), "title")
        return card(title, told, row(self._first, None), holder(column(None)), margin=32, gap=12)


def _list(session: Session) -> RowsTable:
    columns = (
        Column("units", _("单位"), 150, sortable=False),
        Column("next", _("下一步"), 80, sortable=False),
        Column("by", _("期限"), 74, sortable=False),
    )
    return RowsTable(session.theme, columns, _("建会"), 0, ("by",))


def _cells(one: FoundingLine) -> tuple[str, str, str]:
    day = one.by.strftime("%m-%d") if one.by else ""
    late = _("过期") if one.late else day
    return one.units, one.next or one.state, late
