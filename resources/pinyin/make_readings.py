"""Make `readings.csv`: every toneless reading of each hanzi, the usual one first.

Run once when the sources change: `python resources/pinyin/make_readings.py TGH8105_CSV`, where the
argument is a table of 通用规范汉字表 with the columns `char` and `pinyin` (readings with tone marks).
Readings come from pypinyin; where the two disagree and the table knows just one reading, that one
goes first. Characters that share the same readings are written on one line, to stay small.
"""

import csv
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).with_name("readings.csv")

# Basic block, Extension A, and the unified ideographs of the compatibility block.
BLOCKS = (range(0x4E00, 0xA000), range(0x3400, 0x4DC0), range(0xFA0E, 0xFA2A))

# What the sources lack or order badly for names of people, places and units.
USUAL = {
    "长": "chang", "佛": "fo", "都": "du", "什": "shi", "埔": "pu", "勒": "le", "匙": "chi",
    "〇": "ling", "𠮷": "ji", "冮": "gang", "晟": "sheng", "缪": "miao", "南": "nan", "阿": "a",
}  # fmt: skip
MORE = {"堡": ("pu",), "茜": ("xi",), "晟": ("cheng",), "卜": ("bo",), "那": ("na",)}


def toneless(reading: str) -> str:
    """`lǜ` → `lv`, `zhāng` → `zhang`: what people type."""
    marked = unicodedata.normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(mark for mark in marked if "a" <= mark <= "z")


def characters(table: Iterable[str]) -> list[str]:
    """The characters to cover, in code-point order."""
    wanted = {chr(point) for block in BLOCKS for point in block}
    return sorted(wanted | set(table) | set(USUAL))


def readings_of(char: str, table: dict[str, str]) -> tuple[str, ...]:
    """All readings of a character, the usual one first, without repeats; may be empty."""
    known = [toneless(reading) for reading in PINYIN_DICT.get(ord(char), "").split(",")]
    listed = [toneless(reading) for reading in table.get(char, "").split()]
    first = [USUAL[char]] if char in USUAL else listed if len(listed) == 1 else []
    ordered = dict.fromkeys([*first, *known, *listed, *MORE.get(char, ())])
    return tuple(reading for reading in ordered if reading)


def main(table_path: Path) -> None:
    """Write `readings.csv` beside this script."""
    with table_path.open(encoding="utf-8", newline="") as lines:
        table = {row["char"]: row["pinyin"] for row in csv.DictReader(lines)}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for char in characters(table):
        if readings := readings_of(char, table):
            groups[readings].append(char)
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["readings", "chars"])
        writer.writerows(["|".join(key), "".join(groups[key])] for key in sorted(groups))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
