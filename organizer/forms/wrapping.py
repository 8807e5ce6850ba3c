"""Breaking Chinese text into lines: 避头尾, no break inside a number, a Latin word or a blank."""

import re
from collections.abc import Callable

_TOKEN = re.compile(r"[0-9A-Za-z.@_/+-]+|＿+|.", re.DOTALL)
_NOT_FIRST = frozenset("。，、；：？！）》」』】〕〉”’…·—,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〔〈“‘([{")


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Split text into lines no wider than `width`; joined they are the text again.

    `measure` gives the width of a text in the unit of `width`. Closing marks never begin a line and
    opening marks never end one, as long as the line holds more than one unbreakable piece. A piece
    wider than a line is cut.
    """
    lines: list[str] = []
    line: list[str] = []
    for token in _pieces(text, width, measure):
        while line and measure("".join([*line, token])) > width:
            kept = _break_before(line, token)
            lines.append("".join(line[:kept]))
            line = line[kept:]
        line.append(token)
    return [*lines, "".join(line)] if line else lines


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Words, numbers and single characters; words wider than a line come as characters."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        pieces.extend([token] if measure(token) <= width else token)
    return pieces


def _break_before(line: list[str], following: str) -> int:
    """How many pieces of a full line stay on it when `following` must go to the next."""
    kept = len(line)
    first = following
    while kept > 1 and (first in _NOT_FIRST or line[kept - 1] in _NOT_LAST):
        kept -= 1
        first = line[kept]
    forbidden = first in _NOT_FIRST or line[kept - 1] in _NOT_LAST
    return len(line) if forbidden else kept
