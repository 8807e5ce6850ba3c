"""The columns of the list of unions, most wanted first: what does not fit is left out from the end."""

from collections.abc import Iterable

from organizer.i18n import _
from organizer.services.unions.union_listing import NAME, SORTABLE, Order
from organizer.ui.widgets import arrangement
from organizer.ui.widgets.arrangement import layout_words
from organizer.ui.widgets.paging import Column

__all__ = ["USUAL", "columns", "layout_words", "order_words", "read_layout", "read_order"]

USUAL = (NAME, "members", "units", "org_type", "term_until", "chairman")
"""Shown until somebody chooses others."""


def columns() -> tuple[Column, ...]:
    """Every column there is."""
    return tuple(
        Column(key, title, width, number, key in SORTABLE) for key, title, width, number in _told()
    )


def _told() -> Iterable[tuple[str, str, int, bool]]:
    return (
        (NAME, _("工会"), 300, False),
        ("members", _("会员"), 60, True),
        ("units", _("单位"), 60, True),
        ("org_type", _("工会类型"), 130, False),
        ("term_until", _("届满"), 104, False),
        ("chairman", _("主席"), 84, False),
        ("kept", _("保留会籍"), 84, True),
        ("division", _("区划"), 120, False),
        ("org_form", _("工会形式"), 120, False),
        ("founded_on", _("建会日期"), 104, False),
        ("approval_no", _("批复文号"), 150, False),
        ("certificate_until", _("证书有效期至"), 116, False),
        ("phone", _("联系电话"), 128, False),
        ("uscc", _("统一社会信用代码"), 190, False),
        ("local_code", _("本级编号"), 110, False),
        ("provincial_code", _("省总编号"), 110, False),
        ("national_code", _("全总编号"), 110, False),
        ("women_committee", _("女职工委员会"), 104, False),
        ("audit_committee", _("经审会"), 72, False),
    )


def read_layout(words: str) -> list[tuple[str, int]]:
    """What was remembered; the usual columns when there is nothing, or nothing that is known."""
    return arrangement.read_layout(words, columns(), USUAL)


def order_words(order: Order) -> str:
    """By what the list is sorted: members down."""
    return arrangement.order_words(order.column, descending=order.descending)


def read_order(words: str) -> Order:
    """What was remembered; the tree when there is nothing that is known."""
    key, down = arrangement.read_order(words)
    return Order(key, down) if key in SORTABLE else Order(NAME)
