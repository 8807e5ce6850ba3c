"""How far the round has got: one bar, the same in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.today import Progress
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import label, row


class ShareBar(QWidget):
    """Reached, tried in vain, not yet: parts of one bar; the words beside it say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[tuple[str, float], ...] = ()

    def show_parts(self, parts: tuple[tuple[str, float], ...], said: str) -> None:
        """Show parts as (colour role, share of the whole)."""
        self._parts = parts
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """10 px high."""
        return QSize(self._theme.px(120), self._theme.px(10))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(clip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(whole, self._theme.color("nos"))
        left = 0.0
        for role, share in self._parts:
            width = whole.width() * share
            painter.fillRect(QRectF(left, 0, width, whole.height()), self._theme.color(role))
            left += width


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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._name)
        layout.addLayout(row(self._share, None, self._units))
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addWidget(self._how)

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
