"""Fonts that stay open from paper to paper, as they do while somebody prints many."""

from organizer.forms.fonts import FontSet

_EVERY = ("song", "song-bold", "hei", "hei-bold")


def opened() -> FontSet:
    """All that ship, read; who draws while this is kept reads none."""
    fonts = FontSet()
    for style in _EVERY:
        fonts.face_for("样", style)
    fonts.face_for("𠮷", "song")
    return fonts
