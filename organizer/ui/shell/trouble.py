"""A page with one sentence, where nothing can be asked: what stands in the way, or what is under way."""

from PySide6.QtWidgets import QApplication

from organizer.i18n import _
from organizer.ui.shell.front import FrontPage
from organizer.ui.shell.unlock import focus_later
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, label, row


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
