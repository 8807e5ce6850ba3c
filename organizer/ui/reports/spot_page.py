"""抽查: draw doors, print the call-back list, press a digit for what each unit said, see what is quiet odd."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.review_signals import Signal as ReviewSignal
from organizer.domain.spot_check import DIFFERING
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.jobs import Job
from organizer.services.reports import report_writing, spot_checking
from organizer.services.reports.spot_checking import Check, Drawn, Item
from organizer.services.workspace import Workspace
from organizer.ui.reports.signal_list import SignalList
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import card, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column
from organizer.ui.widgets.tray import Tray

DRAW, PRINT, SIGNALS = "Ctrl+Return", "Ctrl+P", "Ctrl+G"
_LETTERS = dict(zip("abcdef", DIFFERING, strict=True))
"""As on the printed list."""

_USUAL_SIZE = 20


class SpotPage(QWidget):
    """`go` asks for another screen with a record."""

    go = Signal(str, object)

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._say = say
        self._tray = Tray(session, self, say)
        self._check: bytes | None = None
        self._agreements: dict[bytes, Check] = {}
        self._items: list[Item] = []
        self._asking = False
        """Whether the next letter says in what an answer differs."""
        theme = session.theme
        self.wanted = Field("spot-size", _("抽几户"))
        self.wanted.line.setText(str(_USUAL_SIZE))
        self.seed = Field("spot-seed", _("抽签号"), hint=_("同一个号抽出同一批"))
        self.seed.line.setPlaceholderText(_("今天"))
        self._draw = KeyButton(
            theme, _("抽取"), self.draw, shortcut=DRAW, kind="primary", name="draw"
        )
        self.checks = RowsTable(
            theme,
            (Column("drawn", _("抽查"), 148), Column("waiting", _("待回访"), 76, number=True)),
            _("各次抽查"),
            stretched=0,
        )
        self.items = RowsTable(
            theme,
            (
                Column("position", _("序号"), 56, number=True),
                Column("name", _("单位"), 220),
                Column("visited", _("走访"), 190),
                Column("noted", _("当时所记"), 190),
                Column("answer", _("回访结果"), 150),
            ),
            _("要回访的单位"),
            stretched=1,
            spare=("noted", "visited"),
        )
        self._again = label(_("再抽一次"), "head")
        self._how = label("", "mut")
        self._words = label("", "")
        self._words.setWordWrap(True)
        self._print = KeyButton(
            theme, _("打印回访单"), self.print_list, shortcut=PRINT, name="print-calls"
        )
        self._turn = KeyButton(theme, "", self.turn, shortcut=SIGNALS, name="signals")
        self.signals = SignalList(theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def load(self) -> None:
        """Read checks and signals anew."""
        self._session.ask(self, spot_checking.checks, self._show_checks, key="reports.checks")
        self._session.ask(self, spot_checking.drawable, self._show_drawable, key="reports.drawable")
        self._session.ask(
            self, spot_checking.review_signals, self._show_signals, key="reports.signals"
        )

    def focus_first(self) -> None:
        """The cursor goes to what is to be answered, or to the form when nothing was drawn."""
        if self._stack.currentWidget() is self.signals:
            self.signals.setFocus()
        elif self.checks.rows.rowCount():
            self.items.setFocus()
        else:
            self.wanted.line.setFocus()
            self.wanted.line.selectAll()

    def draw(self) -> None:
        """Draw a check."""
        for one in (self.wanted, self.seed):
            one.clear_error()
        try:
            size = _number(self.wanted.text, "size")
            seed = _number(self.seed.text, "seed") if self.seed.text else None
        except InvalidInput as error:
            self._on_refused(error)
            return

        def act(workspace: Workspace, _job: Job) -> Drawn:
            return spot_checking.draw(workspace, size, seed)

        self._session.change(self, act, self._on_drawn, failed=self._on_refused)

    def print_list(self) -> None:
        """Print the list to call from; who prints is noted in the audit."""
        check = self._check
        if check is not None:
            self._tray.print_pdf(
                lambda workspace: report_writing.call_back_pdf(workspace, check),
                lambda workspace, path: report_writing.write_call_back(workspace, check, path),
                _("抽查回访单.pdf"),
                across=False,
            )

    def turn(self) -> None:
        """From the units to call to what is worth another look, and back."""
        there = self._stack.currentWidget() is self.signals
        self._stack.setCurrentWidget(self._calls if there else self.signals)
        self._name_turn()
        self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the question in what an answer differs."""
        if event.key() == Qt.Key.Key_Escape and self._asking:
            self._ask(False)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        asked = row(self.wanted, self.seed, gap=12)
        for field in (self.wanted, self.seed):
            asked.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        form = card(
            self._again,
            asked,
            row(self._draw, None),
            margin=16,
        )
        self._left = holder(column(self.checks, form, gap=12))
        self._how.setWordWrap(True)
        calls = column(self._how, self.items, self._words, row(None, self._print), gap=8)
        calls.setStretch(1, 1)
        self._calls = holder(calls)
        for page in (self._calls, self.signals):
            self._stack.addWidget(page)
        right = column(row(None, self._turn), self._stack, gap=8)
        right.setStretch(1, 1)
        whole = row(self._left, holder(right), gap=20)
        whole.setStretch(0, 1)
        whole.setStretch(1, 3)
        column(whole, into=QVBoxLayout(self))
        self._ask(False)
        self._name_turn()

    def _connect(self) -> None:
        self.checks.selectionModel().currentRowChanged.connect(self._on_check)
        self.checks.opened.connect(lambda _check: self.items.setFocus())
        self.items.typed.connect(self._on_typed)
        self.items.opened.connect(lambda unit: self.go.emit("employers", unit))
        self.signals.opened.connect(self._on_signal)

    def _show_drawable(self, count: int) -> None:
        """A round just begun has fewer to draw from than is usual."""
        if count and not self.wanted.line.isModified():
            self.wanted.line.setText(str(min(_USUAL_SIZE, count)))
            self.wanted.say(_("能抽的有 {count} 户").format(count=count))

    def _show_checks(self, found: Sequence[Check]) -> None:
        chosen = self._check or self.checks.current_id()
        self._agreements = {one.id: one for one in found}
        rows = [
            (
                one.id,
                (
                    _("{day}　{size} 户").format(day=one.drawn_on[5:], size=one.size),
                    str(one.agreement.waiting),
                ),
            )
            for one in found
        ]
        fresh = not self.checks.rows.rowCount() and bool(rows)
        self._again.setText(_("再抽一次") if rows else _("抽一次"))
        self.checks.show_rows(rows, chosen)
        self._on_check()
        if fresh and self.isVisible():
            self.focus_first()

    def _on_check(self, *_indexes: object) -> None:
        self._check = check = self.checks.current_id()
        self._print.setEnabled(check is not None)
        if check is None:
            self._how.setText(
                _(
                    "从走访过的单位里抽签抽出一些，每个走访人的都会抽到；"
                    "打印回访单打电话核对，再按数字记下结果。"
                )
            )
            return
        self._session.ask(
            self,
            lambda workspace: (check, spot_checking.items(workspace, check)),
            self._show_items,
            key="reports.items",
        )

    def _show_items(self, found: tuple[bytes, list[Item]]) -> None:
        check, items = found
        if check != self._check or check not in self._agreements:
            return
        self._items = items
        kept = self.items.currentIndex().row()
        rows = [
            (
                one.employer,
                (
                    str(one.position),
                    one.name,
                    one.visited,
                    one.noted,
                    spot_checking.answer_words(one.answer),
                ),
            )
            for one in items
        ]
        self.items.show_rows(rows)
        waiting = [place for place, one in enumerate(items) if one.answer is None]
        beyond = [place for place in waiting if place >= kept]
        self.items.selectRow((beyond or waiting or [max(kept, 0)])[0])
        one = self._agreements[check]
        words = spot_checking.agreement_words(one.agreement)
        self._words.setText(_("抽签号 {seed}　{words}").format(seed=one.seed, words=words))

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        words = spot_checking.field_words()
        which = listed(f"{letter} {words[name]}" for letter, name in _LETTERS.items())
        self._how.setText(
            _("哪一项不一致？{which}　Esc 不记").format(which=which)
            if asking
            else _("按数字记结果：1 一致　2 不一致　3 没联系上；Enter 打开单位")
        )

    def _on_typed(self, key: str) -> None:
        if self._asking:
            if key.lower() in _LETTERS:
                self._ask(False)
                self._answer("2", (_LETTERS[key.lower()],))
        elif key == "2":
            self._ask(True)
        elif key in ("1", "3"):
            self._answer(key, ())

    def _answer(self, said: str, fields: tuple[str, ...]) -> None:
        check, place = self._check, self.items.currentIndex().row()
        if check is None or not 0 <= place < len(self._items):
            return
        position = self._items[place].position
        self._session.change(
            self,
            lambda workspace, _job: spot_checking.answer(workspace, check, position, said, fields),
            failed=self._session.notices.present,
        )

    def _on_drawn(self, drawn: Drawn) -> None:
        self._check = drawn.check
        self._say(
            _("从 {population} 户里抽了 {size} 户").format(
                population=drawn.population, size=drawn.size
            )
        )
        self.items.setFocus()

    def _on_refused(self, error: BaseException) -> None:
        field = {"size": self.wanted, "seed": self.seed}.get(getattr(error, "field", "") or "")
        if field is None or not isinstance(error, InvalidInput):
            self._session.notices.present(error)
            return
        field.refuse(error)
        field.line.setFocus()

    def _show_signals(self, found: Sequence[ReviewSignal]) -> None:
        self.signals.show_signals(found)
        self._name_turn()

    def _name_turn(self) -> None:
        there = self._stack.currentWidget() is self.signals
        count = len(self.signals.found)
        self._turn.say(_("回到回访") if there else _("值得复核 {count} 处").format(count=count))

    def _on_signal(self, employers: tuple[bytes, ...]) -> None:
        self.go.emit("survey", (_("值得复核"), employers))


def _number(text: str, field: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise InvalidInput("spot_check.number", field=field, value=text)
    return int(text)
