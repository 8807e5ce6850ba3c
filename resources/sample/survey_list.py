"""A list as offices pass it on: two-row header, subtotals, blank rows, and every kind of damage.

The addresses are real raw lines as people wrote them; the units, people and codes are made up.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random

from made_up_codes import broken, mobile, person_id, unit_code
from made_up_words import Names

TITLE = "2026年度企业（单位）基本情况摸底表"
HEADER = (
    ("序号", "单位名称", "统一社会信用代码", "单位地址", "负责人", "", "", "职工人数", "", "",
     "成立时间", "是否建会", "经营状态", "备注"),
    ("", "", "", "", "姓名", "身份证号", "联系电话", "总数", "女", "农民工", "", "", "", ""),
)  # fmt: skip
NOTES = (
    "填表说明：1.本表为虚构示例，单位、人员、代码、电话均为编造；2.身份证号请按文本格式填写；3.月底前报送。",
    "制表人：（示例）　　　　审核人：（示例）",
)

Cell = str | int | float
_ADDRESSES = Path(__file__).with_name("raw_addresses.txt")


def addresses() -> list[str]:
    """The raw address lines, one per unit."""
    return _ADDRESSES.read_text(encoding="utf-8").splitlines()


def body(random: Random) -> list[list[Cell]]:
    """Data rows with a subtotal after each group of addresses and blank rows between."""
    names = Names(random)
    rows: list[list[Cell]] = []
    number = 0
    for start, lines in groupby(addresses(), key=lambda line: line[:2]):
        group = []
        for line in lines:
            number += 1
            group.append(_row(number, line, names, random))
        rows += group
        if len(group) > 2:
            total = sum(row[7] for row in group if isinstance(row[7], int))
            rows.append(["", f"小计（{start}）", "", "", "", "", "", total, *[""] * 6])
            rows.append([""] * 14)
    return rows


def _row(number: int, address: str, names: Names, random: Random) -> list[Cell]:
    kind = random.choice(("company", "company", "shop"))
    name, _ = names.unit(
        kind, random.choice(("", "沈阳", "大连", "辽宁")) if kind == "company" else ""
    )
    staff = max(1, int((400 if kind == "company" else 20) * random.random() ** 3))
    women = int(staff * random.random())
    head = _Head(names, random)
    return [
        number, _untidy(name, number), _code(number, kind), address,
        head.name(number), head.paper(number), head.phone(number),
        _count(staff, number), "" if number % 9 == 0 else women, int((staff - women) * 0.6),
        founded(number, random), ("是", "否", "√", "×", "有", "无", "", "已建会")[number % 8],
        ("正常", "营业", "停业", "搬走", "正常营业", "已注销", "")[number * number % 7],
        {11: "电话打不通", 29: "与上一家同一老板", 47: "系统里查不到"}.get(number, ""),
    ]  # fmt: skip


class _Head:
    """The person in charge, written down well or badly."""

    def __init__(self, names: Names, random: Random) -> None:
        self._name = names.person()
        self._id = person_id(random, male=random.random() < 0.6)
        self._phone = mobile(random)

    def name(self, number: int) -> str:
        """王 芳, 张?, a private-use character, a component in brackets."""
        spaced = f"{self._name[0]} {self._name[1:]}"
        return {
            5: f"{self._name[0]}?", 21: "王\ue863", 33: "李（王+乐）", 52: f"{self._name}（代）",
            70: "阿卜杜热西提.买买提", 88: f"{self._name[0]}*", 101: "张LONG",
        }.get(number, spaced if number % 6 == 0 else self._name)  # fmt: skip

    def paper(self, number: int) -> Cell:
        """One digit off, 15 digits, a damaged number, full width, spaces, apostrophe, small x."""
        damaged: dict[int, Cell] = {
            7: broken(self._id, 12), 14: broken(self._id, 17), 19: "219900750307451",
            24: float(int(self._id[:15] + "000")), 31: float(int(self._id[:15] + "000")),
            39: _full_width(self._id), 44: f"{self._id[:6]} {self._id[6:14]} {self._id[14:]}",
            50: f"'{self._id}", 58: f"{self._id}\t", 66: "21990019800101001x",
            73: "21990019800101001×", 81: self._id[:17], 95: self._id.replace("0", "O", 1),
        }  # fmt: skip
        return damaged.get(number, "" if number % 10 == 3 else self._id)

    def phone(self, number: int) -> str:
        """With 86, with spaces, two in a cell, land lines, none."""
        spaced = f"{self._phone[:3]} {self._phone[3:7]} {self._phone[7:]}"
        forms = (
            self._phone, f"+86{self._phone}", spaced, f"{self._phone}/024-9999{number:04d}",
            f"024-9999{number:04d}", f"86-{self._phone}", "", f"9999{number:04d}",
        )  # fmt: skip
        return forms[number % 8] if number % 3 == 0 else self._phone


def _code(number: int, kind: str) -> str:
    code = unit_code(70_000_000 + number * 37, "91" if kind == "company" else "92")
    damaged = {
        8: broken(code, 10), 17: broken(code, 17), 26: code.lower(), 37: _full_width(code),
        45: code[:17], 60: code[:8] + " " + code[8:], 77: "无照", 90: "219900600000123",
    }  # fmt: skip
    return damaged.get(number, "" if number % 12 == 5 else code)


def _untidy(name: str, number: int) -> str:
    if number % 13 == 0:
        return f"　{name} "
    return name.replace("有限公司", "（有限公司）") if number % 23 == 0 else name


def _count(staff: int, number: int) -> Cell:
    said: dict[int, Cell] = {4: f"{staff}人", 13: f"约{staff}", 34: f"{staff}余人", 62: "不详"}
    return said.get(number, staff)


def founded(number: int, random: Random) -> Cell:
    """A date in one of the ways people write it; a bare number is a spreadsheet's day count."""
    year, month, day = random.randint(1988, 2024), random.randint(1, 12), random.randint(1, 28)
    forms: tuple[Cell, ...] = (
        f"{year}.{month}.{day}", f"{year}年{month}月", f"{year % 100:02d}-{month}",
        f"{year}{month:02d}{day:02d}", f"{year}/{month}/{day} 0:00:00", 32000 + number * 61,
        f"{year}年{month}月{day}日", "农历二〇一五年八月初三", f"{year}-{month:02d}-{day:02d}", "",
    )  # fmt: skip
    return forms[number % 10]


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def as_lines(rows: list[list[Cell]]) -> Iterator[list[str]]:
    """The whole sheet as text, as it comes out when saved as CSV."""
    yield [TITLE, *[""] * 13]
    yield from (list(line) for line in HEADER)
    for row in rows:
        yield [f"{cell:.5E}" if isinstance(cell, float) else str(cell) for cell in row]
    for note in NOTES:
        yield [note, *[""] * 13]
