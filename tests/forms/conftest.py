"""The shipped fonts, read once, and a reader of finished papers."""

import re
from collections.abc import Callable

import pypdfium2
import pytest

from organizer.forms.fonts import FontSet


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet()


@pytest.fixture
def read_pages() -> Callable[[bytes], list[str]]:
    """Copies the text out of each page as a PDF viewer would; white space is layout and dropped."""

    def read(pdf: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            texts = [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
        return [re.sub(r"\s", "", text) for text in texts]

    return read
