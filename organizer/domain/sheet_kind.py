"""The sheets of a survey that go out into the field: what kinds there are, and on which paper."""

from enum import StrEnum


class SheetKind(StrEnum):
    """Stored as text: 走访单, 排查登记表 (filled with what is known, blank), 留言条, 台账, 采集表."""

    WALK = "walk"
    FORM = "form"
    BLANK = "blank"
    TAG = "tag"
    LEDGER = "ledger"
    COLLECTION = "collection"


PRINTED = tuple(kind for kind in SheetKind if kind is not SheetKind.COLLECTION)
"""Those made of paper."""

SIZES = ("A4", "A5")
"""Paper a walk sheet and a door tag may be printed on; the others are A4."""

SIZED = (SheetKind.WALK, SheetKind.TAG)

FORMS = (SheetKind.FORM, SheetKind.BLANK)
"""Those with one unit on a page; the others have a row for each."""
