"""The four characters that lead from a row on paper back to its unit (行码): three and a check.

No 0/O and no 1/I, which people take for each other. The weighted sum of the four is 0 modulo 37,
a prime above the number of letters, with four different weights: so every single wrong character
and every two that changed places are noticed, and a spreadsheet can do the same sum.
"""

import base64
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from organizer.domain.identifiers import half_width, visible
from organizer.domain.ids import LETTERS
from organizer.errors import InvalidInput

ALPHABET = LETTERS
LENGTH = 4
MODULUS = 37
WEIGHTS = (4, 3, 2, 1)
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_ROW, _SHEET = "ORG1:PC-1:1:", "ORG1:PC-0:1:"
_ID_BYTES = 16
_FOLDED = str.maketrans({"O": "0", "I": "1"})


def _codes() -> Iterator[str]:
    """All codes in order; about one in seven heads has no check character among the letters."""
    one, two, three, _own = WEIGHTS
    for a, first in enumerate(ALPHABET):
        for b, second in enumerate(ALPHABET):
            head, told = first + second, one * a + two * b
            for c, third in enumerate(ALPHABET):
                check = -(told + three * c) % MODULUS
                if check < len(ALPHABET):
                    yield head + third + ALPHABET[check]


CODES: tuple[str, ...] = tuple(_codes())
"""Every code there is, some 28,000, in order."""


def is_code(text: str) -> bool:
    """Whether four characters are a code with the right check character."""
    if len(text) != LENGTH or not all(letter in _VALUE for letter in text):
        return False
    return sum(w * _VALUE[c] for w, c in zip(WEIGHTS, text, strict=True)) % MODULUS == 0


def plain(text: str) -> str:
    """What was typed, in half width and capitals, without blanks and hyphens."""
    return "".join(visible(half_width(text)).upper().replace("-", "").split())


def parse_row_code(text: str, *, field: str = "code") -> str:
    """A code as typed from paper.

    Raises `InvalidInput`: `row_code.look_alike` for 0, O, 1 and I, `row_code.shape` for what is not
    four such letters, `row_code.check` for a wrong check character.
    """
    code = plain(text)
    strange = next((letter for letter in code if letter not in _VALUE), "")
    if strange.translate(_FOLDED) in ("0", "1"):
        raise InvalidInput("row_code.look_alike", field=field, value=text, letter=strange)
    if strange or len(code) != LENGTH:
        raise InvalidInput("row_code.shape", field=field, value=text)
    if not is_code(code):
        raise InvalidInput("row_code.check", field=field, value=code)
    return code


def from_start(start: int) -> Iterator[str]:
    """Every code once, beginning anywhere: who starts elsewhere rarely meets another's codes."""
    begin = start % len(CODES)
    yield from CODES[begin:]
    yield from CODES[:begin]


def scan_text(identity: bytes, *, of_sheet: bool = False) -> str:
    """What the QR code of a row (or of a whole sheet) says: its id, so that a scan is exact.

    38 characters of the QR alphanumeric set: version 2 at error correction M (ISO/IEC 18004).
    """
    spelt = base64.b32encode(identity).decode().rstrip("=")
    return f"{_SHEET if of_sheet else _ROW}{spelt}"


@dataclass(frozen=True)
class Scanned:
    """The id a scanner has read, and whether it is that of a sheet."""

    identity: bytes
    of_sheet: bool


def read_scan(text: str) -> Scanned | None:
    """What a scanner typed, with whatever an input method made of its colons; None for other text."""
    code = visible(unicodedata.normalize("NFKC", text)).upper()
    for start, of_sheet in ((_ROW, False), (_SHEET, True)):
        spelt = code.removeprefix(start)
        if spelt == code:
            continue
        try:
            identity = base64.b32decode(spelt + "=" * (-len(spelt) % 8))
        except ValueError:
            return None
        return Scanned(identity, of_sheet) if len(identity) == _ID_BYTES else None
    return None
