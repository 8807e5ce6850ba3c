"""Telephone numbers as people write them: mobiles, land lines with extensions, service lines."""

import re
from dataclasses import dataclass

from organizer.domain.identifiers import half_width, visible
from organizer.domain.note import Note
from organizer.errors import InvalidInput

_SEPARATOR = re.compile(r"[、，,;；/／|\\\n\r]+|或者?|和")
_PUNCTUATION = re.compile(r"[\s().·-]+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_LABEL = re.compile(r"^(?:手机|电话|联系电话|座机|固话|移动电话|办公|办)(?:号码?)?\s*:?\s*")

# 0 before a mobile number is the old long-distance habit.
_MOBILE = re.compile(r"(?:\+?86|0086)?0?(1[3-9][0-9]{9})")
_HOT_LINE = re.compile(r"([48]00)([0-9]{3})([0-9]{4})")
# 110, 12351 (union hot line), 95xxx, 96xxxx; also behind an area code.
_SERVICE = r"1[12][0-9]|1[02][0-9]{3}|9[56][0-9]{3,4}"
_AREA = r"10|2[0-9]|[3-9][0-9]{2}"
_LAND_LINE = re.compile(
    rf"(?:(?:(?:\+|00)\s?86[\s-]*\(?0?|86[\s-]+\(?0|\(?0)(?P<area>{_AREA})\)?[\s-]*)?"
    rf"(?P<local>[2-9][0-9]{{2,3}}[\s-]?[0-9]{{4}}|{_SERVICE})"
    r"(?:(?:\s*(?:转|分机|ext\.?|#)\s*|\s*-\s*)(?P<extension>[0-9]{1,6}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Phones:
    """The numbers of one cell in writing order, each once.

    `mobiles` have 11 digits; `landlines` read area-number-extension (024-23456789-801), parts
    that were not given left out, or are service lines (12351, 400-123-4567).
    """

    mobiles: tuple[str, ...]
    landlines: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Mobile:
    """One mobile number of 11 digits."""

    number: str
    notes: tuple[Note, ...] = ()


def parse_phones(text: str, *, field: str = "phone") -> Phones:
    """All numbers in a cell, with notes about everything that was rewritten or is missing.

    Raises `InvalidInput` when the cell is empty or a part of it is no telephone number.
    """
    pieces = _pieces(text)
    if not pieces:
        raise InvalidInput("phone.empty", field=field)
    numbers: dict[str, None] = {}
    notes: list[Note] = []
    for piece in pieces:
        number = _read(piece)
        if number is None:
            raise _refusal(piece, field)
        if number != piece:
            notes.append(Note("phone.rewritten", {"typed": piece, "number": number}))
        if re.match(r"[2-9][0-9]{6}", number):
            notes.append(Note("phone.no_area_code", {"number": number}))
        numbers[number] = None
    if len(numbers) > 1:
        notes.append(Note("phone.several", {"count": len(numbers)}))
    mobiles = tuple(number for number in numbers if _MOBILE.fullmatch(number))
    landlines = tuple(number for number in numbers if not _MOBILE.fullmatch(number))
    return Phones(mobiles, landlines, tuple(dict.fromkeys(notes)))


def parse_mobile(text: str, *, field: str = "mobile") -> Mobile:
    """The one mobile number of a field that takes no other.

    Raises `InvalidInput` when it is empty, unreadable, a land line, or more than one number.
    """
    phones = parse_phones(text, field=field)
    if phones.landlines:
        raise InvalidInput("phone.not_mobile", field=field, number=phones.landlines[0])
    if len(phones.mobiles) > 1:
        raise InvalidInput("phone.only_one", field=field, count=len(phones.mobiles))
    return Mobile(phones.mobiles[0], phones.notes)


def dropped_by_old_platforms(mobile: str) -> bool:
    """Whether registries that know only 13x, 15x and 18x silently drop this mobile number."""
    return mobile[1:2] not in ("3", "5", "8")


def _pieces(text: str) -> list[str]:
    """The parts of a cell that should be one number each."""
    pieces = []
    for part in _SEPARATOR.split(half_width(text)):
        piece = _LABEL.sub("", visible(part.translate(_DASHES)).lstrip("'"))
        words = piece.split()
        joined = _PUNCTUATION.sub("", piece)
        two_mobiles = re.fullmatch(r"(1[3-9][0-9]{9})(1[3-9][0-9]{9})", joined)
        if not _read(piece) and all(_read(word) for word in words):
            pieces += words
        elif two_mobiles:
            pieces += two_mobiles.groups()
        elif piece:
            pieces.append(piece)
    return pieces


def _read(piece: str) -> str | None:
    """One number in the form we keep it, or None."""
    digits = _PUNCTUATION.sub("", piece)
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    if hot_line := _HOT_LINE.fullmatch(digits):
        return "-".join(hot_line.groups())
    if land_line := _LAND_LINE.fullmatch(piece):
        area = land_line["area"]
        local = re.sub(r"[\s-]", "", land_line["local"])
        parts = ("0" + area if area else None, local, land_line["extension"])
        return "-".join(part for part in parts if part)
    return None


def _refusal(piece: str, field: str) -> InvalidInput:
    digits = _PUNCTUATION.sub("", piece)
    if re.fullmatch(r"1[3-9][0-9]+", digits):
        return InvalidInput("phone.mobile_length", field=field, length=len(digits))
    return InvalidInput("phone.unknown", field=field, typed=piece)
