"""存量导入: lists of the registry, looked at first; what is to be settled is told before anything goes in."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.jobs import Job
from organizer.services import finding
from organizer.services.finding import Found
from organizer.services.lists import import_causes, stock_importing
from organizer.services.lists.import_causes import Part
from organizer.services.lists.list_run import Imported
from organizer.services.lists.stock_importing import MEMBERS, UNIONS
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.list_import import ListImport, dropped_file
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, card, column, holder, label, restyle, row

CHOOSE, TAKE = "Ctrl+I", "Ctrl+Return"
_MOST_OFFERED = 8
_WIDEST = 860


class StockPanel(ListImport):
    """Looks at a list first, then takes it over; `kind` is what it holds."""

    def __init__(self, session: Session) -> None:
        self._looking = False
        self._kinds = QButtonGroup()
        self.union = PickerField(
            session.theme, "union", _("所属工会"),
            hint=_("名单里没有“所属工会”一列才用填：都记到这个工会"),
        )  # fmt: skip
        self.take = KeyButton(
            session.theme, _("照此导入"), self.take_over,
            shortcut=TAKE, kind="primary", name="take-over",
        )  # fmt: skip
        super().__init__(session)
        self.union.wanted.connect(self._on_wanted)
        self.choose_kind(MEMBERS)

    @property
    def kind(self) -> str:
        """What the list holds."""
        return UNIONS if self._kinds.checkedId() else MEMBERS

    def choose_kind(self, kind: str) -> None:
        """Say what the list holds."""
        self._kinds.button(int(kind == UNIONS)).setChecked(True)
        self.union.setVisible(kind == MEMBERS)

    def questions(self) -> Sequence[QWidget]:
        """Members or unions, and of which union."""
        kinds = (self._kind(0, MEMBERS, _("会员名单")), self._kind(1, UNIONS, _("工会名单")))
        return (label(_("名单里是什么"), "label"), holder(row(*kinds, None)), self.union)

    def begin_words(self) -> str:
        """Nothing goes in before it was looked at."""
        return _("先预检")

    def ways_on(self) -> Sequence[QWidget]:
        """Taking over what was looked at."""
        return (self.take,)

    def prepare(self) -> None:
        """The kind of list stays as it was chosen."""
        self.union.clear_error()

    def begin(self) -> None:
        """Look at the file; nothing is written."""
        self._do(stock_importing.check, looking=True)

    def take_over(self) -> None:
        """Take over what was looked at."""
        if self._looking and not self.busy and self.take.isVisible():
            self._do(stock_importing.take_over, looking=False)

    def show_result(self, result: Imported) -> None:
        """What would come of it, or came of it."""
        super().show_result(result)
        self._sum.setText(stock_importing.sentence(result, looked=self._looking))
        coming = self._looking and bool(result.added + result.known)
        self.take.setVisible(coming)
        self._close.setText(_("先不导") if coming else _("好"))
        restyle(self._close, "kind", "" if coming else "primary")
        self._undo.setVisible(not self._looking and bool(result.added))
        self._turn_to(2, self.take if coming else self._close)

    def parts(self, result: Imported) -> list[Part]:
        """Rows to be settled, cells left out, remarks."""
        return import_causes.stock_parts(result)

    def _do(self, act: Callable[..., Imported], *, looking: bool) -> None:
        path, kind = self._path, self.kind
        if path is None or self.busy:
            return
        self._looking = looking
        chosen = self.union.value if kind == MEMBERS and self.union.text else None

        def work(workspace: Workspace, job: Job) -> Imported:
            return act(workspace, kind, path, union=chosen, progress=job)

        self.run(work)

    def _kind(self, number: int, kind: str, text: str) -> QPushButton:
        made = button(text, partial(self.choose_kind, kind), kind="choice", name=f"kind-{kind}")
        made.setCheckable(True)
        self._kinds.addButton(made, number)
        return made

    def _on_wanted(self, text: str) -> None:
        def offer(found: list[Found]) -> None:
            self.union.offer([Choice(one.id, one.name, one.detail) for one in found])

        self._session.ask(
            self,
            lambda workspace: finding.find(workspace, text, _MOST_OFFERED, "union_org"),
            offer,
            key="stock.union",
        )


class StockScreen(Screen):
    """`arrive` takes `members` or `unions`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.panel = StockPanel(session)
        teaching = _(
            "把省平台里已有的会员、工会名单（下载的表，20 列的模板也行）带进来：状态、日期、会员证号照原样作为历史，"
            "不另造审批，同意书记为“历史，待补签”。先导入工会，再导入会员。同一个人按证件号认，不会有两份；"
            "已是别处会员的单列出来，由您处理。"
        )
        self._choose = KeyButton(
            session.theme, _("选择名单"), self.panel.choose,
            shortcut=CHOOSE, kind="primary", name="choose-stock",
        )  # fmt: skip
        back = button(_("返回"), self.back.emit, name="back")
        back.setToolTip(_("返回 (Esc)"))
        self._intro = card(
            label(_("存量会员和工会"), "head"), label(teaching, "mut"), row(self._choose, None),
            margin=20, gap=12,
        )  # fmt: skip
        whole = column(
            row(label(_("存量导入"), "title"), None, back), self._intro, self.panel,
            into=QVBoxLayout(self), gap=12,
        )  # fmt: skip
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setStretch(2, 1)
        whole.addStretch(0)
        self.panel.offered.connect(self._intro.hide)
        self.panel.closed.connect(self.arrive)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    def actions_table(self) -> Sequence[Action]:
        """Choosing a list, and taking over what was looked at."""
        taking = Permission.IMPORT
        return (
            Action("stock.choose", _("选择存量名单"), self.panel.choose, CHOOSE, "", taking),
            Action("stock.take", _("照预检导入"), self.panel.take_over, TAKE, "", taking),
        )

    def arrive(self, record: object = None) -> None:
        """Come to the beginning, or to the list under way."""
        if record in (MEMBERS, UNIONS):
            self.panel.choose_kind(str(record))
        self._intro.setVisible(self.panel.isHidden())
        (self._choose if self.panel.isHidden() else self.panel).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if dropped_file(event) is not None and self.panel.allowed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file dropped."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.panel.offer(path)

    def _on_theme(self) -> None:
        self._intro.setMaximumWidth(self.session.theme.px(_WIDEST))
