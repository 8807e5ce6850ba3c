"""The columns of the list of units, most wanted first: what does not fit is left out from the end."""

from organizer.i18n import _
from organizer.services.employers.listing import LAMPS, NAME, SORTABLE, Order
from organizer.ui.widgets import arrangement
from organizer.ui.widgets.arrangement import layout_words
from organizer.ui.widgets.paging import Column

__all__ = ["USUAL", "columns", "layout_words", "order_words", "read_layout", "read_order"]

USUAL = (NAME, "staff_total", LAMPS, "union_state", "place", "last_visit")
"""Shown until somebody chooses others."""


def columns() -> tuple[Column, ...]:
    """Every column there is."""
    return (
        Column(NAME, _("单位名称"), 260),
        Column("staff_total", _("职工"), 72, number=True),
        Column(LAMPS, _("四清"), 120, sortable=False),
        Column("union_state", _("建会状态"), 116),
        Column("place", _("地点"), 210),
        Column("last_visit", _("最近走访"), 150),
        Column("operating_state", _("经营状态"), 96),
        Column("signboard", _("招牌名"), 150),
        Column("contact", _("联系人"), 88),
        Column("legal_person", _("法定代表人"), 96),
        Column("phone", _("电话"), 128, sortable=False),
        Column("uscc", _("统一社会信用代码"), 190),
        Column("unit_type", _("单位类型"), 96),
        Column("industry", _("行业"), 130),
        Column("grid", _("网格"), 80),
        Column("address", _("地址"), 240),
    )


def read_layout(words: str) -> list[tuple[str, int]]:
    """What was remembered; the usual columns when there is nothing, or nothing that is known."""
    return arrangement.read_layout(words, columns(), USUAL)


def order_words(order: Order) -> str:
    """By what the list is sorted: staff_total down."""
    return arrangement.order_words(order.column, descending=order.descending)


def read_order(words: str) -> Order:
    """What was remembered; by name when there is nothing that is known."""
    key, down = arrangement.read_order(words)
    return Order(key, down) if key in SORTABLE else Order()
