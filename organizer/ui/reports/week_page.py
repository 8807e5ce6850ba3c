"""周报: the figures of a week by street or by grid; every number opens the rows behind it."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from organizer import resources
from organizer.domain.round import Denominator
from organizer.domain.weekly import GRID, STREET, Column, Line, Week, total
from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services.reports import report_writing, weekly
from organizer.services.reports.weekly import Behind, Report
from organizer.ui.reports.behind_list import BehindList
from organizer.ui.reports.figures import TOTALS, FigureTable, measure_text, part_text
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.tray import Tray

BEFORE, AFTER, SWITCH, PRINT, SAVE = (
    "Ctrl+PgUp", "Ctrl+PgDown", "Ctrl+G", "Ctrl+P", "Ctrl+E",
)  # fmt: skip
_WEEK = timedelta(days=7)


class WeekPage(QWidget):
    """`go` asks for another screen with a record."""

    go = Signal(str, object)

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._tray = Tray(session, self, say)
        self.report: Report | None = None
        self._day: date | None = None
        self._table = STREET
        self._people: dict[bytes, bytes] = {}
        theme = session.theme
        self._week = label("", "head")
        self._said = label("", "mut")
        self._said.setWordWrap(False)
        make = KeyButton
        self.before = make(theme, _("上一周"), self.go_back, shortcut=BEFORE, name="week-before")
        self.after = make(theme, _("下一周"), self.go_on, shortcut=AFTER, name="week-after")
        self.switch = make(theme, _("按网格看"), self.switch_table, shortcut=SWITCH, name="switch")
        self.denominator = self._choice()
        self._print = make(theme, _("打印"), self.print_report, shortcut=PRINT, name="print-week")
        self._save = make(
            theme, _("导出表格"), self.save_report, shortcut=SAVE, kind="primary", name="save-week"
        )
        self.figures = FigureTable(theme, _("周报"))
        self.behind = BehindList(theme)
        self._teaching = label("", "")
        self._teaching.setWordWrap(True)
        self._begin = button(
            _("到“排查”开批次"), lambda: self.go.emit("survey", None), kind="primary", name="begin"
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self.figures.opened.connect(self._on_opened)
        self.behind.closed.connect(self._on_closed)
        self.behind.opened.connect(self._on_row)
        self.denominator.activated.connect(lambda _place: self.load())

    def load(self) -> None:
        """Count the week that is chosen."""
        day, denominator = self._day, self.denominator.currentData() or ""
        self._session.ask(
            self,
            lambda workspace: weekly.report(workspace, day, denominator=denominator),
            self._show,
            key="reports.week",
            failed=self._on_failed,
        )

    def focus_first(self) -> None:
        """The cursor goes to what is in view."""
        shown = self._stack.currentWidget()
        (self.behind.rows if shown is self.behind else self.figures).setFocus()

    def go_back(self) -> None:
        """The week before."""
        self._step(-1)

    def go_on(self) -> None:
        """The week after, at most the one under way."""
        self._step(1)

    def switch_table(self) -> None:
        """From streets to grids and back."""
        self._table = GRID if self._table == STREET else STREET
        self._fill()
        self._on_closed()

    def print_report(self) -> None:
        """Print the report."""
        shown = self.report
        if shown is not None:
            self._tray.print_pdf(
                lambda workspace: report_writing.report_pdf(workspace, shown),
                lambda workspace, path: report_writing.write_report(workspace, shown, path),
                report_writing.file_name(shown, "pdf"),
                across=True,
            )

    def save_report(self) -> None:
        """Write the report as a workbook that goes on calculating."""
        shown = self.report
        if shown is not None:
            self._tray.ask_file(
                lambda workspace, path: report_writing.write_report(workspace, shown, path),
                report_writing.file_name(shown, "xlsx"),
                _("导出周报"),
            )

    def _choice(self) -> QComboBox:
        """The denominators; the first is that of the round."""
        box = QComboBox()
        box.setProperty("kind", "answer")
        box.setObjectName("denominator")
        box.setAccessibleName(_("分母"))
        box.addItem(_("分母按批次"), "")
        texts = resources.toml("texts", "weekly.toml")["denominator"]
        for one in Denominator:
            box.addItem(texts[one]["title"], one.value)
        return box

    def _lay_out(self) -> None:
        foot = row(self._said, None, self._print, self._save, gap=8)
        inside = column(self.figures, foot, gap=8)
        inside.setStretch(0, 1)
        empty = card(
            label(_("还没有周报"), "head"), self._teaching, row(self._begin, None),
            margin=24, gap=12,
        )  # fmt: skip
        self._whole, self._empty = holder(inside), holder(column(empty, None))
        for page in (self._whole, self.behind, self._empty):
            self._stack.addWidget(page)
        head = row(self.before, self._week, self.after, None, self.denominator, self.switch, gap=12)
        self._head = holder(head)
        whole = column(self._head, self._stack, into=QVBoxLayout(self), gap=12)
        whole.setStretch(1, 1)

    def _step(self, weeks: int) -> None:
        """Another week; the one after the present has not begun."""
        today = self._session.workspace.today
        start = Week.of(self._day or today).shifted(weeks).monday
        if start <= today:
            self._day = start
            self.load()

    def _show(self, shown: Report) -> None:
        self.report = shown
        told = shown.told
        self._day = told.week.monday
        monday, sunday = told.week.monday, told.week.sunday
        # The year is told where it is not this one.
        shown_from = f"{monday:%m-%d}" if monday.year == told.made_on.year else f"{monday}"
        self._week.setText(
            _("{monday} 至 {sunday}").format(monday=shown_from, sunday=f"{sunday:%m-%d}")
        )
        formula = resources.toml("texts", "weekly.toml")["denominator"][told.denominator]["formula"]
        running = _("　本周还没有结束") if told.is_running else ""
        self._said.setText(
            _("{round}　{formula}{running}").format(
                round=told.round_name, formula=formula, running=running
            )
        )
        self._said.setToolTip(_("按 Enter 看数字背后的单位或人员"))
        today = self._session.workspace.today
        self.after.setEnabled(told.week.shifted(1).monday <= today)
        self._head.show()
        stays = self._stack.currentWidget() is self.behind
        self._fill()
        if not stays:
            self._stack.setCurrentWidget(self._whole)

    def _fill(self) -> None:
        if self.report is None:
            return
        streets = self._table == STREET
        self.switch.say(_("按网格看") if streets else _("按街路看"))
        lines = self.report.told.tables[self._table]
        name = _("街路、楼宇、村民组") if streets else _("网格")
        self.figures.show_lines([total(lines, _("合计")), *lines], _("社区（村）"), name)

    def _on_opened(self, line: Line, chosen: Column) -> None:
        shown, table = self.report, self._table
        if shown is None:
            return
        # The line of totals bears no key of its own.
        key = None if line is self.figures.figures.lines[TOTALS] else line.key
        title = _("{name}　{measure}　{part}").format(
            name=line.name,
            measure=measure_text(chosen.measure.key, "title"),
            part=part_text("stock" if chosen.opens == "total" and not chosen.measure.flow
                           else chosen.opens),
        )  # fmt: skip
        self._session.ask(
            self,
            lambda workspace: weekly.behind(
                workspace, shown, table, key, chosen.measure.key, chosen.opens
            ),
            lambda rows: self._show_behind(title, rows),
            key="reports.behind",
        )

    def _show_behind(self, title: str, rows: list[Behind]) -> None:
        self._people = {one.row: one.person for one in rows if one.person}
        count = _("{title}：{count}").format(title=title, count=len(rows))
        self._stack.setCurrentWidget(self.behind)
        self.behind.show_rows(count, [(one.row, (one.name, one.where)) for one in rows])

    def _on_row(self, chosen: bytes) -> None:
        person = self._people.get(chosen)
        if person is None:
            self.go.emit("employers", chosen)
        else:
            self.go.emit("people", person)

    def _on_closed(self) -> None:
        if self._stack.currentWidget() is self.behind:
            self._stack.setCurrentWidget(self._whole)
        self.figures.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, OrganizerError) or self.report is not None:
            # A week before the first round: the one in view stays.
            self._day = self.report.told.week.monday if self.report else None
            self._session.notices.present(error)
            return
        self._teaching.setText(error.sentence())
        self._head.hide()
        self._stack.setCurrentWidget(self._empty)
