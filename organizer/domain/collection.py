"""采集表: which columns a collection workbook has, and what may stand in them.

The workbook is filled on any machine, so nothing in it is trusted: a row is found by its code, a
column by its title, and every value is read again as if it came from a stranger's list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FORMAT_VERSION = 1
"""Raised when columns change their meaning; a newer workbook is refused."""


class Entry(StrEnum):
    """What may be entered in a column: nothing, a text, a count, a day, one of a list."""

    NOTHING = "nothing"
    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """A column of the workbook. `codes` names the list a choice is from, `only_new` a cell that is
    open only in rows for units on no list; widths in characters.
    """

    key: str
    title: str
    entry: Entry
    width: float
    codes: str = ""
    only_new: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("code", "编号", Entry.NOTHING, 8),
    Column("door", "门牌", Entry.TEXT, 18, only_new=True),
    Column("name", "单位名称", Entry.TEXT, 34, only_new=True),
    Column("uscc", "统一社会信用代码", Entry.TEXT, 22, only_new=True),
    Column("last", "上次情况", Entry.NOTHING, 20),
    Column("outcome", "走访结果", Entry.CHOICE, 11, codes="visit_outcome"),
    Column("visited_on", "走访日期", Entry.DAY, 13),
    Column("staff_total", "职工总数", Entry.COUNT, 10),
    Column("staff_women", "女职工", Entry.COUNT, 9),
    Column("staff_migrant", "农民工", Entry.COUNT, 9),
    Column("staff_new_form", "新就业形态", Entry.COUNT, 11),
    Column("union_state", "建会状态", Entry.CHOICE, 19, codes="union_state"),
    Column("union_name", "工会名称", Entry.TEXT, 26),
    Column("union_founded_on", "建会日期", Entry.DAY, 13),
    Column("covering_union", "覆盖工会", Entry.TEXT, 22),
    Column("member_count", "会员数", Entry.COUNT, 9),
    Column("registered_members", "实名录入数", Entry.COUNT, 11),
    Column("employer_willing", "单位意愿", Entry.CHOICE, 11, codes="willing"),
    Column("staff_willing", "职工意愿", Entry.CHOICE, 11, codes="willing"),
    Column("no_union_reason", "未建会原因", Entry.CHOICE, 17, codes="no_union_reason"),
    Column("promise", "承诺", Entry.TEXT, 18),
    Column("responsible", "责任干部", Entry.TEXT, 11),
    Column("next_visit_on", "下次走访日期", Entry.DAY, 14),
    Column("person_met", "接待人", Entry.TEXT, 11),
    Column("remark", "备注", Entry.TEXT, 24),
    Column("check", "核对", Entry.NOTHING, 22),
)
"""From left to right."""

BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}

FACTS = tuple(
    column.key
    for column in COLUMNS
    if column.key not in ("outcome", "visited_on", "person_met", "remark")
    and not column.only_new
    and column.entry is not Entry.NOTHING
)
"""Columns whose value is a fact of that name."""

PARTS_OF_STAFF = ("staff_women", "staff_migrant", "staff_new_form")
"""Counts that the check column compares with all staff."""

WILLING: Mapping[str, str] = {"yes": "愿意", "no": "不愿意"}
"""What a unit or its staff may say to a union."""

COUNT_WORDS = ("人", "名", "个", "位")
"""What people write behind a count."""

NEEDED = ("code", "outcome")
"""Titles by which the heading row is known."""


@dataclass(frozen=True)
class RowIdentity:
    """What the hidden sheet says of a row: whole, so that a machine that does not know the sheet can
    read it all the same. `employer` is None for a row for a unit on no list.
    """

    code: str
    row: bytes
    employer: bytes | None
    place: bytes | None
    name: str


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says of the workbook."""

    version: int
    office: bytes
    round: bytes
    round_name: str
    sheet: bytes
    sheet_code: str
    rows: tuple[RowIdentity, ...]
