"""统计: the weekly report, this round beside the one before, spot checks."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.ui.actions import Action
from organizer.ui.reports import spot_page, week_page
from organizer.ui.reports.compare_page import ComparePage
from organizer.ui.reports.spot_page import SpotPage
from organizer.ui.reports.week_page import WeekPage
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.plain import button, column, label, row

WEEK, COMPARE, SPOT = "week", "compare", "spot"


class ReportsScreen(Screen):
    """`arrive` takes the name of a page: week, compare or spot."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.week = WeekPage(session, self.say.emit)
        self.compare = ComparePage(session)
        self._pages: dict[str, WeekPage | ComparePage | SpotPage] = {
            WEEK: self.week,
            COMPARE: self.compare,
        }
        titles = {WEEK: _("周报"), COMPARE: _("本轮对上轮"), SPOT: _("抽查")}
        if access.grants(session.workspace.account.role, Permission.REVIEW):
            self._pages[SPOT] = SpotPage(session, self.say.emit)
        self._stack = QStackedWidget()
        self._steps: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for digit, (name, page) in enumerate(self._pages.items(), start=1):
            step = button(titles[name], partial(self.show_page, name), name=f"page-{name}")
            step.setProperty("kind", "choice")
            step.setCheckable(True)
            step.setToolTip(f"{titles[name]} (Ctrl+{digit})")
            group.addButton(step)
            self._steps[name] = step
            self._stack.addWidget(page)
            page.go.connect(self.go)
        head = row(label(_("统计"), "title"), *self._steps.values(), None, gap=12)
        whole = column(head, self._stack, into=QVBoxLayout(self), margin=20, gap=12)
        whole.setStretch(1, 1)
        self._page = WEEK
        self._steps[WEEK].setChecked(True)
        session.touched.connect(self._on_touched)

    def actions_table(self) -> Sequence[Action]:
        """The pages, and what the page in view can do."""
        pages = [
            Action(
                f"reports.{name}",
                _("看{page}").format(page=self._steps[name].text()),
                partial(self.show_page, name),
                f"Ctrl+{digit}",
                "reports",
            )
            for digit, name in enumerate(self._pages, start=1)
        ]
        return (*pages, *self._acts())

    def arrive(self, record: object = None) -> None:
        """Count anew; the cursor goes to the first number."""
        wanted = record if isinstance(record, str) and record in self._pages else self._page
        self.show_page(wanted)

    def show_page(self, name: str) -> None:
        """Show one of the pages, with the cursor in it."""
        self._page = name
        self._steps[name].setChecked(True)
        page = self._pages[name]
        self._stack.setCurrentWidget(page)
        page.load()
        page.focus_first()

    def _acts(self) -> Sequence[Action]:
        week, printing = self.week, Permission.PRINT
        return (
            Action("reports.before", _("上一周"), week.go_back, week_page.BEFORE),
            Action("reports.after", _("下一周"), week.go_on, week_page.AFTER),
            Action("reports.switch", _("街路和网格互换"), self._turn, week_page.SWITCH),
            Action("reports.print", _("打印"), self._print, week_page.PRINT, "", printing),
            Action("reports.save", _("导出表格"), week.save_report, week_page.SAVE, "", printing),
            Action("reports.draw", _("抽取"), self._draw, spot_page.DRAW, "", Permission.REVIEW),
        )

    def _turn(self) -> None:
        page = self._pages[self._page]
        if isinstance(page, WeekPage):
            page.switch_table()
        elif isinstance(page, SpotPage):
            page.turn()

    def _print(self) -> None:
        page = self._pages[self._page]
        if isinstance(page, WeekPage):
            page.print_report()
        elif isinstance(page, SpotPage):
            page.print_list()

    def _draw(self) -> None:
        page = self._pages[self._page]
        if isinstance(page, SpotPage):
            page.draw()

    def _on_touched(self) -> None:
        if self.isVisible():
            self._pages[self._page].load()
