"""扫码登记: paper after paper through the scanner, each told large, one key to take the last back."""

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QCheckBox, QFrame, QVBoxLayout, QWidget

from organizer.domain.paper_trail import EVERY, Stage, read_place
from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.services import undoing
from organizer.services.paper import paper_trail
from organizer.services.paper.paper_trail import Marked, Order
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, label, restyle, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

TAKE_BACK = "Ctrl+B"
_SCAN_BEGINS = "ORG1"
_LONGEST_SHOWN = 24


@dataclass
class _Line:
    """What became of one scan."""

    name: str
    paper: str
    done: str
    place: str
    write: bytes | None = None


class PaperScan(QWidget):
    """Takes codes as fast as they come, one after the other; nothing scanned is lost."""

    say = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stage = Stage.SIGNED
        self._waiting: deque[tuple[str, Order]] = deque()
        self._busy = False
        self.lines: list[_Line] = []
        self._modes = QButtonGroup(self)
        modes = [self._mode(number, stage) for number, stage in enumerate(EVERY, 1)]
        self.whole = QCheckBox(_("4 整套一起记：扫一张，这个人的都记"))
        self.whole.toggled.connect(lambda _on: self.take_focus())
        self.code = Field(
            "code", _("扫码或输入表号"), hint=_("扫页脚的二维码；也可以输入 8 位表号，按 Enter")
        )
        self.box = Field("box", _("盒号"), hint=_("例如 12；从第 7 页起放就写 12-7"))
        self.told = label("", "large")
        self.detail = label("", "info")
        self.undo = KeyButton(
            session.theme, _("撤回上一份"), self.take_back, shortcut=TAKE_BACK, name="take-back"
        )
        self.table = RowsTable(session.theme, _columns(), _("刚才记下的材料"), 1, ("place",))
        self._lay_out(modes)
        self.code.line.installEventFilter(self)
        self.box.line.installEventFilter(self)
        self.box.left.connect(lambda _text: self._look_at_box())
        session.theme.changed.connect(self._on_theme)
        self.choose(Stage.SIGNED)
        self._tell("", _teaching(), "info")
        self._on_theme()

    @property
    def stage(self) -> Stage:
        """What is noted of the papers that are scanned now."""
        return self._stage

    def choose(self, stage: Stage) -> None:
        """From here on note this step."""
        self._stage = stage
        self._modes.button(EVERY.index(stage) + 1).setChecked(True)
        self.box.setVisible(stage is Stage.FILED)
        self.take_focus()

    def take_focus(self) -> None:
        """The cursor where the next scan goes; first the box, where none is named yet."""
        nowhere = self._stage is Stage.FILED and not self.box.text
        (self.box if nowhere else self.code).setFocus()

    def take_back(self) -> None:
        """Take the last paper back that was noted here."""
        line = next((one for one in reversed(self.lines) if one.write is not None), None)
        if line is None or line.write is None:
            self._tell("", _("这里还没有可以撤回的。"), "info")
            return
        write, line.write = line.write, None

        def done(_undone: object) -> None:
            line.done, line.place = _("已撤回"), ""
            self._show_lines()
            said = _("已撤回：{name} {paper}").format(name=line.name, paper=line.paper)
            self._tell(line.name, said, "info")
            if self._stage is Stage.FILED:
                self._look_at_box(again=True)

        def failed(error: BaseException) -> None:
            line.write = write
            self._session.notices.present(error)

        self._session.change(
            self, lambda workspace, _job: undoing.take_back(workspace, write), done, failed=failed
        )
        self.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes what stands there, also that of a scanner; the cursor stays."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.code.line:
                    self._on_code()
                else:
                    self._on_box()
                return True
        return super().eventFilter(watched, event)

    def _on_code(self) -> None:
        text = self.code.text
        self.code.set_text("")
        self.code.clear_error()
        if text in ("1", "2", "3"):
            self.choose(EVERY[int(text) - 1])
        elif text == "4":
            self.whole.toggle()
        else:
            order = Order(self._stage, self._box_name, whole=self.whole.isChecked())
            self._waiting.append((text, order))
            self._next()

    def _on_box(self) -> None:
        text = self.box.text
        begins = text.upper().find(_SCAN_BEGINS)
        if begins >= 0:
            # A scan came before the box was named: it is told, not taken for a box.
            self.box.set_text(text[:begins])
            self._refuse(InvalidInput("paper_trail.no_box", field="box"), text[begins:])
        elif self._look_at_box():
            self.code.setFocus()

    def _look_at_box(self, *, again: bool = False) -> bool:
        """Say where the next paper goes; a place that cannot be is refused at the field."""
        text = self.box.text
        if again and "-" in text:
            # The page that was named is free again; the box goes on behind its last.
            text = self._box_name
            self.box.set_text(text)
        try:
            text = read_place(text).text
            self.box.set_text(text)
        except InvalidInput as error:
            self.box.refuse(error)
            return False
        self._session.ask(
            self,
            lambda workspace: paper_trail.next_place(workspace, text),
            lambda place: self.box.say(_("下一份放 {place}").format(place=place)),
            key="paper_trail.place",
            failed=self._on_bad_box,
        )
        return True

    def _on_bad_box(self, error: BaseException) -> None:
        if isinstance(error, OrganizerError):
            self.box.refuse(InvalidInput(error.code, field="box", **error.facts))
        else:
            self._session.notices.present(error)

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        code, order = self._waiting.popleft()
        if order.place == self._box_name:
            # A page that was named is for the first paper alone; the others follow it.
            order = replace(order, place=self.box.text)
        self._session.change(
            self,
            lambda workspace, _job: paper_trail.mark(workspace, code, order),
            self._on_marked,
            failed=lambda error: self._on_failed(error, code),
        )

    @property
    def _box_name(self) -> str:
        return self.box.text.partition("-")[0]

    def _on_marked(self, done: Marked) -> None:
        self._busy = False
        self.lines.append(_Line(done.name, done.paper, _words(done.stage), done.place, done.write))
        self._show_lines()
        said = paper_trail.said(done)
        if done.again:
            said += "\n" + _("{paper}还没有记，请接着扫。").format(paper=done.again)
        self._tell(done.name, said, "good")
        if done.stage is Stage.FILED:
            self._on_filed(done.place)
        self.say.emit("")
        self._next()

    def _on_filed(self, place: str) -> None:
        """The next one follows by itself."""
        box, _dash, page = place.rpartition("-")
        self.box.set_text(box)
        self.box.say(_("下一份放 {place}").format(place=f"{box}-{int(page) + 1}"))

    def _on_failed(self, error: BaseException, code: str) -> None:
        self._busy = False
        if isinstance(error, OrganizerError) and not error.retry:
            self._refuse(error, code)
        else:
            self._session.notices.present(error)
        self._next()

    def _refuse(self, error: OrganizerError, code: str) -> None:
        QApplication.beep()
        shown = code if len(code) <= _LONGEST_SHOWN else f"{code[:_LONGEST_SHOWN]}…"
        self.lines.append(_Line(shown, error.sentence(), _("没有记"), ""))
        self._show_lines()
        self._tell(_("没有记下"), error.sentence(), "warn")
        if isinstance(error, InvalidInput) and error.field == "box":
            self.box.refuse(error)
            self.box.setFocus()

    def _tell(self, large: str, sentence: str, kind: str) -> None:
        self.told.setText(large)
        self.told.setVisible(bool(large))
        self.detail.setText(sentence)
        restyle(self.detail, "kind", kind)
        restyle(self.told, "state", "wrong" if kind == "warn" else "")
        self.detail.setAccessibleName(" ".join(filter(None, (large, sentence))))

    def _show_lines(self) -> None:
        newest = [
            (str(number).encode(), (one.name, one.paper, one.done, one.place))
            for number, one in reversed(list(enumerate(self.lines)))
        ]
        self.table.show_rows(newest)
        self.table.show()
        noted = sum(one.write is not None for one in self.lines)
        self.count.setText(_("这次已记 {count} 份").format(count=noted))

    def _mode(self, number: int, stage: Stage) -> QWidget:
        text = f"{number} {_words(stage)}"
        made = button(text, lambda: self.choose(stage), kind="choice", name=f"mode-{stage.value}")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._modes.addButton(made, number)
        return made

    def _lay_out(self, modes: list[QWidget]) -> None:
        self.count = label("", "mut")
        hint = label(_("在空着的输入框里按 1、2、3 再按 Enter 换一种，4 是整套一起记"), "mut")
        self.told.setWordWrap(True)
        self.detail.setMinimumHeight(0)
        inputs = row(self.code, self.box, gap=16)
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        top = column(
            label(_("扫到的材料记为"), "label"), row(*modes, self.whole, None), hint, inputs,
            self.told, self.detail,
            into=QVBoxLayout(self._card), margin=16, gap=10,
        )  # fmt: skip
        top.setSpacing(10)
        foot = row(self.count, None, self.undo)
        whole = column(self._card, self.table, foot, into=QVBoxLayout(self), gap=12)
        whole.setStretch(1, 1)
        whole.addStretch(0)
        self.table.hide()

    def _on_theme(self) -> None:
        self.detail.setFont(self._session.theme.font(16))


def _teaching() -> str:
    told = _(
        "先选记什么，然后一份接一份地扫：扫一份记一份，不用碰键盘。扫错了按 {key} 撤回上一份。"
    )
    return told.format(key=TAKE_BACK)


def _words(stage: Stage) -> str:
    return {
        Stage.SIGNED: _("已签字"),
        Stage.STAMPED: _("已盖章"),
        Stage.FILED: _("已归档"),
    }[stage]


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("姓名、单位"), 200, sortable=False),
        Column("paper", _("材料"), 0, sortable=False),
        Column("done", _("记了什么"), 96, sortable=False),
        Column("place", _("盒号-页号"), 96, sortable=False),
    )
