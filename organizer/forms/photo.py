"""Photos of door signs (门头照): turned upright, made small, and without what a camera writes into them.

A telephone notes place, time and owner of the camera in every picture; drawn anew, none of it is left.
"""

import io
from pathlib import Path

from PIL import Image, ImageOps

from organizer.errors import UnreadableFile

LONGEST_SIDE = 1600
"""Pixels; enough to read a signboard on a screen and on paper."""
LARGEST_FILE = 40_000_000
MOST_PIXELS = 120_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP")
_QUALITY = 80
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")

# The library's own limit only warns; what is too large is refused below, in a sentence.
Image.MAX_IMAGE_PIXELS = None


def read_photo(path: Path) -> bytes:
    """The file of a photo; raises `UnreadableFile` when it is not there or too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile("photo.too_large", file=path.name, most=LARGEST_FILE // 1_000_000)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile("photo.missing", file=path.name) from error


def small_photo(content: bytes, name: str) -> bytes:
    """A photo as it is kept: JPEG, upright, its longer side at most `LONGEST_SIDE`.

    Raises `UnreadableFile` for what is no photo, damaged or too large; `name` is told in the sentence.
    """
    if content[4:12] in _HEIC:
        raise UnreadableFile("photo.heic", file=name)
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile("photo.no_picture", file=name) from error
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableFile("photo.too_many_pixels", file=name)
    try:
        # Reads no more of a large JPEG than is needed.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _drawn(upright)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableFile("photo.damaged", file=name) from error


def _drawn(image: Image.Image) -> bytes:
    """The pixels alone, on white where there were none."""
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
