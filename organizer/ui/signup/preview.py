"""The printed form beside the fields, as it will come out of the printer."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.members.signup import SignupOrder
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from organizer.ui.widgets.papers import to_image
from organizer.ui.widgets.plain import button, column, label, row

PAUSE_MS = 250
PAGES = 3
_A4 = 297 / 210


class Sheet(QWidget):
    """A page of paper, always white, as large as its place allows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("打印预览"))
        theme.changed.connect(self.update)

    def show_page(self, image: QImage) -> None:
        """Show this page."""
        self.image = image
        self.update()

    def page_width(self) -> int:
        """How wide a whole page may be here, in pixels."""
        return max(1, min(self.width(), int(self.height() / _A4)))

    def sizeHint(self) -> QSize:
        """A page of readable size."""
        return QSize(400, int(400 * _A4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, or its outline while it is being drawn."""
        painter = QPainter(self)
        width = self.page_width()
        left = (self.width() - width) // 2
        box = QRectF(left + 0.5, 0.5, width - 1, width * _A4 - 1)
        painter.fillRect(box, Qt.GlobalColor.white)
        if not self.image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self.image)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(box)


class Preview(QWidget):
    """Asks for the page a moment after the last key; one drawing at a time, the newest shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted: tuple[SignupOrder, str] | None = None
        self._busy = False
        self._stale = False
        self.page = 0
        self.pdf = b""
        self.sheet = Sheet(session.theme)
        self._title = label("", "mut")
        self._title.setWordWrap(False)
        self._turn = button(_("看下一页"), self.turn, kind="link", name="turn-page")
        self._problem = label("", "warn")
        self._problem.hide()
        head = row(self._title, None, self._turn)
        column(head, self._problem, into=QVBoxLayout(self))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(self.sheet, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._tell_page()

    def show_order(self, order: SignupOrder, union_name: str) -> None:
        """Show this sign-up soon."""
        self._wanted = (order, union_name)
        self._pause.start()

    def turn(self) -> None:
        """The next page."""
        self.page = (self.page + 1) % PAGES
        self._tell_page()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in the new size."""
        super().resizeEvent(event)
        self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was typed meanwhile."""
        super().showEvent(event)
        self._pause.start()

    def _tell_page(self) -> None:
        name = (_("入会申请书"), _("工会会员登记表"), _("告知同意书"))[self.page]
        self._title.setText(
            _("{form} · 第 {page} / {pages} 页").format(form=name, page=self.page + 1, pages=PAGES)
        )

    def _draw(self) -> None:
        if self._wanted is None or not self.isVisible():
            return
        if self._busy:
            self._stale = True
            return
        self._busy = True
        order, union_name = self._wanted
        ratio, page = self.devicePixelRatioF(), self.page
        width = int(self.sheet.page_width() * ratio)

        printer, draughtsman = self._session.printer, self._session.draughtsman

        def draw(_workspace: object) -> tuple[bytes, int, QImage]:
            pdf = printer.preview(order, union_name)
            return pdf, page, to_image(draughtsman.page(pdf, page, width))

        self._session.ask(self, draw, self._on_drawn, failed=self._on_failed)

    def _on_drawn(self, drawn: tuple[bytes, int, QImage]) -> None:
        self.pdf, page, image = drawn
        self._problem.hide()
        if page == self.page:
            self.sheet.show_page(image)
        self._on_free()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput):
            self._problem.setText(error.sentence())
            self._problem.show()
        else:
            self._session.notices.present(error)
        self._on_free()

    def _on_free(self) -> None:
        self._busy = False
        if self._stale:
            self._stale = False
            self._draw()
