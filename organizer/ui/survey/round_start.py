"""The page before a round: what a survey is for, what the round asks, and the one button that starts it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.dates import parse_date
from organizer.domain.round import PHONE, ROSTER, Denominator
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.survey.rounds import WAYS, RoundOrder, denominator_word
from organizer.ui.theme import Theme
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, card, column, holder, label, row

_WIDE = 520


class RoundStart(QWidget):
    """Asks what a round is; `wanted` carries a `RoundOrder`. One Enter at the name begins."""

    wanted = Signal(object)
    left = Signal()
    """Esc, where there is a round to go back to."""

    def __init__(self, theme: Theme, name: str, today: date) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self._title = label("", "title")
        self._name = Field("round-name", _("批次名称"), hint=_("按 Enter 就开始；下面几项可以不动"))
        self._starts = Field("round-starts", _("开始日"))
        self._ends = Field("round-ends", _("结束日"), hint=_("可以空着，以后再定"))
        self._ways = {way: _box(way) for way in WAYS}
        self._ways_hint = label("", "hint")
        self._denominator = CodeField(theme, "round-denominator", _("统计分母"))
        codes = [Code(one.value, denominator_word(one)) for one in Denominator]
        self._denominator.set_codes(codes)
        self._open = KeyButton(
            theme,
            _("开始排查"),
            self.begin,
            shortcut="Ctrl+Return",
            kind="primary",
            name="open-round",
        )
        self._back = button(_("先不开"), self.left.emit, name="leave-round")
        self._name.entered.connect(self.begin)
        self._lay_out()
        self.ask(name, today, first=True)
        self.setFocusProxy(self._name)

    def ask(self, name: str, today: date, *, first: bool) -> None:
        """Propose a round that begins today; the first of an office has none to go back to."""
        self._today = today
        self._title.setText(_("还没有排查批次") if first else _("开新一轮排查"))
        self._back.setVisible(not first)
        self._name.set_text(name)
        self._starts.set_text(today.isoformat())
        self._ends.set_text("")
        for way, box in self._ways.items():
            box.setChecked(way in RoundOrder("").ways)
        self._denominator.set_code(Denominator.ALL)
        for field in (self._name, self._starts, self._ends):
            field.clear_error()
        self._say_ways(None)

    def refuse(self, error: InvalidInput) -> None:
        """Show what is wrong at its field."""
        fields = {"starts_on": self._starts, "ends_on": self._ends}
        if error.field == "ways":
            self._say_ways(error)
            self._ways["door"].setFocus()
            return
        field = fields.get(error.field or "", self._name)
        field.refuse(error)
        field.setFocus()

    def begin(self) -> None:
        """Ask for the round to be opened, unless a day cannot be read."""
        if not self._name.text:
            return
        try:
            order = RoundOrder(
                self._name.text,
                self._day(self._starts),
                self._day(self._ends),
                denominator=self._denominator.value or Denominator.ALL,
                ways=tuple(way for way, box in self._ways.items() if box.isChecked()),
            )
        except InvalidInput as error:
            self.refuse(error)
            return
        self._say_ways(None)
        self.wanted.emit(order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the round there is."""
        if event.key() == Qt.Key.Key_Escape and not self._back.isHidden():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _day(self, field: Field) -> date | None:
        name = {"round-starts": "starts_on", "round-ends": "ends_on"}[field.name]
        return parse_date(field.text, field=name) if field.text else None

    def _say_ways(self, error: InvalidInput | None) -> None:
        told = _("勾上的方式在这一轮里得到的答案，才算确认过")
        self._ways_hint.setText(error.sentence() if error else told)
        self._ways_hint.setProperty("kind", "error" if error else "hint")
        self._ways_hint.style().polish(self._ways_hint)

    def _lay_out(self) -> None:
        told = label(
            _(
                "排查就是一条街一条街、一户一户走到：看单位在不在，问清人数、建会和意愿。"
                "每一轮叫一个批次；开了批次，上一轮的答案都变成“待确认”，走到一户确认一户。"
            )
        )
        told.setWordWrap(True)
        ways = column(
            label(_("怎样算确认"), "label"),
            row(*self._ways.values(), None, gap=16),
            self._ways_hint,
            gap=4,
        )
        self._panel = card(
            self._title,
            told,
            self._name,
            row(self._starts, self._ends, gap=12),
            holder(ways),
            self._denominator,
            row(self._open, self._back, None),
            margin=28,
            gap=10,
        )
        inside = holder(column(None, row(None, self._panel, None), None, None))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self._panel.setFixedWidth(self._theme.px(_WIDE))


def _box(way: str) -> QCheckBox:
    words = {"door": _("上门"), PHONE: _("电话"), ROSTER: _("有日期的名册")}
    box = QCheckBox(words[way])
    box.setObjectName(f"round-way-{way}")
    return box
