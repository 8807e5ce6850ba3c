"""重复记录: what may be one record twice at the left, the chosen pair beside each other at the right."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain.access import Permission
from organizer.domain.matching import DuplicateCandidate
from organizer.i18n import _
from organizer.services import duplicating, finding, late_edits, side_by_side, undoing
from organizer.services.duplicating import KINDS, kind_words
from organizer.services.finding import Found
from organizer.services.late_edits import LateLine
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.duplicates import pair_page
from organizer.ui.duplicates.done_page import DonePage
from organizer.ui.duplicates.late_strip import LATE, LateStrip
from organizer.ui.duplicates.pair_page import PairPage
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.paging import Column, PagedModel, Row
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.table import PagedTable
from organizer.ui.widgets.two_panes import TwoPanes

KIND, DONE = "Ctrl+G", "Ctrl+Shift+U"
_DONE = "done"
_LIST_WIDTH = 400
_MOST_OFFERED = 8
_SCREENS = {"employer": "employers", "person": "people", "union_org": "unions"}


class PairModel(PagedModel):
    """Pairs that are all here; only their texts are asked for a page at a time."""

    pairs: Sequence[DuplicateCandidate] = ()

    def id_at(self, row: int) -> bytes | None:
        """Known at once: Enter does not wait for the texts."""
        return self.pairs[row].one if 0 <= row < len(self.pairs) else None


class DuplicatesScreen(Screen):
    """`arrive` takes (table, record) to find the other for, (table, one, other), "done" or nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: list[DuplicateCandidate] = []
        self._found: list[DuplicateCandidate] = []
        self._kind = ""
        self._looked = self._arriving = self._filling = False
        self._subject: tuple[str, bytes] | None = None
        self.model = PairModel(_columns(), self._fetch, self)
        self.table = PagedTable(self.model, _("可能重复的"), session.theme.px(32))
        self.table.setObjectName("pairs")
        self.page = PairPage(session)
        self.other = PickerField(
            session.theme,
            "other",
            _("另一条是哪个"),
            hint=_("名称、拼音首字母或末几位。↓ 列出像的"),
        )
        self.done = DonePage(session)
        self.late = LateStrip(session)
        self._count = label("", "mut")
        self._title = label("", "head")
        self._title.setWordWrap(True)
        self._empty = label("", "mut")
        self._tabs = QButtonGroup(self)
        self._lay_out()
        self._connect()
        self._on_theme()

    def actions_table(self) -> Sequence[Action]:
        """What can be done with the pair in view."""
        page, review = self.page, Permission.REVIEW
        told: tuple[tuple[str, str, Callable[[], None], str], ...] = (
            ("merge", _("合并这两条，或撤销选中的"), self.do, pair_page.MERGE),
            ("distinct", _("不是同一个"), page.part, pair_page.DISTINCT),
            ("swap", _("换一条保留"), page.swap, pair_page.SWAP),
            ("open", _("打开保留的一条"), page.open_kept, pair_page.OPEN),
            ("kind", _("换一类：单位、人、工会"), self.next_kind, KIND),
            ("done", _("已处理的，可以撤销"), self.show_done, DONE),
            ("late", _("采用合并后的改动"), self.late.take, LATE),
        )
        return tuple(
            Action(f"duplicates.{act}", text, run, keys, "", review)
            for act, text, run, keys in told
        )

    def keys_table(self) -> Sequence[tuple[str, str]]:
        """Keys of the list and the fields."""
        return (
            ("Enter", _("到这一对的字段")),
            ("← →", _("这个字段取左边或右边的")),
            ("1–9", _("换一边取这个字段")),
        )

    def arrive(self, record: object = None) -> None:
        """Look anew; with a record the cursor is where the other one is named."""
        self._arriving = True
        if isinstance(record, tuple):
            table, one, *rest = record
            self._begin(table, one)
            if rest:
                self.page.show_pair(table, one, rest[0])
                self._reveal()
        else:
            self._leave_subject()
            self._pages.setCurrentWidget(self.panes)
            self._mark(self._kind)
            # Held by a button until it is known what there is.
            self._tabs.buttons()[0].setFocus()
            if record == _DONE:
                self.show_done()
        self._reload()

    def do(self) -> None:
        """Merge the pair in view; among what was settled take the chosen one back."""
        if self._pages.currentWidget() is self.done:
            self.done.take_back()
        else:
            self.page.merge()

    def show_done(self) -> None:
        """What was settled, each to be taken back."""
        self._pages.setCurrentWidget(self.done)
        self._mark(_DONE)
        self.done.load()
        self.done.table.setFocus()

    def next_kind(self) -> None:
        """The next kind alone, or all of them."""
        kinds = ["", *KINDS]
        self._choose_kind(kinds[(kinds.index(self._kind) + 1) % len(kinds)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the fields, then the record one came with, then the screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._pages.currentWidget() is self.done:
            self._choose_kind("")
            self.table.setFocus()
        elif self._subject is not None or (
            not self.panes.go_back() and not self.page.fields.hasFocus()
        ):
            self.back.emit()
        else:
            self.table.setFocus()

    def _lay_out(self) -> None:
        tabs = [
            *(self._tab(*told) for told in (("", _("全部")), *kind_words().items())),
            self._tab(_DONE, _("已处理")),
        ]
        self._asked = card(self._title, self.other, gap=8)
        self._asked.hide()
        right = column(self._asked, self._empty, self.page, gap=12)
        right.setStretch(2, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.panes = TwoPanes(self.session.theme, self.table, holder(right), _LIST_WIDTH)
        head = row(label(_("重复记录"), "title"), *tabs, self._count, None, gap=8)
        self._pages = QStackedWidget()
        for part in (self.panes, self.done):
            self._pages.addWidget(part)
        whole = column(head, self.late, self._pages, into=QVBoxLayout(self), gap=12)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setStretch(2, 1)
        self.page.hide()

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _row: self._go_into())
        self.other.wanted.connect(self._on_wanted)
        self.other.chosen.connect(self._on_other)
        self.page.merged.connect(self._on_settled)
        self.page.parted.connect(self._on_settled)
        self.page.gone.connect(self._reload)
        self.late.taken.connect(self._offer)
        self.done.said.connect(self.say)
        self.page.opened.connect(lambda table, one: self.go.emit(_SCREENS[table], one))
        self.session.touched.connect(self._on_touched)
        self.session.theme.changed.connect(self._on_theme)

    def _tab(self, kind: str, text: str) -> QPushButton:
        act = self.show_done if kind == _DONE else lambda: self._choose_kind(kind)
        made = button(text, act, kind="choice", name=f"kind-{kind}")
        made.setCheckable(True)
        made.setChecked(kind == "")
        self._tabs.addButton(made)
        return made

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._pages.setCurrentWidget(self.panes)
        self._mark(kind)
        self._show_found()

    def _mark(self, kind: str) -> None:
        for one in self._tabs.buttons():
            one.setChecked(one.objectName() == f"kind-{kind}")

    def _begin(self, table: str, record: bytes) -> None:
        """Ask for the other one of a record."""
        self._subject = (table, record)
        self._choose_kind(table)
        self.other.set_choice(None, "")
        self._title.setText(_("合并到…"))
        self._asked.show()
        self.page.clear()
        self.page.hide()
        self._empty.hide()
        self.panes.show_right()
        self.other.setFocus()
        self.session.ask(
            self,
            lambda workspace: _named(workspace, table, record),
            lambda name: self._title.setText(_("“{name}”和谁是同一个").format(name=name)),
            key="duplicates.subject",
        )

    def _leave_subject(self) -> None:
        self._subject = None
        self._asked.hide()

    def _reload(self) -> None:
        def look(workspace: Workspace) -> tuple[list[DuplicateCandidate], list[LateLine]]:
            late = [line for table in KINDS for line in late_edits.found(workspace, table)]
            return duplicating.candidates(workspace), late

        if not self._looked:
            self._empty.setText(_("正在找可能重复的记录…"))
            self._empty.show()
        self.session.ask(self, look, self._on_found, key="duplicates.list")

    def _on_found(self, told: tuple[list[DuplicateCandidate], list[LateLine]]) -> None:
        self._looked = True
        self._all, late = told
        self.late.show_late(late)
        self._show_found()

    def _show_found(self) -> None:
        """The pairs of the chosen kind; the cursor stays on its pair or in its row."""
        shown, row_before = self.page.pair, max(0, self.table.currentIndex().row())
        self._found = [one for one in self._all if self._kind in ("", one.table)]
        self._filling = True
        self.model.pairs = self._found
        self.model.set_numbers(range(len(self._found)))
        self._count.setText(_("{count} 对").format(count=len(self._found)))
        kept = {(one.table, one.one, one.other): at for at, one in enumerate(self._found)}
        at = kept.get(shown, min(row_before, len(self._found) - 1)) if shown else row_before
        at = min(at, len(self._found) - 1)
        self.panes.set_empty(empty=not self._found and self._subject is None)
        self._empty.setText(
            _(
                "没有可能重复的记录。名单、走访和入会里有同一家单位、同一个人或同一个工会登了两次，"
                "会列在这里，说明为什么像；合并以后随时可以撤销，后来的改动都在。"
            )
        )
        self._empty.setVisible(self._looked and not self._found and self._subject is None)
        if at >= 0:
            self.table.selectRow(at)
        self._filling = False
        if at >= 0:
            if self._subject is None:
                self._show_row(at)
        elif self._subject is None:
            self.page.clear()
            self.page.hide()
        focused = self.window().focusWidget()
        at_work = focused is None or self.page.isAncestorOf(focused) or not focused.isVisible()
        if self._subject is None and self._pages.currentWidget() is self.panes:
            if not self._found and (self._arriving or at_work):
                self._tabs.buttons()[0].setFocus()
            elif self._arriving:
                self.table.setFocus()
        self._arriving = False

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self.table.hasFocus() and not self._filling:
            self._leave_subject()
            self._show_row(now.row())

    def _show_row(self, at: int) -> None:
        one = self._found[at]
        self.page.show_pair(one.table, one.one, one.other)
        self.page.show()

    def _go_into(self) -> None:
        self.panes.show_right()
        self.page.fields.setFocus()

    def _reveal(self) -> None:
        # Which one it is has been answered: the room is for the two.
        self._asked.hide()
        self.page.show()
        self.panes.show_right()
        self.page.fields.setFocus()

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        some = {number: self._found[number] for number in numbers if number < len(self._found)}

        def told(lines: list[duplicating.CandidateLine]) -> None:
            known = {line.candidate.pair: line for line in lines}
            answer({n: _row(known.get(one.pair), one) for n, one in some.items()})

        def failed(error: BaseException) -> None:
            answer({})
            self.session.notices.present(error)

        self.session.ask(
            self,
            lambda workspace: duplicating.lines(workspace, list(some.values())),
            told,
            failed=failed,
        )

    def _on_wanted(self, text: str) -> None:
        if self._subject is None:
            return
        table, record = self._subject
        near = [one for one in self._all if one.table == table and record in one.pair]

        def look(workspace: Workspace) -> list[Found]:
            if text.strip():
                return finding.find(workspace, text, _MOST_OFFERED + 1, table)
            rows = [next(iter(one.pair - {record})) for one in near[:_MOST_OFFERED]]
            return [found for row in rows if (found := finding.shown(workspace, table, row))]

        self.session.ask(self, look, self._on_offered, key="duplicates.other")

    def _on_offered(self, found: list[Found]) -> None:
        if self._subject is not None:
            fits = [one for one in found if one.id != self._subject[1]]
            self.other.offer([Choice(one.id, one.name, one.detail) for one in fits])
            self.other.say("" if fits else _("没有找到，请换几个字、拼音或末几位试试。"))

    def _on_other(self, choice: Choice) -> None:
        if self._subject is not None:
            table, record = self._subject
            self.page.show_pair(table, record, choice.value)
            self._reveal()

    def _on_settled(self, said: str, write: bytes) -> None:
        """The next pair by itself; the way back is to this step."""
        self._leave_subject()
        self._offer(said, write)

    def _offer(self, said: str, write: bytes) -> None:
        self.offer.emit(said, lambda: self._take_back(write))

    def _take_back(self, write: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda undone: self.say.emit(side_by_side.undone_sentence(undone)),
            failed=self.session.notices.present,
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self._reload()
            self.done.load()

    def _on_theme(self) -> None:
        self.table.set_row_height(self.session.theme.px(32))
        self.table.arrange([(one.key, 0) for one in _columns()], self.session.theme.scale)


def _columns() -> tuple[Column, ...]:
    return (
        Column("names", _("名称"), 180, sortable=False),
        Column("sure", _("把握"), 112, sortable=False),
    )


def _row(line: duplicating.CandidateLine | None, one: DuplicateCandidate) -> Row:
    if line is None:
        return one.one, ("", "")
    return one.one, (line.names, line.sure)


def _named(workspace: Workspace, table: str, record: bytes) -> str:
    found = finding.shown(workspace, table, record)
    return found.name if found else ""
