"""Writes 采集表.xlsx: locked, with lists to choose from, row codes and checks, for any WPS or Excel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain import row_code
from organizer.domain.collection import (
    BY_KEY,
    COLUMNS,
    PARTS_OF_STAFF,
    Column,
    Entry,
    Identity,
)
from organizer.sheets.styled_book import Book, Look, SheetWriter, letters

TABLE, HELP, CHOICES, IDENTITY = "采集表", "填表说明", "选项", "标识"
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
MOST_PEOPLE = 999_999
MARK = "organizer-collection"
"""First cell of the hidden sheet."""

_TITLE = Look(bold=True, size=16)
_NOTE = Look(size=11, colour="925600")
_HEAD = Look(bold=True, border=True, align="center", wrap=True, fill="EEEDEB")
_SHUT = Look(border=True, fill="F6F5F3", format="@", wrap=True)
_CODE = Look(border=True, fill="F6F5F3", format="@", bold=True, size=12, align="center")
_OPEN = Look(border=True, locked=False, format="@", wrap=True)
_COUNT = Look(border=True, locked=False, format="0", align="right")
_CHECK = Look(border=True, fill="F6F5F3", bold=True, colour="B3261E", wrap=True)
_HELP = (
    "1. 只填白色的格，灰色的格不能改；不要增删行列，不要改表头。",
    "2. 走访过的单位至少填“走访结果”和“走访日期”；没去的行空着。",
    "3. 日期写成 2026-11-20 这样；人数只填数字；其余从下拉列表里选。",
    "4. 名单上没有的单位填在最后的空白行：门牌、单位名称必填，“走访结果”选 7新增。",
    "5. 右边“核对”列出现红字的，请按提示改正。",
    "6. 可以填一部分就交回，以后接着填同一个文件再交；重复交回不会记两遍。",
    "7. 复制粘贴别处的内容请用“选择性粘贴—数值”，不要改变格的格式。",
    "8. 表里有单位信息，请保管好文件，交回读取后删除。",
)


@dataclass(frozen=True)
class CollectionRow:
    """A row as it is handed out; `last` is what was known before."""

    code: str
    door: str = ""
    name: str = ""
    last: str = ""
    new: bool = False


def collection_book(
    title: str,
    rows: Sequence[CollectionRow],
    choices: Mapping[str, Sequence[str]],
    identity: Identity,
) -> bytes:
    """The workbook as bytes. `choices` are the words of each list, by the list's name."""
    book = Book(title=TABLE)
    table = book.sheet(TABLE)
    _fill(table, title, rows)
    _guide(table, len(rows), choices)
    table.lock()
    help_sheet = book.sheet(HELP)
    help_sheet.widths([100])
    help_sheet.put(1, 1, "填表说明", _TITLE)
    for number, line in enumerate(_HELP, 3):
        help_sheet.put(number, 1, line, Look(wrap=True))
    help_sheet.lock()
    _list(book.sheet(CHOICES, hidden=True), choices)
    _identify(book.sheet(IDENTITY, hidden=True), identity)
    book.lock_order()
    return book.finish()


def _fill(table: SheetWriter, title: str, rows: Sequence[CollectionRow]) -> None:
    table.put(1, 1, title, _TITLE)
    table.height(1, 26)
    table.put(2, 1, "只填白色的格；日期写成 2026-11-20；说明见下一张表。", _NOTE)
    for number, column in enumerate(COLUMNS, 1):
        table.put(HEADER_ROW, number, column.title, _HEAD)
    table.height(HEADER_ROW, 32)
    for number, row in enumerate(rows, FIRST_ROW):
        _fill_row(table, number, row)
    table.widths([column.width for column in COLUMNS])
    table.freeze(FIRST_ROW, 4)
    table.print_on(across=True, head=HEADER_ROW)


def _fill_row(table: SheetWriter, number: int, row: CollectionRow) -> None:
    given = {"code": row.code, "door": row.door, "name": row.name, "last": row.last}
    for place, column in enumerate(COLUMNS, 1):
        if column.key == "check":
            table.formula(number, place, _check(number), _CHECK)
        else:
            table.put(number, place, given.get(column.key) or None, _look(column, row))
    table.height(number, 30)


def _look(column: Column, row: CollectionRow) -> Look:
    if column.key == "code":
        return _CODE
    if column.entry is Entry.NOTHING or (column.only_new and not row.new):
        return _SHUT
    return _COUNT if column.entry is Entry.COUNT else _OPEN


def _check(row: int) -> str:
    """What the last column says of a row: the first thing wrong with it, or nothing."""
    code, outcome = f"{_at('code')}{row}", f"{_at('outcome')}{row}"
    filled = f"COUNTA({_at('outcome')}{row}:{_at('remark')}{row})"
    total = f"{_at('staff_total')}{row}"
    result = '""'
    for key in reversed(PARTS_OF_STAFF):
        part = f"{_at(key)}{row}"
        larger = f"AND(ISNUMBER({part}),ISNUMBER({total}),{part}>{total})"
        result = f'IF({larger},"{BY_KEY[key].title}比职工总数多，请核对",{result})'
    day = f"{_at('visited_on')}{row}"
    result = f'IF(AND({outcome}<>"",{day}=""),"请填走访日期",{result})'
    result = f'IF(AND({outcome}="",{filled}>0),"请选走访结果",{result})'
    return f'=IF({_sum(code)},{result},"编号不对，请恢复原来的编号")'


def _sum(cell: str) -> str:
    """The sum of a row code, as `row_code.is_code` does it; false for what is no code."""
    terms = "+".join(
        f'{weight}*FIND(MID({cell},{place},1),"{row_code.ALPHABET}")'
        for place, weight in enumerate(row_code.WEIGHTS, 1)
    )
    # FIND counts from 1, the values of letters from 0.
    surplus = sum(row_code.WEIGHTS)
    return f"IFERROR(AND(LEN({cell})=4,MOD({terms}-{surplus},{row_code.MODULUS})=0),FALSE)"


def _at(key: str) -> str:
    return letters(1 + COLUMNS.index(BY_KEY[key]))


def _guide(table: SheetWriter, count: int, choices: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from and limits of numbers; what is doubtful shows in red."""
    if not count:
        return
    last = FIRST_ROW + count - 1
    lists = list(choices)
    for column in COLUMNS:
        cells = f"{_at(column.key)}{FIRST_ROW}:{_at(column.key)}{last}"
        if column.entry is Entry.CHOICE:
            place = letters(1 + lists.index(column.codes))
            end = 1 + len(choices[column.codes])
            source = f"'{CHOICES}'!${place}$2:${place}${end}"
            table.choices(cells, source, "请从下拉列表里选。")
        elif column.entry is Entry.COUNT:
            table.whole_numbers(cells, MOST_PEOPLE, "请只填人数，用数字，不写“人”字。")
    for key in PARTS_OF_STAFF:
        part, total = f"{_at(key)}{FIRST_ROW}", f"{_at('staff_total')}{FIRST_ROW}"
        cells = f"{_at(key)}{FIRST_ROW}:{_at(key)}{last}"
        table.warn(cells, f"AND(ISNUMBER({part}),ISNUMBER({total}),{part}>{total})")


def _list(sheet: SheetWriter, choices: Mapping[str, Sequence[str]]) -> None:
    for place, (name, words) in enumerate(choices.items(), 1):
        sheet.put(1, place, name)
        for number, word in enumerate(words, 2):
            sheet.put(number, place, word)
    sheet.lock()


def _identify(sheet: SheetWriter, identity: Identity) -> None:
    about = (
        MARK,
        str(identity.version),
        identity.office.hex(),
        identity.round.hex(),
        identity.round_name,
        identity.sheet.hex(),
        identity.sheet_code,
    )
    text = Look(format="@")
    for place, value in enumerate(about, 1):
        sheet.put(1, place, value, text)
    for number, row in enumerate(identity.rows, 2):
        hexed = (row.row.hex(), _hex(row.employer), _hex(row.place))
        for place, value in enumerate((row.code, *hexed, row.name), 1):
            sheet.put(number, place, value, text)
    sheet.lock()


def _hex(row: bytes | None) -> str:
    return row.hex() if row else ""
