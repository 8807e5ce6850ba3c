"""A page with one sentence, where nothing can be asked: what stands in the way, or what is under way."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from organizer.i18n import _
from organizer.ui.shell.front import FrontPage
from organizer.ui.shell.unlock import focus_later
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, label, row

LONGEST_FAREWELL_MS = 60_000
"""So long the program stays to make its last backup."""


class FarewellPage(FrontPage):
    """While the last backup is made before the program ends; nobody has to wait for it."""

    def __init__(self, theme: Theme, quit_: Callable[[], None]) -> None:
        super().__init__(theme, width=520)
        QTimer.singleShot(LONGEST_FAREWELL_MS, self, quit_)
        self.fill(
            label(_("正在备份，完成后自动关闭…"), "info"),
            label(_("记录都已保存。不等也可以，下次打开时再备份。"), "mut"),
            row(None, button(_("不等了，直接关闭"), quit_, name="quit_now")),
        )


class TroublePage(FrontPage):
    """Says it; with `leaving` the only way on is out."""

    def __init__(self, theme: Theme, sentence: str, *, leaving: bool = True) -> None:
        super().__init__(theme, width=520)
        if not leaving:
            self.fill(label(sentence, "info"))
            return
        close = button(_("退出"), QApplication.quit, kind="primary", name="quit")
        self.fill(label(sentence, "warn"), row(None, close))
        focus_later(close)
