"""How far the round has got: doors reached, and the four clears, each as a bar and in words."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.i18n import _
from organizer.services.today import Clears, Progress
from organizer.ui.theme import Theme
from organizer.ui.today.clears_part import ClearsPart
from organizer.ui.today.share_bar import ShareBar
from organizer.ui.widgets.plain import label, row


class RoundPanel(QFrame):
    """The card of the round."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._name = label("", "head")
        self._name.setWordWrap(True)
        self._share = label("", "large")
        self._units = label("", "mut")
        self._bar = ShareBar(theme)
        self._words = label("", "mut")
        self._how = label(_("走到＝本轮有人应门或有了结论；没人的门不算。"), "mut")
        self._clears = ClearsPart(theme)
        self._clears.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._name)
        layout.addLayout(row(self._share, None, self._units))
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addWidget(self._how)
        layout.addWidget(self._clears)

    def show_progress(self, progress: Progress | None) -> None:
        """Show a round, or that there is none."""
        for part in (self._share, self._units, self._bar, self._how):
            part.setVisible(progress is not None)
        if progress is None:
            self._name.setText(_("还没有排查批次"))
            self._words.setText(_("到“排查”里开一个批次，就可以上门了。"))
            return
        units = progress.units or 1
        self._name.setText(progress.name)
        self._share.setText(f"{progress.reached * 100 // units}%")
        self._units.setText(_("应查 {units} 户").format(units=progress.units))
        said = _("走到 {reached}　没人 {nobody}　未去 {never}").format(
            reached=progress.reached, nobody=progress.nobody, never=progress.never
        )
        self._words.setText(said)
        parts = (("ok", progress.reached / units), ("warn", progress.nobody / units))
        self._bar.show_parts(parts, said)

    def show_clears(self, clears: Clears | None) -> None:
        """Show the four clears, once they are counted."""
        self._clears.show_clears(clears)
