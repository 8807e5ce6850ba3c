"""缺什么: the lists of papers that are missing, of all, of one union or of one unit."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHeaderView, QPushButton, QVBoxLayout, QWidget

from organizer.domain.access import Permission, grants
from organizer.domain.dates import parse_past_day
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import finding, undoing
from organizer.services.finding import Found
from organizer.services.members import telling
from organizer.services.paper import missing, missing_sheet
from organizer.services.paper.missing import Asked, Lack, Line
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.table import Column, PagedModel, PagedTable, Row
from organizer.ui.widgets.tray import Tray

PRINT, TELL = "Ctrl+P", "Ctrl+Return"
_MOST_OFFERED = 8
_ROW_HEIGHT, _SIDE, _UNION = 32, 220, 130
_OF_PAPERS = (Lack.UNSIGNED, Lack.UNSTAMPED, Lack.UNFILED, Lack.FOUNDING)
"""Lists in which lines are of several papers."""
_SPARE = ("detail", "since")
"""What gives way to the names where it is narrow."""


class PaperMissing(QWidget):
    """`go` leads to the record of a line, `offer` carries what was noted with its way back."""

    go = Signal(str, object)
    say = Signal(str)
    offer = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lack = Lack.UNSIGNED
        self._of: Found | None = None
        self._tabs = QButtonGroup(self)
        self._lists = {lack: self._tab(number, lack) for number, lack in enumerate(Lack)}
        self.only = PickerField(session.theme, "only", _("只看一个工会或单位"))
        self.model = PagedModel(_columns(), self._fetch, self)
        height = session.theme.px(_ROW_HEIGHT)
        self.table = PagedTable(self.model, _("缺的材料"), height)
        self._tray = Tray(session, self, self.say.emit)
        self._lines: dict[bytes, Line] = {}
        self._ways = session.workspace.codes("told_way").short_list()
        self._lay_out()
        self._connect()
        self._on_theme()

    def show_lack(self, lack: Lack) -> None:
        """Show one of the lists."""
        self._lack = lack
        self._lists[lack].setChecked(True)
        words = missing_sheet.headings(lack)
        self.model.columns = _columns(words.detail, words.since)
        self._telling.setVisible(lack is Lack.UNTOLD and self._may_tell)
        self._fit()
        self.refresh()

    def arrive(self) -> None:
        """The list comes into view."""
        self.show_lack(self._lack)
        (self.table if self.model.rowCount() else self._lists[self._lack]).setFocus()

    def refresh(self) -> None:
        """Read list and counts anew."""
        asked = self._asked

        def question(workspace: Workspace) -> tuple[Mapping[Lack, int], list[int]]:
            return missing.counts(workspace, asked), missing.numbers(workspace, asked)

        self._session.ask(self, question, self._show, key="paper_missing")

    def print_list(self) -> None:
        """Print the list in view."""
        if not self.model.rowCount():
            return
        asked, area = self._asked, self._of.name if self._of else ""
        name = _("{title}.pdf").format(title=missing.title(asked.lack))
        self._tray.print_pdf(
            lambda workspace: missing_sheet.make(workspace, asked, area),
            lambda workspace, path: missing_sheet.write(workspace, asked, area, path),
            name,
            across=False,
        )

    def tell(self, way: str = "") -> None:
        """The chosen people were told, today or on the day that is typed."""
        chosen = self._chosen()
        if self._lack is not Lack.UNTOLD or not chosen or not self._may_tell:
            return
        try:
            day = parse_past_day(self.day.text, self._session.workspace.today, field="on")
        except InvalidInput as error:
            self.day.refuse(error)
            self.day.setFocus()
            return
        code = way or self._ways[0].code
        said = _("已记 {count} 人告知（{way}）").format(
            count=len(chosen), way=self._session.workspace.codes("told_way").label(code)
        )
        self._session.change(
            self,
            lambda workspace, _job: telling.tell(workspace, chosen, code, day),
            lambda write: self.offer.emit(said, partial(self._take_back, write)),
            failed=self._on_not_told,
        )

    def _on_not_told(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput) and error.field == "on":
            self.day.refuse(error)
            self.day.setFocus()
        else:
            self._session.notices.present(error)

    def _take_back(self, write: bytes) -> None:
        self._session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            failed=self._session.notices.present,
        )

    def _chosen(self) -> list[bytes]:
        rows = (self.model.id_at(number) for number in self.table.chosen_rows)
        lines = (self._lines.get(found) for found in rows if found)
        return [line.act for line in lines if line is not None and line.act is not None]

    @property
    def _asked(self) -> Asked:
        of = self._of
        union = of.id if of and of.table == "union_org" else None
        employer = of.id if of and of.table == "employer" else None
        return Asked(self._lack, union, employer)

    @property
    def _may_tell(self) -> bool:
        return grants(self._session.workspace.account.role, Permission.SIGN_UP)

    def _show(self, found: tuple[Mapping[Lack, int], list[int]]) -> None:
        counts, numbers = found
        for lack, made in self._lists.items():
            made.setText(
                _("{title}　{count}").format(title=missing.title(lack), count=counts[lack])
            )
        here = self.table.hasFocus()
        self.table.show_numbers(numbers)
        self.table.setVisible(bool(numbers))
        self._empty.setVisible(not numbers)
        self._empty.setText(_nothing(self._lack))
        self._print.setVisible(bool(numbers))
        self._telling.setVisible(bool(numbers) and self._lack is Lack.UNTOLD and self._may_tell)
        if numbers and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        if here and not numbers:
            self._lists[self._lack].setFocus()
        whole = _("共 {count} 项　Enter 打开").format(count=len(numbers)) if numbers else ""
        self._count.setText(whole)

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        asked, wanted = self._asked, tuple(numbers)

        def shown(found: Mapping[int, Line]) -> None:
            rows = {}
            for n, one in found.items():
                key = one.act or b"%d" % n
                self._lines[key] = one
                cells = (one.name, one.paper, one.union_name, one.since, one.detail)
                rows[n] = (key, cells)
            answer(rows)

        def failed(error: BaseException) -> None:
            answer({})
            self._session.notices.present(error)

        self._session.ask(
            self, lambda workspace: missing.page(workspace, asked, wanted), shown, failed=failed
        )

    def _on_opened(self, key: bytes) -> None:
        line = self._lines.get(key)
        if line is None:
            return
        if line.table == "person":
            self.go.emit("people", line.id)
        elif line.table == "employer":
            self.go.emit("employers", line.id)

    def _on_typed(self, text: str) -> None:
        """A digit says how the chosen ones were told."""
        known = {str(number): one.code for number, one in enumerate(self._ways, 1)}
        if self._lack is Lack.UNTOLD and text in known:
            self.tell(known[text])

    def _on_wanted(self, text: str) -> None:
        def question(workspace: Workspace) -> list[Found]:
            unions = finding.find(workspace, text, _MOST_OFFERED, "union_org")
            return [*unions, *finding.find(workspace, text, _MOST_OFFERED, "employer")]

        self._session.ask(
            self,
            question,
            lambda found: self.only.offer(
                [Choice(one, one.name, one.detail or _kind(one)) for one in found]
            ),
            key="paper_missing.only",
        )

    def _on_only(self, choice: Choice) -> None:
        self._of = choice.value if isinstance(choice.value, Found) else None
        self.refresh()

    def _on_only_typed(self, text: str) -> None:
        if not text.strip() and self._of is not None:
            self._of = None
            self.refresh()

    def _tab(self, number: int, lack: Lack) -> QPushButton:
        made = button(
            missing.title(lack), partial(self.show_lack, lack), kind="choice", name=lack.value
        )
        made.setCheckable(True)
        self._tabs.addButton(made, number)
        return made

    def _connect(self) -> None:
        self.only.wanted.connect(self._on_wanted)
        self.only.chosen.connect(self._on_only)
        self.only.edited.connect(self._on_only_typed)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_typed)
        self._session.touched.connect(self._on_touched)
        self._session.theme.changed.connect(self._on_theme)

    def _on_touched(self) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        self._count = label("", "mut")
        self._empty = label("", "mut")
        self._print = KeyButton(
            self._session.theme, _("打印清单"), self.print_list, shortcut=PRINT, name="print-list"
        )
        ways = _("　").join(f"{n} {one.label}" for n, one in enumerate(self._ways, 1))
        self.day = Field("on", _("告知日期"), hint=_("空着就是今天"))
        told = KeyButton(
            self._session.theme, _("记为已告知"), self.tell,
            shortcut=TELL, kind="primary", name="tell",
        )  # fmt: skip
        way = label(_("选中的人是怎么告知的，按数字：{ways}").format(ways=ways), "mut")
        self._telling = holder(column(way, row(self.day, told, None), gap=4))
        self._side = QFrame()
        self._side.setProperty("kind", "card")
        column(*self._lists.values(), self.only, None, into=QVBoxLayout(self._side), margin=12)
        foot = row(self._count, self._print)
        foot.setStretch(0, 1)
        right = column(self._empty, self.table, self._telling, foot, gap=8)
        right.setStretch(1, 1)
        right.addStretch(0)
        whole = row(self._side, holder(right), gap=16)
        whole.setStretch(1, 1)
        column(whole, into=QVBoxLayout(self))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().setStretchLastSection(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _on_theme(self) -> None:
        theme = self._session.theme
        self.table.set_row_height(theme.px(_ROW_HEIGHT))
        self._side.setFixedWidth(theme.px(_SIDE))
        self._fit()

    def _fit(self) -> None:
        """Name and union share what the others leave; what says the same of everybody is left out."""
        px, header = self._session.theme.px, self.table.horizontalHeader()
        room = self.width() - px(_SIDE) - 16
        for place, one in enumerate(self.model.columns):
            same = one.key == "paper" and self._lack not in _OF_PAPERS
            room -= 0 if same else px(one.width)
            self.table.setColumnHidden(place, same or (one.key in _SPARE and room < px(_UNION)))
            if one.key == "union":
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            else:
                header.resizeSection(place, px(one.width))


def _columns(detail: str = "", since: str = "") -> tuple[Column, ...]:
    return (
        Column("name", _("姓名、单位"), 190, sortable=False),
        Column("paper", _("材料"), 160, sortable=False),
        Column("union", _("工会"), 0, sortable=False),
        Column("since", since or _("打印日期"), 108, sortable=False),
        Column("detail", detail or _("表号"), 130, sortable=False),
    )


def _kind(found: Found) -> str:
    return _("工会") if found.table == "union_org" else _("单位")


def _nothing(lack: Lack) -> str:
    return {
        Lack.UNSIGNED: _("打印出来的都签了字。"),
        Lack.UNSTAMPED: _("该盖章的都盖了章。"),
        Lack.UNFILED: _("办完的都归了档。"),
        Lack.NO_APPLICATION: _("每位会员都有申请书的记录。"),
        Lack.NO_REGISTRATION: _("每位会员都有登记表的记录。"),
        Lack.NO_CONSENT: _("每位会员都有同意书的记录。"),
        Lack.FOUNDING: _("建会办过的步骤，材料都在。"),
        Lack.UNTOLD: _("批准入会的人都告知了。"),
    }[lack]
