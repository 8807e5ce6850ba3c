"""Telling the rows of a list from everything else that stands in a sheet; nothing gets lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from organizer.i18n import _
from organizer.sheets.cell import Cell, Value, is_blank, is_numeric, text_of
from organizer.sheets.grid import Grid, Merge
from organizer.sheets.header import Header
from organizer.sheets.synonyms import Labels, plain

SEQUENCE = "seq"  # the column of running numbers: alone it says nothing about a row


class Reason(StrEnum):
    """Why a row of the file is not a row of the list."""

    BLANK = "blank"
    ABOVE_HEADER = "above_header"
    HEADER = "header"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    TOTAL = "total"
    NOTE = "note"
    HEADING = "heading"
    NO_VALUES = "no_values"
    SECOND_TABLE = "second_table"

    @property
    def label(self) -> str:
        """The reason for the person."""
        return {
            Reason.BLANK: _("空行"),
            Reason.ABOVE_HEADER: _("表头上方的标题或说明"),
            Reason.HEADER: _("表头"),
            Reason.REPEATED_HEADER: _("重复的表头"),
            Reason.COLUMN_NUMBERS: _("栏次编号行"),
            Reason.TOTAL: _("小计或合计行"),
            Reason.NOTE: _("表下方的说明或签名"),
            Reason.HEADING: _("横跨多列的小标题"),
            Reason.NO_VALUES: _("只有序号或没有要读取的内容"),
            Reason.SECOND_TABLE: _("同一工作表里的另一张表，未读取"),
        }[self]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: cells by field, empty ones left out. `number` counts from 1."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        """What a person sees in this field, "" when nothing."""
        cell = self.cells.get(field)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row of the file that is not read, and why. `number` counts from 1."""

    number: int
    reason: Reason


_TOTALS = frozenset(("小计", "合计", "总计", "共计", "累计", "总合计", "本页小计", "本页合计"))
_TOTAL_TEXT = re.compile(r".*(?:小计|合计|总计|共计|累计)[::]?|(?:总共|共计|合计|总计|共)\d+.{0,3}")
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|附)\d{0,2}[:：.．、]"
    r"|(?:填表|填报|制表|统计|审核|复核|填写|录入|经办|负责|单位负责|联系|排查)(?:人|单位|部门|时间|日期)"
    r"(?:[(（][^)）]*[)）])?[:：]"
    r"|(?:填表|填报|填写)(?:说明|要求|须知)"
    r"|(?:单位|日期|主管领导|主要领导|分管领导|联系电话|电话)(?:[(（](?:盖章|公章|签字|签章)[)）])?[:：]"
    r"|[(（](?:盖章|公章)[)）]"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]")
_HEADING_WIDTH = 3
_LOOKED_AT = 3  # cells of a row, from the left
_LONGEST_HEADING = 16


class Sorter:
    """Goes through one sheet once, from its first row to its last."""

    def __init__(self, grid: Grid, header: Header, labels: Labels) -> None:
        self._grid = grid
        self._header = header
        self._labels = labels
        self._fields = header.fields
        self._said = {
            column.index: {plain(part) for part in column.header.split("/")}
            | {plain(column.header)}
            for column in header.columns
        }
        self._headings_said = frozenset().union(*self._said.values())
        body = [merge for merge in grid.merges if merge.first_row > header.last_row]
        self._headings = {
            (merge.first_row, merge.first_column)
            for merge in body
            if merge.last_column - merge.first_column + 1 >= _HEADING_WIDTH
        }
        self._falls = _falls(body, self._fields)
        self._falling: dict[int, tuple[int, Value]] = {}
        self._after_note = False
        self._second_table = False

    def lines(self) -> Iterator[Row | Skipped]:
        """One entry for every row of the sheet, in order."""
        for number, row in enumerate(self._grid.rows(), 1):
            fallen = self._fall(number, row)
            reason = self._reason(number, row)
            if reason is None:
                yield self._row(number, row, fallen)
            else:
                yield Skipped(number, reason)

    def _row(self, number: int, row: Sequence[Value], fallen: Mapping[int, Value]) -> Row:
        width = len(row)
        cells = {
            field: Cell(row[index])
            for index, field in self._fields.items()
            if index < width and row[index] != "" and not is_blank(row[index])
        }
        for index, value in fallen.items():
            cells.setdefault(self._fields[index], Cell(value, filled=True))
        return Row(number, cells)

    def _fall(self, number: int, row: Sequence[Value]) -> dict[int, Value]:
        """Values of cells merged downwards that reach this row from above, by column."""
        if not self._falls:
            return {}
        for index, (last_row, _value) in list(self._falling.items()):
            if number > last_row:
                del self._falling[index]
        reached = {index: value for index, (_last, value) in self._falling.items()}
        for merge in self._falls.get(number, ()):
            if merge.first_column < len(row) and not is_blank(row[merge.first_column]):
                self._falling[merge.first_column] = (merge.last_row, row[merge.first_column])
        return reached

    def _reason(self, number: int, row: Sequence[Value]) -> Reason | None:
        filled = [index for index, value in enumerate(row) if value != "" and not is_blank(value)]
        if not filled:
            return Reason.BLANK
        if number < self._header.first_row:
            return Reason.ABOVE_HEADER
        if number <= self._header.last_row:
            return Reason.HEADER
        if self._second_table:
            return Reason.SECOND_TABLE
        if reason := self._header_again(row, filled):
            return reason
        if reason := self._around_the_list(number, row, filled):
            return reason
        if not any(self._fields.get(index, SEQUENCE) != SEQUENCE for index in filled):
            return Reason.NO_VALUES
        return None

    def _header_again(self, row: Sequence[Value], filled: list[int]) -> Reason | None:
        if not any(self._may_be_heading(row[index]) for index in filled[:_LOOKED_AT]):
            return None
        texts = {index: value for index in filled if isinstance(value := row[index], str)}
        same = [index for index in texts if plain(texts[index]) in self._said.get(index, ())]
        if same and len(same) == len(filled):
            return Reason.REPEATED_HEADER
        known = [index for index in texts if self._labels.field(texts[index])]
        if len(known) >= 2 and 2 * len(known) > len(filled):
            if len(same) >= len(known) - 1:
                return Reason.REPEATED_HEADER
            self._second_table = True
            return Reason.SECOND_TABLE
        return None

    def _may_be_heading(self, value: Value) -> bool:
        """Cheap: nearly every cell that passes here is a heading."""
        if not isinstance(value, str) or len(value) > _LONGEST_HEADING:
            return False
        text = plain(value)
        return text in self._headings_said or self._labels.field(text) is not None

    def _around_the_list(
        self, number: int, row: Sequence[Value], filled: list[int]
    ) -> Reason | None:
        if _is_column_numbers([row[index] for index in filled]):
            return Reason.COLUMN_NUMBERS
        if _is_total([row[index] for index in filled]):
            return Reason.TOTAL
        first = row[filled[0]]
        is_note = isinstance(first, str) and _NOTE.match("".join(first.split()))
        goes_on = self._after_note and len(filled) == 1 and len(self._fields) > 1
        if is_note or goes_on:
            self._after_note = True
            return Reason.NOTE
        self._after_note = False
        if len(filled) == 1 and self._is_heading(number, filled[0], first):
            return Reason.HEADING
        return None

    def _is_heading(self, number: int, index: int, value: Value) -> bool:
        """The only text of its row, merged across columns or numbered 一、二、三."""
        if (number, index) in self._headings:
            return True
        return len(self._fields) > 1 and _NUMBERED.match(text_of(value)) is not None


def _falls(body: Sequence[Merge], fields: Mapping[int, str]) -> dict[int, list[Merge]]:
    """Merges that reach down in a column that is read, by the row they begin in."""
    falls: dict[int, list[Merge]] = {}
    for merge in body:
        if merge.last_row > merge.first_row and merge.first_column in fields:
            falls.setdefault(merge.first_row, []).append(merge)
    return falls


def _is_column_numbers(values: Sequence[Value]) -> bool:
    """甲 乙 1 2 3 …: numbers counting up by one, in a row of at least three."""
    if any(isinstance(value, str) and len(value) > 6 for value in values):
        return False
    texts = [text_of(value).strip("()（）栏") for value in values]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    letters = [text for text in texts if text and text in "甲乙丙丁戊己序号栏次"]
    counting = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return len(numbers) >= 3 and counting and len(numbers) + len(letters) == len(values)


def _is_total(values: Sequence[Value]) -> bool:
    """小计, 合计 … among the first cells, or one text ending so beside nothing but numbers."""
    if not any(isinstance(value, str) and ("计" in value or "共" in value) for value in values):
        return False
    if any(plain(text_of(value)) in _TOTALS for value in values[:_LOOKED_AT]):
        return True
    words = [plain(text_of(value)) for value in values if not is_numeric(value)]
    return len(words) == 1 and _TOTAL_TEXT.fullmatch(words[0]) is not None
