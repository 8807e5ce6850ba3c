"""纸质材料: papers that come back are scanned in, and what is still missing stands in lists."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.paper.missing import Lack
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.signup import paper_missing, paper_scan
from organizer.ui.signup.paper_missing import PaperMissing
from organizer.ui.signup.paper_scan import PaperScan
from organizer.ui.widgets.plain import button, column, row

SCAN, MISSING = "scan", "missing"
NEXT = "Ctrl+G"


class PaperTrailScreen(Screen):
    """Two pages. `arrive` takes the name of a page, or that of a list (`untold`, …)."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scan = PaperScan(session)
        self.missing = PaperMissing(session)
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._names = (SCAN, MISSING)
        tabs = [self._tab(0, _("扫码登记")), self._tab(1, _("缺什么"))]
        for page in (self.scan, self.missing):
            self._pages.addWidget(page)
            page.say.connect(self.say)
        back = button(_("返回"), self.back.emit, name="back")
        back.setToolTip(_("返回 (Esc)"))
        whole = column(row(*tabs, None, back), self._pages, into=QVBoxLayout(self), gap=12)
        whole.setContentsMargins(20, 12, 20, 16)
        self.missing.go.connect(self.go)
        self.missing.offer.connect(self.offer)
        self.show_page(SCAN)

    def actions_table(self) -> Sequence[Action]:
        """What the pages are for."""
        sign, printing = Permission.SIGN_UP, Permission.PRINT
        return (
            Action("paper_trail.next", _("换到另一页：扫码、缺什么"), self._on_next, NEXT),
            Action(
                "paper_trail.undo", _("撤回上一份材料"), self._on_undo,
                paper_scan.TAKE_BACK, "", sign,
            ),
            Action(
                "paper_trail.tell", _("记为已告知"), self.missing.tell,
                paper_missing.TELL, "", sign,
            ),
            Action(
                "paper_trail.print", _("打印缺材料清单"), self.missing.print_list,
                paper_missing.PRINT, "", printing,
            ),
        )  # fmt: skip

    def keys_table(self) -> Sequence[tuple[str, str]]:
        """What digits mean here."""
        return (
            ("1 2 3 Enter", _("扫码时：记已签字、已盖章、已归档")),
            ("4 Enter", _("扫码时：整套一起记")),
        )

    def arrive(self, record: object = None) -> None:
        """Come to a page; without one the page that was left."""
        if isinstance(record, str) and record in self._names:
            self.show_page(record)
        elif isinstance(record, str) and record in set(Lack):
            self.missing.show_lack(Lack(record))
            self.show_page(MISSING)
        else:
            self.show_page(self._names[self._pages.currentIndex()])

    def show_page(self, name: str) -> None:
        """Bring one of the pages into view."""
        number = self._names.index(name)
        self._pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        if name == SCAN:
            self.scan.take_focus()
        else:
            self.missing.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _tab(self, number: int, text: str) -> QPushButton:
        name = self._names[number]
        made = button(text, lambda: self.show_page(name), kind="choice", name=f"tab-{name}")
        made.setCheckable(True)
        self._tabs.addButton(made, number)
        return made

    def _on_next(self) -> None:
        self.show_page(self._names[1 - self._pages.currentIndex()])

    def _on_undo(self) -> None:
        self.show_page(SCAN)
        self.scan.take_back()
