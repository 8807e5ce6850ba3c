"""What stands in place of an empty list: what the screen is for, and the one button that starts."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, label


class NobodyYet(QWidget):
    """No employer at all: how to begin."""

    def __init__(self, theme: Theme, start: Callable[[], None], shortcut: str) -> None:
        super().__init__()
        self.button = KeyButton(
            theme, _("导入名单"), start, shortcut=shortcut, kind="primary", name="first-import"
        )
        said = label(
            _(
                "先导入一份名单（市场主体、税务、社保或街道摸底表都可以，xlsx、xls、csv，"
                "也可以直接把文件拖进来）。没有名单，就在“排查”里边走边新增。"
            ),
            "mut",
        )
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(label(_("这里是辖区里全部用人单位"), "title"), 0, centre)
        layout.addWidget(said)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(2)
        self.hide()


class NothingFound(QWidget):
    """A filter that leaves nothing: how to get out of it."""

    def __init__(self, clear: Callable[[], None]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(label(_("没有符合条件的单位"), "head"), 0, centre)
        layout.addWidget(button(_("清除筛选"), clear, name="clear-filter"), 0, centre)
        layout.addStretch(2)
        self.hide()
