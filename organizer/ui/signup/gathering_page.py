"""One gathering: its list row by row, what stands in the way of whom, and registering the rest."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from organizer.domain.gathering import Row, free_key, placed
from organizer.errors import Cancelled
from organizer.i18n import _
from organizer.services import drafting, undoing
from organizer.services.drafting import Draft
from organizer.services.members import gathering, gathering_register, gathering_rows
from organizer.services.members.gathering import GatheringCard
from organizer.services.members.gathering_register import Joined
from organizer.services.members.gathering_rows import Plan, Read
from organizer.services.members.proofing import Proofreader
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.signup import gathering_files, gathering_words
from organizer.ui.signup.gathering_entry import EntryLine
from organizer.ui.signup.gathering_head import GatheringHead
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.job_bar import JobBar
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.rows import RowsTable

JOIN, EDIT, SLIPS, OATH = "Ctrl+Return", "Ctrl+E", "Ctrl+Shift+P", "Ctrl+Alt+P"
REPAIR, DROP, ASIDE, ROWS = "Ctrl+R", "Ctrl+D", "Ctrl+B", "Ctrl+G"
_CHECK_AFTER_MS = 150
_LOW = 520
"""Below this height (pixels at 100 %) the list and the line of entry do not both fit."""

Reading = Callable[[Workspace, bytes, Sequence[Row]], Read]
"""Reads a list and puts its people behind the rows there are."""


class GatheringPage(QWidget):
    """`said` and `offered` carry sentences for the window; `left` goes back to the list of events."""

    said = Signal(str)
    offered = Signal(str, object)
    left = Signal()
    saved = Signal()
    authorise_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.card: GatheringCard | None = None
        self.rows: list[Row] = []
        self.plans: dict[str, Plan] = {}
        self._proofreader = Proofreader(session.workspace)
        self._drafts: DraftKeeper | None = None
        self._joining: list[Row] = []
        self._sitting: dict[bytes, list[Row]] = {}
        """The lists of this sitting: a draft may still be on its way to the file."""
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(_CHECK_AFTER_MS)
        self._checking.timeout.connect(self.check)
        self._build()

    def open(self, gathered: bytes) -> None:
        """Show a gathering with the rows kept of its list."""
        self.keep()
        self.card, self.rows, self.plans = None, [], {}
        self.entry.load("", {})
        self._show_rows()
        self.session.ask(
            self,
            lambda workspace: _opened(workspace, gathered),
            self._on_opened,
            key="gathering.open",
            failed=self._on_not_opened,
        )

    def keep(self) -> None:
        """What is on the list stays as a draft."""
        if self._drafts is not None and self.card is not None:
            self._sitting[self.card.id] = self._with_entry()
            self._drafts.flush()

    def refresh(self) -> None:
        """Say anew how many joined and what is allowed, and check the rows."""
        if self.card is not None:
            gathered = self.card.id
            self.session.ask(
                self,
                lambda workspace: gathering.card(workspace, gathered),
                self._on_card,
                key="gathering.card",
            )

    def take_focus(self) -> None:
        """The cursor goes where the work starts."""
        self.entry.show()
        self.entry.take_focus()

    def paste(self) -> None:
        """Take the list that was copied."""
        text = QGuiApplication.clipboard().text()
        self._read(
            lambda workspace, gathered, rows: gathering_rows.paste(workspace, gathered, rows, text)
        )

    def choose_file(self) -> None:
        """Take a list from a file."""
        gathering_files.ask_list(self, self.open_file)

    def open_file(self, path: Path) -> None:
        """Take the list in this file."""
        self._read(
            lambda workspace, gathered, rows: gathering_rows.open_file(
                workspace, gathered, rows, path
            )
        )

    def join(self) -> None:
        """Register everybody in whose way nothing stands; a half typed row is one of them."""
        if self.card is None or self.bar.busy:
            return
        if not self.entry.empty:
            self._put_row()
        gathered, rows = self.card.id, list(self.rows)
        self._joining = rows
        job = self.session.change(
            self,
            lambda workspace, watched: gathering_register.join(workspace, gathered, rows, watched),
            self._on_joined,
            failed=self._on_not_joined,
        )
        self.bar.watch(job)

    def repair(self) -> None:
        """Take the number that was suggested for the row."""
        plan = self.plans.get(self._current())
        if plan is not None and plan.suggestions:
            cells = {**plan.row.cells, "id_number": plan.suggestions[0]}
            self._replace(Row(plan.row.key, cells))

    def drop(self) -> None:
        """Take the row off the list."""
        key = self._current()
        if key:
            self.rows = [one for one in self.rows if one.key != key]
            self._changed()

    def set_aside(self) -> None:
        """Leave the row for later, or take it up again."""
        plan = self.plans.get(self._current())
        if plan is not None:
            self._replace(Row(plan.row.key, plan.row.cells, not plan.row.aside))

    def to_rows(self) -> None:
        """The cursor goes to the list."""
        if self.rows:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._make_room()

    def turn(self) -> None:
        """From the line to the list, and from the list to the line for one more."""
        if self.table.hasFocus():
            self.take_focus()
        else:
            self.to_rows()

    def print_paper(self, name: str) -> None:
        """Draw a paper and hand it to what shows PDF on this machine."""
        if self.card is not None:
            # What is printed is what is on the list now.
            draw = gathering_files.show_paper(
                self.session, self, self.card.id, name, self.said.emit
            )
            draw(gathering_rows.as_draft(self.rows))

    def check(self) -> None:
        """See what would become of each row, the one being typed included."""
        if self.card is None:
            return
        gathered, rows, proofreader = self.card.id, self._with_entry(), self._proofreader
        self.session.ask(
            self,
            lambda workspace: gathering_rows.check_rows(workspace, gathered, rows, proofreader),
            self._on_checked,
            key="gathering.check",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the events; Delete takes a row off the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.drop()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line gives way where there is no room for it beside the list."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is low, an empty line hides while one walks through the list."""
        focus = QApplication.focusWidget()
        typing = focus is not None and self.entry.isAncestorOf(focus)
        low = self.height() < self.session.theme.px(_LOW)
        self.entry.setVisible(not (low and self.rows and self.entry.empty and not typing))

    def _build(self) -> None:
        theme = self.session.theme
        acts: dict[str, Callable[[], object]] = {
            "paste": self.paste,
            "open-file": self.choose_file,
            "authorise": self.authorise_wanted.emit,
            "form": partial(self.print_paper, "form"),
        }
        self._head = GatheringHead(self.session, acts)
        columns = gathering_words.columns()
        spare = ("household_kind", "group_code", "phone", "platform", "id_number")
        self.table = RowsTable(theme, columns, _("集中入会的名单"), len(columns) - 1, spare)
        self.table.setObjectName("gathering-rows")
        self.table.opened.connect(self._on_opened_row)
        self.entry = EntryLine(self.session)
        self.entry.finished.connect(self._on_finished)
        self.entry.edited.connect(self._checking.start)
        self.entry.left.connect(self._on_entry_left)
        self._sum = label("", "mut")
        self.bar = JobBar(_("正在登记"))
        self._join = KeyButton(
            theme, _("登记"), self.join, shortcut=JOIN, kind="primary", name="join"
        )
        foot = row(self._sum, self._join)
        foot.setStretch(0, 1)
        whole = column(
            self._head, self.table, self.entry, self.bar, foot, into=QVBoxLayout(self), gap=8
        )
        # Where nothing is listed the head takes the room that is left.
        whole.setStretch(0, 1)
        whole.setStretch(1, 1000)

    def _on_opened(self, opened: tuple[GatheringCard, Draft | None]) -> None:
        card, draft = opened
        self.card = card
        kept = self._sitting.get(card.id)
        self.rows = gathering_rows.of_draft(draft) if kept is None else kept
        if self._drafts is not None:
            self._drafts.deleteLater()
        self._drafts = DraftKeeper(
            self.session, gathering_rows.draft_name(card.id), self._draft, self.saved.emit, self
        )
        self._on_card(card)

    def _on_not_opened(self, error: BaseException) -> None:
        self.session.notices.present(error)
        self.left.emit()

    def _on_card(self, card: GatheringCard) -> None:
        self.card = card
        self._head.show_card(card)
        self.check()
        self._show_rows()

    def _draft(self) -> Draft:
        return gathering_rows.as_draft(self._with_entry())

    def _with_entry(self) -> list[Row]:
        """The rows with what stands in the line of entry in its place."""
        if self.entry.empty:
            return list(self.rows)
        return placed(self.rows, Row(self._key(), self.entry.cells))

    def _key(self) -> str:
        return self.entry.key or free_key(self.rows)

    def _read(self, read: Reading) -> None:
        if self.card is None:
            return
        gathered, rows = self.card.id, list(self.rows)
        self.session.ask(
            self,
            lambda workspace: read(workspace, gathered, rows),
            self._on_read,
            key="gathering.read",
            failed=self.session.notices.present,
        )

    def _on_read(self, read: Read) -> None:
        self.rows = list(read.rows)
        self.said.emit(gathering_words.read(read))
        self._changed()
        self.to_rows()

    def _on_opened_row(self, key: bytes) -> None:
        """Enter on a row brings it into the line, the cursor where something is wrong."""
        plan = self.plans.get(key.decode())
        if plan is None:
            return
        if not self.entry.empty:
            self._put_row()
        self.entry.load(plan.row.key, plan.row.cells)
        self.entry.say(plan)
        self.entry.show()
        self.entry.take_focus(plan.field)

    def _on_finished(self) -> None:
        if not self.entry.empty:
            self._put_row()
        self.entry.take_focus()

    def _on_entry_left(self) -> None:
        if self.entry.empty or not self.rows:
            self.left.emit()
        else:
            self.to_rows()

    def _put_row(self) -> None:
        self.rows = self._with_entry()
        self.entry.load("", {})
        self._changed()

    def _replace(self, new: Row) -> None:
        self.rows = placed(self.rows, new)
        self._changed()

    def _changed(self) -> None:
        self._show_rows()
        self.check()
        if self._drafts is not None:
            self._drafts.flush()

    def _current(self) -> str:
        chosen = self.table.current_id()
        return chosen.decode() if chosen else ""

    def _on_checked(self, plans: Sequence[Plan]) -> None:
        self.plans = {plan.row.key: plan for plan in plans}
        key = self._key()
        if not self.entry.empty:
            self.entry.say(self.plans.get(key))
            if self._drafts is not None:
                self._drafts.touch()
        self._show_rows()

    def _show_rows(self) -> None:
        chosen = self.table.current_id()
        lines = [
            (one.key.encode(), gathering_words.cells(place, one, self.plans.get(one.key)))
            for place, one in enumerate(self.rows, 1)
        ]
        self.table.show_rows(lines, chosen)
        self.table.setVisible(bool(lines))
        self._head.teach(not lines)
        good = sum(plan.good for plan in self.plans.values())
        self._join.say(_("登记 {count} 人").format(count=good) if good else _("登记"))
        self._join.setEnabled(bool(good))
        self._sum.setText(gathering_words.summed(list(self.plans.values())))

    def _on_joined(self, made: Joined) -> None:
        self.bar.end()
        before = self._joining
        self.rows, self.plans = list(made.left), {}
        if self._drafts is not None:
            self._drafts.flush()
        self._show_rows()
        self.refresh()
        self.offered.emit(
            gathering_words.joined(made), partial(self._take_back, made.write, before)
        )
        (self.to_rows if self.rows else self.take_focus)()

    def _on_not_joined(self, error: BaseException) -> None:
        self.bar.end()
        if isinstance(error, Cancelled):
            self.said.emit(_("已停下，一个人也没有登记，名单还在。"))
        else:
            self.session.notices.present(error)

    def _take_back(self, write: bytes, before: Sequence[Row]) -> None:
        def done(_undone: object) -> None:
            self.rows = list(before)
            self._changed()
            self.said.emit(_("已撤销刚才的登记，名单又回来了。"))

        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            done,
            failed=self.session.notices.present,
        )


def _opened(workspace: Workspace, gathered: bytes) -> tuple[GatheringCard, Draft | None]:
    card = gathering.card(workspace, gathered)
    return card, drafting.resume(workspace, gathering_rows.draft_name(gathered))
