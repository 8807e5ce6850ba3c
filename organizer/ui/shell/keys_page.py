"""F1: every action with its keys, from the same table that binds them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui.actions import Action
from organizer.ui.keys import shown_keys
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, label, row


class KeysPage(QDialog):
    """A list to read; Esc or Enter closes it."""

    def __init__(
        self,
        theme: Theme,
        actions: Sequence[Action],
        parent: QWidget,
        here: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for line, (keys, text) in enumerate([*here, *_everywhere(), *_own(actions)]):
            grid.addWidget(
                label(keys, "key"),
                line,
                0,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            )
            told = label(text)
            told.setWordWrap(True)
            grid.addWidget(told, line, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("快捷键"))
        scroll.setWidget(inside)
        close = button(_("知道了"), self.close, kind="primary")
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(label(_("快捷键"), "title"))
        layout.addWidget(scroll, 1)
        layout.addLayout(row(None, close))
        self.resize(theme.px(520), min(theme.px(620), parent.height() - 48))
        close.setFocus()


def _everywhere() -> list[tuple[str, str]]:
    return [
        ("Enter", _("到下一项；在列表中打开")),
        ("Shift+Enter", _("回上一项")),
        ("Esc", _("返回，已填的内容不会丢")),
    ]


def _own(actions: Sequence[Action]) -> list[tuple[str, str]]:
    return [(shown_keys(one.shortcut), one.text) for one in actions if one.shortcut]
