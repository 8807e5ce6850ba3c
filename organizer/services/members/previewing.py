"""Papers as pictures, for the screen and for the printer, drawn on one thread of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from organizer.domain.access import Permission
from organizer.forms import proof
from organizer.forms.proof import PageImage
from organizer.services.workspace import Workspace

__all__ = ["Draughtsman", "PageImage"]

T = TypeVar("T")
PRINT_WIDTH = 2480
"""Pixels across an A4 page at 300 dpi."""


class Draughtsman:
    """Draws pages of finished papers; its one thread ends with `close`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        # pdfium must not be used by several threads at once.
        self._lane = ThreadPoolExecutor(1, "pdf")

    def page(self, pdf: bytes, number: int, width_px: int) -> PageImage:
        """Page `number` (from 0), `width_px` pixels wide."""
        self._workspace.require(Permission.PRINT)
        return self._draw(lambda: proof.render_page(pdf, number, width_px))

    def pages(self, pdf: bytes, width_px: int = PRINT_WIDTH) -> list[PageImage]:
        """All pages, by default as fine as a printer wants them."""
        self._workspace.require(Permission.PRINT)
        count = self._draw(lambda: proof.page_count(pdf))
        return [self.page(pdf, number, width_px) for number in range(count)]

    def texts(self, pdf: bytes) -> tuple[str, ...]:
        """The text of each page."""
        self._workspace.require(Permission.PRINT)
        return self._draw(lambda: proof.page_texts(pdf))

    def close(self) -> None:
        """End the thread."""
        self._lane.shutdown(wait=False, cancel_futures=True)

    def _draw(self, work: Callable[[], T]) -> T:
        return self._lane.submit(work).result()
