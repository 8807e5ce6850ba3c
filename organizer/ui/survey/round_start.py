"""Before the first round: what a survey is for, and the one button that starts it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _, show_date
from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import card, label, row


class RoundStart(QWidget):
    """Asks for the name of the round; `wanted` carries it."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, today: date) -> None:
        super().__init__()
        self._name = Field("round-name", _("批次名称"))
        self._name.set_text(name)
        self._open = KeyButton(
            theme,
            _("开始排查"),
            self.begin,
            shortcut="Ctrl+Return",
            kind="primary",
            name="open-round",
        )
        self._name.entered.connect(self.begin)
        told = label(
            _(
                "排查就是一条街一条街、一户一户走到：看单位在不在，问清人数、建会和意愿。"
                "每一轮叫一个批次；开了批次，上一轮的答案都变成“待确认”，走到一户确认一户。"
            )
        )
        told.setWordWrap(True)
        starts = _("从今天（{day}）开始，结束日以后再定。").format(day=show_date(today))
        panel = card(
            label(_("还没有排查批次"), "title"),
            told,
            self._name,
            label(starts, "mut"),
            self._open,
            margin=32,
            gap=12,
        )
        self._theme, self._panel = theme, panel
        theme.changed.connect(self._on_theme)
        self._on_theme()
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(None, panel, None))
        layout.addStretch(2)
        self.setFocusProxy(self._name)

    def refuse(self, error: InvalidInput) -> None:
        """Show what is wrong with the name."""
        self._name.refuse(error)

    def begin(self) -> None:
        """Ask for the round to be opened."""
        if self._name.text:
            self.wanted.emit(self._name.text)

    def _on_theme(self) -> None:
        self._panel.setFixedWidth(self._theme.px(460))
