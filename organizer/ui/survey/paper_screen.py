"""走访表: sheets printed for the street, typed in when they come back, workbooks read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.survey import collect_page, paper_entry, sheet_page
from organizer.ui.survey.collect_page import CollectPage
from organizer.ui.survey.paper_entry import PaperEntry
from organizer.ui.survey.sheet_page import SheetPage
from organizer.ui.widgets.plain import button, column, row

SHEETS, ENTRY, COLLECT = "sheets", "entry", "collect"
"""The pages by the names `arrive` takes."""

NEXT = "Ctrl+G"


class PaperScreen(Screen):
    """Three pages. `arrive` takes the name of a page, or id and name of a place to print."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sheets = SheetPage(session)
        self.entry = PaperEntry(session)
        self.collect = CollectPage(session)
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        named = ((SHEETS, _("打印"), self.sheets), (ENTRY, _("照表录入"), self.entry),
                 (COLLECT, _("读回采集表"), self.collect))  # fmt: skip
        self._names = [name for name, _text, _page in named]
        tabs = []
        for number, (_name, text, page) in enumerate(named):
            self._pages.addWidget(page)
            tabs.append(self._tab(number, text))
        back = button(_("返回"), self.back.emit, name="back")
        back.setToolTip(_("返回 (Esc)"))
        whole = column(row(*tabs, None, back), self._pages, into=QVBoxLayout(self), gap=12)
        whole.setContentsMargins(20, 12, 20, 16)
        for page in (self.sheets, self.entry, self.collect):
            page.say.connect(self.say)
        self.entry.offer.connect(self.offer)
        self.entry.left_page.connect(self.back)
        self.show_page(ENTRY)

    def actions_table(self) -> Sequence[Action]:
        """What the page in view is for; on each page the same keys."""
        survey, printing = Permission.SURVEY, Permission.PRINT
        return (
            Action("papers.next", _("换到下一页：打印、录入、读回"), self._on_next, NEXT),
            Action("papers.save", _("保存这一行"), self._on_save, paper_entry.SAVE, "", survey),
            Action(
                "papers.print", _("打印走访的表"), self._on_print, sheet_page.PRINT, "", printing
            ),
            Action("papers.file", _("把表存为文件"), self._on_file, sheet_page.FILE, "", printing),
            Action("papers.read", _("读回采集表"), self._on_read, collect_page.OPEN, "", survey),
        )

    def arrive(self, record: object = None) -> None:
        """Show a page by its name, or the sheets of a place, given as id and name."""
        if isinstance(record, tuple):
            place, name = record
            self.sheets.choose_place(place, name)
            self.show_page(SHEETS)
        elif isinstance(record, str):
            self.show_page(record)
        else:
            self.show_page(self._names[self._pages.currentIndex()])

    def leave(self) -> None:
        """Keep what is typed."""
        self.entry.keep()

    def show_page(self, name: str) -> None:
        """Bring one of the pages into view."""
        number = self._names.index(name)
        self._pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        begin = {
            SHEETS: self.sheets.begin,
            ENTRY: self.entry.begin,
            COLLECT: self.collect.begin,
        }
        begin[name]()

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
        self.show_page(self._names[(self._pages.currentIndex() + 1) % len(self._names)])

    def _on_save(self) -> None:
        if self._pages.currentWidget() is self.entry:
            self.entry.save()

    def _on_print(self) -> None:
        self.show_page(SHEETS)
        self.sheets.print_sheets()

    def _on_file(self) -> None:
        self.show_page(SHEETS)
        self.sheets.write_file()

    def _on_read(self) -> None:
        self.show_page(COLLECT)
        self.collect.choose()
