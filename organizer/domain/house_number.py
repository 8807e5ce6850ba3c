"""House numbers as they stand on doors: 16号, 8甲1号, 12-1号, 9号副1, 6-8号.

The sort key is a string whose plain text order is the order along a street, so that SQL can sort.
"""

import re
from dataclasses import dataclass
from typing import Literal

from organizer.domain.identifiers import half_width

SORT_KEY_VERSION = 1
"""Raised whenever a sort key changes for the same name: stored keys are then computed anew."""

Side = Literal["odd", "even"]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# After 百 the ones need 零 or 十 before them: 一百二 may mean 102 or 120.
_HANZI = re.compile(
    "(?:([一二两三四五六七八九])百(?=零|$|.?十)零?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九])?"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What follows a number stands after the plain number, in this order; 附 is another word for 副.
_BRANCHES = ("", *_STEMS, *_LETTERS, "副", "之", "-")
_RANKS = {branch: rank for rank, branch in enumerate(_BRANCHES)}
_SPELLINGS = str.maketrans({"#": "号", "№": "号", "號": "号", "~": "至", "到": "至", "附": "副"})
_BLANKS = re.compile(r"\s+")
_NUMBER = r"([0-9]{1,6}|[零〇一二两三四五六七八九十百]{1,6})"
_RANGE = re.compile(rf"{_NUMBER}号?至{_NUMBER}号?")
_HOUSE = re.compile(
    rf"{_NUMBER}号?(?:([{_STEMS}{_LETTERS}])(?:-?([0-9]{{1,5}}))?|(副|之|-){_NUMBER})?号?"
)


def chinese_int(text: str) -> int | None:
    """The number 0–999 written as 十二, 二十, 一百零五 or digit by digit as 一〇五; else None."""
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    found = _HANZI.fullmatch(text)
    if not text or not found:
        return None
    hundreds, tens, ones = found[1], found[2], found[3]
    # 十二 is twelve: ten needs no one before it.
    ten = 0 if tens is None else _DIGITS.get(tens, 1)
    return _DIGITS.get(hundreds or "", 0) * 100 + ten * 10 + _DIGITS.get(ones or "", 0)


def number_value(text: str) -> int | None:
    """The value of a whole number in digits or Chinese numerals; None when it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    return chinese_int(text)


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number; `branch` is "", 甲…癸, A…Z, 副, 之 or -, `sub` the number after it.

    `end` is the last number of a range (6-8号), 0 for a single house.
    """

    main: int
    branch: str = ""
    sub: int = 0
    end: int = 0

    @classmethod
    def parse(cls, text: str) -> "HouseNumber | None":
        """The house number written in `text`, with or without 号; None when it is something else.

        `a-b` with both numbers on the same side of the street and b greater is read as a range,
        else b is a branch of house a. Which of the two is meant cannot be known for certain.
        """
        plain = _BLANKS.sub("", half_width(text)).upper().translate(_SPELLINGS)
        if found := _RANGE.fullmatch(plain):
            main, end = number_value(found[1]), number_value(found[2])
            return None if main is None or end is None or end <= main else cls(main, end=end)
        found = _HOUSE.fullmatch(plain)
        if not found or (main := number_value(found[1])) is None:
            return None
        branch = found[2] or found[4] or ""
        sub = number_value(found[3] or found[5] or "0") or 0
        if branch == "-" and sub > main and (sub - main) % 2 == 0:
            return cls(main, end=sub)
        return cls(main, branch, sub)

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What house numbers are compared by: number, then kind of branch, then its number."""
        return self.main, _RANKS[self.branch], self.sub, self.end

    @property
    def sort_key(self) -> str:
        """`order` as text of equal length."""
        main, rank, sub, end = self.order
        return f"{main:06d}{rank:02d}{sub:06d}{end:06d}"

    @property
    def side(self) -> Side | None:
        """The side of the street; None for a range that lies on both."""
        if self.end and (self.end - self.main) % 2:
            return None
        return "odd" if self.main % 2 else "even"

    def text(self) -> str:
        """The number in one spelling: 16号, 8甲1号, 9号副1, 12-1号, 6-8号."""
        if self.end:
            joint = "-" if (self.end - self.main) % 2 == 0 else "至"
            return f"{self.main}{joint}{self.end}号"
        if self.branch in {"副", "之"}:
            return f"{self.main}号{self.branch}{self.sub}"
        sub = self.sub if self.sub or self.branch == "-" else ""
        return f"{self.main}{self.branch}{sub}号"
