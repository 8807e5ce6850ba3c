"""What a finished PDF really says, read back by another library than the one that drew it."""

import pypdfium2


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(
            document[number].get_textpage().get_text_range() for number in range(len(document))
        )
    finally:
        document.close()
