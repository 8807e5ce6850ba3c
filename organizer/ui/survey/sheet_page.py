"""打印: which sheet of which place, on which paper; and the collection workbook for other machines."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from organizer.domain.sheet_kind import SIZED, SIZES, SheetKind
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services import finding
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.reflow import Cell, Reflow
from organizer.ui.widgets.tray import Tray

if TYPE_CHECKING:
    from organizer.services.paper.sheet_printing import PrintedSheets, SheetOrder, SheetPrinter

PRINT, FILE = "Ctrl+P", "Ctrl+E"
_OFFERED = 8
_COUNTED = (SheetKind.BLANK, SheetKind.TAG)


def kind_words() -> dict[SheetKind, str]:
    """The kinds of sheets in Chinese, in the order of their digits."""
    return {
        SheetKind.WALK: _("走访单"),
        SheetKind.FORM: _("排查登记表（预填）"),
        SheetKind.BLANK: _("排查登记表（空白）"),
        SheetKind.TAG: _("留言条"),
        SheetKind.LEDGER: _("台账"),
        SheetKind.COLLECTION: _("采集表（在 WPS 里填）"),
    }


def _about() -> dict[SheetKind, str]:
    return {
        SheetKind.WALK: _("一户一行，按走路的顺序排，后面有空白行登记新单位；回来用“照表录入”。"),
        SheetKind.FORM: _("一户一张 A4，以前登记的内容已经印上，请当面核对。"),
        SheetKind.BLANK: _("空白的登记表，每张有自己的编号；份数自己定。"),
        SheetKind.TAG: _("还没见到人的单位每户一张，剪开留在门上；不写名字的另加份数。"),
        SheetKind.LEDGER: _("A4 横向，各户的现状和四清，供办公室存查。"),
        SheetKind.COLLECTION: _("带锁的 xlsx 文件，拿到任何装有 WPS 的电脑或手机上填，填好读回。"),
    }


class SheetPage(QWidget):
    """Asks for a place and a kind; prints, or writes a file."""

    say = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._tray = Tray(session, self, self._on_done)
        self._lacking: tuple[str, ...] = ()
        theme = session.theme
        self.place = PickerField(
            theme, "place", _("地点"), hint=_("街路、楼宇、村民组，或整个社区")
        )
        self.kind = CodeField(theme, "kind", _("哪种表"))
        self.size_ = CodeField(theme, "size", _("纸"))
        self.count = Field("count", _("空白份数"))
        self._told = label("", "mut")
        self._result = label("", "good")
        self._warning = label("", "warn")
        self.print_button = KeyButton(
            theme, _("打印"), self.print_sheets, shortcut=PRINT, kind="primary", name="print-sheets"
        )
        self.file_button = KeyButton(
            theme, _("存为文件"), self.write_file, shortcut=FILE, name="write-sheets"
        )
        self._lay_out()
        self._connect()

    @cached_property
    def _printer(self) -> "SheetPrinter":
        # Late: what draws papers is not needed before the first.
        from organizer.services.paper.sheet_printing import SheetPrinter

        return SheetPrinter(self.session.workspace)

    def choose_place(self, place: bytes, name: str) -> None:
        """What is to be printed, as one comes from a street."""
        self.place.set_choice(place, name)
        self.place.clear_error()

    def begin(self) -> None:
        """The cursor where something is lacking."""
        (self.kind if self.place.value else self.place).setFocus()

    def print_sheets(self) -> None:
        """Onto paper; without a printer into a file."""
        order = self._order()
        self._lacking = ()
        if order is None:
            return
        if order.kind == SheetKind.COLLECTION:
            self.write_file()
            return
        self._tray.print_pdf(
            lambda _workspace: self._made(self._printer.make_sheets(order)).pdf,
            lambda _workspace, path: self._write(order, path),
            self._file_name(order),
            across=order.kind == SheetKind.LEDGER,
            size=order.size,
        )

    def write_file(self) -> None:
        """Into a PDF; the collection workbook into an .xlsx."""
        order = self._order()
        if order is not None:
            self._tray.ask_file(
                lambda _workspace, path: self._write(order, path),
                self._file_name(order),
                _("存为文件"),
            )

    def _write(self, order: "SheetOrder", path: Path) -> None:
        if order.kind == SheetKind.COLLECTION:
            from organizer.services.paper import collecting

            collecting.make(self.session.workspace, order.place, path)
        else:
            self._made(self._printer.print_sheets(order, path))

    def _made(self, printed: "PrintedSheets") -> "PrintedSheets":
        self._lacking = printed.unreadable
        return printed

    def _on_done(self, said: str) -> None:
        """What became of it, and which names lack a character on the paper."""
        self.say.emit(said)
        self._result.setText(said)
        self._result.show()
        self._warning.setText(
            _("这些名称里有印不出的字，纸上印成〓，请手写补上：{names}").format(
                names=listed(self._lacking)
            )
        )
        self._warning.setVisible(bool(self._lacking))

    def _order(self) -> "SheetOrder | None":
        """What is asked for; None when something is lacking, which is said at its field."""
        from organizer.services.paper.sheet_printing import SheetOrder

        if self.place.value is None:
            self.place.refuse(InvalidInput("sheet.no_place", field="place"))
            self.place.setFocus()
            return None
        count = self.count.text or "0"
        if not (count.isascii() and count.isdigit() and len(count) <= 4):
            self.count.refuse(InvalidInput("collect.not_a_count", field="count", value=count))
            self.count.setFocus()
            return None
        kind = self.kind.value or SheetKind.WALK.value
        size = self.size_.value if kind in SIZED else "A4"
        return SheetOrder(kind, self.place.value, size or "A4", int(count))

    def _file_name(self, order: "SheetOrder") -> str:
        kind = SheetKind(order.kind)
        word = kind_words()[kind]
        if kind == SheetKind.COLLECTION:
            word = word.partition(_("（"))[0]
        ending = "xlsx" if order.kind == SheetKind.COLLECTION else "pdf"
        return f"{word} {self.place.text} {self.session.workspace.today}.{ending}"

    def _on_kind(self) -> None:
        kind = SheetKind(self.kind.value or SheetKind.WALK)
        self._told.setText(_about()[kind])
        self.size_.setVisible(kind in SIZED)
        self.count.setVisible(kind in _COUNTED)
        self._fields.lay_out()
        self.print_button.setVisible(kind != SheetKind.COLLECTION)

    def _look_up(self, text: str) -> None:
        def answer(found: list[finding.Found]) -> None:
            self.place.offer([Choice(one.id, one.name, one.detail) for one in found])

        def question(workspace: Workspace) -> list[finding.Found]:
            hits = finding.find_here(workspace, text, _OFFERED) if text else []
            return [hit for hit in hits if hit.table == "place"]

        self.session.ask(self, question, answer, key="papers.place")

    def _lay_out(self) -> None:
        words = kind_words()
        self.kind.set_codes([Code(kind.value, word) for kind, word in words.items()])
        self.kind.set_code(SheetKind.WALK)
        self.size_.set_codes([Code(size, size) for size in SIZES])
        self.size_.set_code("A4")
        self._fields = Reflow(
            self.session.theme,
            [
                [Cell(self.place, 1, 300)],
                [Cell(self.kind, 2, 220), Cell(self.size_, 1, 100), Cell(self.count, 1, 120)],
            ],
        )
        card = QFrame()
        card.setProperty("kind", "card")
        column(
            label(_("打印走访的表"), "head"), self._fields, self._told,
            row(self.print_button, self.file_button, None), self._result, self._warning, None,
            into=QVBoxLayout(card), margin=16, gap=12,
        )  # fmt: skip
        self._card = card
        self._result.hide()
        self._warning.hide()
        column(row(card, None), None, into=QVBoxLayout(self))
        self._on_theme()
        self._on_kind()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing is to be scrolled sideways."""
        super().resizeEvent(event)
        self._on_theme()

    def _on_theme(self) -> None:
        self._card.setFixedWidth(min(self.session.theme.px(640), max(self.width(), 320)))

    def _connect(self) -> None:
        self.place.wanted.connect(self._look_up)
        self.kind.chosen.connect(lambda _choice: self._on_kind())
        self.session.theme.changed.connect(self._on_theme)
