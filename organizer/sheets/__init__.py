"""Reading spreadsheets and text lists of other offices (edge)."""

from organizer.sheets.cell import Cell, Value
from organizer.sheets.contents import digest
from organizer.sheets.header import Column
from organizer.sheets.lines import Reason, Row, Skipped
from organizer.sheets.listing import LeftOut, Sheet, SheetList, WhyLeftOut, read_list
from organizer.sheets.synonyms import header_synonyms

__all__ = [
    "Cell",
    "Column",
    "LeftOut",
    "Reason",
    "Row",
    "Sheet",
    "SheetList",
    "Skipped",
    "Value",
    "WhyLeftOut",
    "digest",
    "header_synonyms",
    "read_list",
]
