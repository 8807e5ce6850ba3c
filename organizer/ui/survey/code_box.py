"""The code of a row, typed or scanned, and which row it means."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from organizer.domain import row_code
from organizer.domain.sheet_kind import SheetKind
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.paper import paper_rows
from organizer.services.paper.paper_rows import PaperRow
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import button, column, label


class _CodeField(Field):
    """Enter asks what the code means; the cursor stays until that is known."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, also of a scanner and of the number pad."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)


class CodeBox(QWidget):
    """`found` carries the row that was meant, `lost` says that the typed code means none."""

    found = Signal(object)
    looking = Signal()
    """A code that can be right is being looked up."""
    lost = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.next: PaperRow | None = None
        """The row below the last one: what Enter in the empty field means."""
        self.field = _CodeField("code", _("编号"))
        self.choices: Sequence[PaperRow] = ()
        self.kinds: Sequence[str] = (SheetKind.WALK,)
        """The papers in hand: a unit has the same code on all of them."""
        self._choose = QWidget()
        self._choose_parts: QBoxLayout = QVBoxLayout(self._choose)
        self._choose.hide()
        column(self.field, self._choose, into=QVBoxLayout(self), gap=6)
        self.setFocusProxy(self.field)
        self.field.entered.connect(self.look_up)

    def expect(self, following: PaperRow | None) -> None:
        """Wait for a code; Enter alone means the row that follows."""
        self.next = following
        self._close_choices()
        self.field.set_text("")
        if following is None:
            self.field.say(_("输入行首四位，或用扫码枪；表头的表号也行"))
        else:
            said = _("空着按 Enter 就是下一行：{code} {name}")
            name = following.name or _("名单上没有的单位")
            self.field.say(said.format(code=following.code, name=name))

    def show_row(self, paper: PaperRow) -> None:
        """The row that is being typed in."""
        self._close_choices()
        self.field.set_text(paper.code)
        self.field.clear_error()
        said = _("表 {sheet} 第 {row} 行")
        self.field.say(said.format(sheet=paper.sheet_code, row=paper.position))

    def ask_for(self, code: str) -> None:
        """Look a code up that was not typed here."""
        self.field.set_text(code)
        self.look_up()

    def look_up(self) -> None:
        """Enter: the row the text means; a code with a wrong check is told at once."""
        text = self.field.text
        if not text:
            if self.next is not None:
                self.found.emit(self.next)
            else:
                self.refuse(InvalidInput("row_code.empty", field="code"))
            return
        if row_code.read_scan(text) is None:
            try:
                row_code.parse_row_code(text)
            except InvalidInput as error:
                self.refuse(error)
                return
        self.looking.emit()
        kinds = self.kinds
        self._session.ask(
            self,
            lambda workspace: paper_rows.look_up(workspace, text, kinds),
            self._on_found,
            key="paper.look_up",
            failed=self._on_failed,
        )

    def refuse(self, error: InvalidInput) -> None:
        """Say at the field what is wrong with the code."""
        self.lost.emit()
        self.field.refuse(error)
        self.field.setFocus()
        self.field.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit picks among several rows."""
        digit = event.text()
        if digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(self.choices):
            self.found.emit(self.choices[int(digit) - 1])
        else:
            super().keyPressEvent(event)

    def _on_found(self, rows: Sequence[PaperRow]) -> None:
        if len(rows) == 1 or len({row.code for row in rows}) > 1:
            # One row, or the first of a whole sheet.
            self.found.emit(rows[0])
        else:
            self._open_choices(rows)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput):
            self.refuse(error)
        elif isinstance(error, NotFound):
            self.refuse(InvalidInput(error.code, field="code", **error.facts))
        else:
            self._session.notices.present(error)

    def _open_choices(self, rows: Sequence[PaperRow]) -> None:
        """Several rows bear this code: which one is meant?"""
        self.lost.emit()
        self._close_choices()
        self.choices = rows
        self._choose_parts.addWidget(label(_("这个编号在几张表上，是哪一家？按数字选。"), "warn"))
        for number, one in enumerate(rows, 1):
            self._choose_parts.addWidget(self._choice(number, one))
        self._choose.show()
        first = self._choose.findChild(QWidget, "choice-1")
        if isinstance(first, QWidget):
            first.setFocus()

    def _close_choices(self) -> None:
        self.choices = ()
        self._choose.hide()
        while self._choose_parts.count():
            taken = self._choose_parts.takeAt(0)
            if taken is not None and (old := taken.widget()) is not None:
                old.deleteLater()

    def _choice(self, number: int, one: PaperRow) -> QWidget:
        text = _("{number}　{name}　{where}（表 {sheet}，{day} 印）").format(
            number=number,
            name=one.name or _("名单上没有的单位"),
            where=one.where,
            sheet=one.sheet_code,
            day=one.printed_on,
        )
        return button(text, lambda: self.found.emit(one), name=f"choice-{number}")
