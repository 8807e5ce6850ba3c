"""The columns of the list of members, most wanted first: what does not fit is left out from the end."""

from organizer.i18n import _
from organizer.services.members.member_listing import NEWEST, SORTABLE, Order
from organizer.ui.widgets import arrangement
from organizer.ui.widgets.paging import Column

USUAL = ("name", "state", "union_name", "workplace", "group_code", "joined_on", "paid_until")
"""Shown until somebody chooses others."""

NAME = "name"


def columns() -> tuple[Column, ...]:
    """Every column there is."""
    return (
        Column(NAME, _("姓名"), 150),
        Column("state", _("会籍"), 92),
        Column("union_name", _("工会"), 210),
        Column("workplace", _("工作单位"), 200),
        Column("group_code", _("群体"), 104),
        Column("joined_on", _("入会日期"), 108),
        Column("paid_until", _("会费交至"), 92),
        Column("id_number", _("证件号码"), 176, sortable=False),
        Column("phone", _("手机号码"), 120, sortable=False),
        Column("sex", _("性别"), 60, sortable=False),
        Column("born_on", _("出生日期"), 108, sortable=False),
        Column("ethnic", _("民族"), 72, sortable=False),
        Column("migrant", _("农民工"), 72, sortable=False),
        Column("position", _("岗位"), 110, sortable=False),
        Column("engagement", _("用工方式"), 120, sortable=False),
        Column("platform", _("平台企业"), 120, sortable=False),
        Column("station", _("站点"), 120, sortable=False),
        Column("card_no", _("会员证号"), 120, sortable=False),
        Column("change_on", _("最近变动"), 108),
        Column("change_reason", _("变动原因"), 160, sortable=False),
        Column("consent", _("同意书"), 72, sortable=False),
        Column("papers", _("归档材料"), 84, sortable=False),
    )


def read_layout(words: str) -> list[tuple[str, int]]:
    """What was remembered; the usual columns when there is nothing, or nothing that is known."""
    return arrangement.read_layout(words, columns(), USUAL)


def order_words(order: Order) -> str:
    """By what the list is sorted."""
    return arrangement.order_words(order.column, descending=order.descending)


def read_order(words: str) -> Order:
    """What was remembered; the newest first when there is nothing that is known."""
    key, down = arrangement.read_order(words)
    return Order(key, down) if key in SORTABLE or key == NEWEST else Order()
