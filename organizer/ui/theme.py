"""Colours, type and spacing: the only place that knows them. Light and dark, four type sizes, live."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from organizer import resources
from organizer.ui import style

SCALES = (1.0, 1.25, 1.5, 1.75)
SPACE = 8
"""The grid in pixels; margins and gaps are multiples of it."""

BUNDLED_FAMILY = "Noto Sans SC"
_RARE_FAMILY = "OrganizerRareHan"
_FONT_FILES = ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf", "OrganizerRareHan.ttf")


@dataclass(frozen=True)
class Tokens:
    """Colours by their role; every pair of text and ground is at least 4.5:1."""

    bg: str
    card: str
    line: str
    ink: str
    mut: str
    acc: str
    on_acc: str
    accs: str
    sel: str
    ok: str
    oks: str
    warn: str
    warns: str
    info: str
    infos: str
    no: str
    nos: str


LIGHT = Tokens(
    bg="#f6f5f3", card="#ffffff", line="#e5e3df", ink="#1f2328", mut="#5f6570", acc="#b3261e",
    on_acc="#ffffff", accs="#fbeceb", sel="#f3e9e8", ok="#28704a", oks="#e6f2ea", warn="#925600",
    warns="#fff3e0", info="#2457a6", infos="#e8effa", no="#666c73", nos="#eeedeb",
)  # fmt: skip
DARK = Tokens(
    bg="#17181a", card="#212326", line="#33363a", ink="#e8e6e3", mut="#9aa0a8", acc="#e5716a",
    on_acc="#17181a", accs="#3a2524", sel="#332726", ok="#6cc08b", oks="#1f3328", warn="#e0a458",
    warns="#3a2f1f", info="#8ab0ea", infos="#222f44", no="#a0a6ad", nos="#2b2d30",
)  # fmt: skip


class Theme(QObject):
    """The look in force; widgets that paint themselves repaint on `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, scale: float = 1.0, scheme: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._scale = scale
        self._scheme = scheme
        self._family = _family()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        if self._scheme != "system":
            return self._scheme == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.dark else LIGHT

    @property
    def scale(self) -> float:
        """The type size in force, 1.0 to 1.75."""
        return self._scale

    def px(self, size: float) -> int:
        """A measure of the design (pixels at 100 %) at the type size in force."""
        return round(size * self._scale)

    def font(self, size: int = 14, *, bold: bool = False) -> QFont:
        """The program's font at one of the sizes 12, 14, 16, 20, 28."""
        font = QFont()
        font.setFamilies([self._family, _RARE_FAMILY])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, role: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self.tokens, role))

    def choose(self, *, scale: float | None = None, scheme: str | None = None) -> None:
        """Change type size (one of `SCALES`) or scheme (system, light, dark) while running."""
        self._scale = scale or self._scale
        self._scheme = scheme or self._scheme
        self.apply()

    def apply(self) -> None:
        """Bring the application to the look in force."""
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(style.sheet(self.tokens, self.px))
        self.changed.emit()


def _family() -> str:
    """A family with hanzi: the bundled one, so that every machine looks alike."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
    families = QFontDatabase.families()
    return BUNDLED_FAMILY if BUNDLED_FAMILY in families else QFont().family()


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.AlternateBase: tokens.card,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.ToolTipBase: tokens.card,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.ToolTipText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.mut,
        QPalette.ColorRole.Highlight: tokens.sel,
        QPalette.ColorRole.HighlightedText: tokens.ink,
        QPalette.ColorRole.Link: tokens.info,
        QPalette.ColorRole.Accent: tokens.acc,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.no))
    return palette
