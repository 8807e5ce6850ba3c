"""Make `liaoning_2023.csv` from a table of divisions with one pinyin reading each.

Run once when the source changes: `python resources/divisions/make_divisions.py SOURCE_CSV`, the
source having `code,name,pinyin`. Where local people and newcomers read a character differently
(堡 is bao to one and pu to the other; 翟 zhai is a surname), the row holds the alternatives
separated by `|`, at most four, so that either finds the place.
"""

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).with_name("liaoning_2023.csv")
LEVELS = {2: "省", 4: "市", 6: "县", 9: "乡", 12: "村"}
PARENT_LENGTHS = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}
SILENT = frozenset("（）()·、")

# Listed first: what the place is called by those who live there.
CERTAIN = {
    "翟": ("zhai", "di"), "曾": ("zeng", "ceng"), "仇": ("qiu", "chou"), "么": ("yao", "me"),
    "什": ("shi", "shen"), "卜": ("bu", "bo"),
}  # fmt: skip
DOUBTFUL = {"堡": ("bao", "pu"), "朴": ("pu", "piao"), "圈": ("quan", "juan"), "蛤": ("ha", "ge"),
            "行": ("xing", "hang")}  # fmt: skip
# The source chose the rarer reading from a dictionary of words; the usual one finds the place too.
USUAL = {"长": "chang", "朝": "chao", "六": "liu", "乐": "le"}
# Read as a surname only before 家 and its like.
AS_SURNAME = {"单": "shan", "解": "xie", "查": "zha", "盖": "ge"}


def options(name: str, place: int, given: str) -> tuple[str, ...]:
    """The readings of the character at `place`, the most likely first."""
    char, following = name[place], name[place + 1 : place + 2]
    if char in CERTAIN:
        return CERTAIN[char]
    if char in AS_SURNAME and following in {"家", "屯"}:
        return (AS_SURNAME[char], given)
    others = DOUBTFUL.get(char, (USUAL[char],) if char in USUAL else ())
    return tuple(dict.fromkeys([given, *others]))


def alternatives(name: str, pinyin: str) -> tuple[str, ...]:
    """Whole readings of a name, at most four; a character repeated is read alike."""
    heard = "".join(char for char in name if char not in SILENT)
    given = pinyin.split()
    if len(heard) != len(given):
        return (pinyin,)
    found = [given]
    for char in dict.fromkeys(heard):
        place = heard.index(char)
        choices = options(heard, place, given[place])
        choices = options(heard, place, given[place])
        if len(choices) > 1:
            found = [
                [choice if other == char else kept for other, kept in zip(heard, line, strict=True)]
                for line in found
                for choice in choices
            ]
    return tuple(dict.fromkeys(" ".join(line) for line in found))[:4]


def main(source: Path) -> None:
    """Write `liaoning_2023.csv` beside this script, in the order of the source."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["code", "name", "level", "parent_code", "pinyin", "initials"])
        for row in rows:
            code, name = row["code"], row["name"]
            pinyin = alternatives(name, row["pinyin"])
            initials = dict.fromkeys("".join(word[0] for word in line.split()) for line in pinyin)
            parent = code[: PARENT_LENGTHS[len(code)]]
            level = LEVELS[len(code)]
            writer.writerow([code, name, level, parent, "|".join(pinyin), "|".join(initials)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
