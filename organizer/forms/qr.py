"""The small code in the footer that leads from a sheet of paper back to its record."""

from typing import Any

import zxingcpp


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules of a QR code (error correction M, no quiet zone), row by row; True is black."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # The image gives a two-dimensional buffer of bytes, which its type stubs leave out.
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return [[value == 0 for value in row] for row in rows]
