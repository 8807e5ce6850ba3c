"""An address line made ready for reading: half width, without blanks, each place traceable to raw."""

from dataclasses import dataclass

from organizer.domain import address_pattern as pattern
from organizer.domain.division import Divisions
from organizer.domain.identifiers import half_width
from organizer.domain.location import locate

# One character for one: the text must keep its length.
_SPELLINGS = str.maketrans(
    {"【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "{": "(", "}": ")", "號": "号",
     "–": "-", "—": "-", "‐": "-", "‑": "-", "№": "#"}
)  # fmt: skip
_STRONG = ";或"
_WEAK = "/、"
_CITY_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Line:
    """`text` for reading; `origin[i]` is where its character i stands in the raw line.

    `gaps` are the places in `text` before which blanks were left out.
    """

    raw: str
    text: str
    origin: tuple[int, ...]
    gaps: frozenset[int]

    def written(self, start: int, end: int) -> str:
        """The raw line between two places in `text`, blanks included."""
        first = self.origin[start] if start else 0
        return self.raw[first : self.origin[end]]


def ready_line(raw: str) -> Line:
    """The line without blanks, save between two letters or digits, where they divide."""
    plain = half_width(raw).translate(_SPELLINGS)
    kept: list[str] = []
    origin: list[int] = []
    gaps: set[int] = set()
    pending = -1
    for index, char in enumerate(plain):
        if char.isspace():
            pending = index if pending < 0 else pending
            continue
        if pending >= 0 and kept:
            if _divides(kept[-1], char):
                kept.append(" ")
                origin.append(pending)
            gaps.add(len(kept))
        pending = -1
        kept.append(char)
        origin.append(index)
    origin.append(len(plain))
    return Line(raw, "".join(kept), tuple(origin), frozenset(gaps))


def _divides(before: str, after: str) -> bool:
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def second_address(line: Line, divisions: Divisions) -> tuple[int, int] | None:
    """Where the first of two addresses in one cell ends and the other begins; None for one only."""
    depth = 0
    divisions_end = -1
    for index, char in enumerate(line.text):
        depth += (char == "(") - (char == ")")
        mark = char in _STRONG or char in _WEAK or char == ","
        if depth > 0 or index == 0 or not (mark or index in line.gaps):
            continue
        if divisions_end < 0:
            divisions_end = locate(line.text, divisions).end
        begin = index + 1 if mark else index
        # 大连市 金州区 is one address: only what follows a street or a building is another.
        if index > divisions_end and _begins_address(line.text[begin:], char, divisions):
            return index, begin
    return None


def _begins_address(tail: str, mark: str, divisions: Divisions) -> bool:
    if mark in _STRONG:
        return bool(pattern.LOOKS_LIKE_ADDRESS.search(tail))
    if mark in _WEAK and pattern.SECOND_STREET.match(tail):
        return not pattern.CROSSES.search(tail)
    found = locate(tail, divisions)
    return found.elsewhere or len(found.code) >= _CITY_LENGTH
