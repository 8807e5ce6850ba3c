"""What a finished PDF really says and looks like, read back by another library than drew it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2

# pdfium keeps state for the whole process and is not made for several threads: one document at a
# time, closed before the next is opened.
_ONE_DOCUMENT = threading.Lock()


@dataclass(frozen=True)
class PageImage:
    """A page as pixels: rows of `stride` bytes, three bytes (red, green, blue) a pixel."""

    width: int
    height: int
    stride: int
    rgb: bytes


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page as a reader would copy it."""
    with _opened(pdf) as document:
        return tuple(
            document[number].get_textpage().get_text_range() for number in range(len(document))
        )


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    with _opened(pdf) as document:
        return len(document)


def render_page(pdf: bytes, page: int, width_px: int) -> PageImage:
    """Page number `page` (from 0) drawn `width_px` pixels wide; A4 at 300 dpi is 2480 wide."""
    with _opened(pdf) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=width_px / sheet.get_width(), rev_byteorder=True)
        try:
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _ONE_DOCUMENT:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
