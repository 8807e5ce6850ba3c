"""What is said of a gathering and of the rows of its list."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from organizer.domain import masking
from organizer.domain.gathering import Row
from organizer.i18n import _, show_date
from organizer.services.members.gathering import GatheringCard
from organizer.services.members.gathering_register import Joined
from organizer.services.members.gathering_rows import Plan, Read, Verdict
from organizer.ui.widgets.table import Column


def columns() -> tuple[Column, ...]:
    """The columns of the list; what becomes of a row stands last and takes the room that is left."""
    return (
        Column("place", _("行"), 44, number=True, sortable=False),
        Column("name", _("姓名"), 120, sortable=False),
        Column("id_number", _("身份证号"), 176, sortable=False),
        Column("phone", _("手机号码"), 112, sortable=False),
        Column("group_code", _("群体"), 96, sortable=False),
        Column("platform", _("平台、单位"), 150, sortable=False),
        Column("household_kind", _("户籍"), 72, sortable=False),
        Column("told", _("登记后"), 260, sortable=False),
    )


def teaching() -> str:
    """What an empty list is for."""
    return _(
        "把表格或聊天里的名单复制下来，按 Ctrl+Shift+V 粘贴；也可以从文件读，或在下面一行一行地输："
        "Enter 到下一格，最后一格按 Enter 到下一人。有问题的行单独列出，其余一次登记。"
    )


def facts(card: GatheringCard) -> str:
    """The event in a line."""
    row = card.row
    counted = _("会员 {members} 人，待审批 {pending} 人").format(
        members=row.members, pending=row.pending
    )
    parts = (
        show_date(date.fromisoformat(row.held_on)), row.venue, row.union_name,
        row.employer_name, counted,
    )  # fmt: skip
    return " · ".join(filter(None, parts))


def allowed(card: GatheringCard) -> str:
    """What the committee allows."""
    given = card.authority
    if given is None:
        return _("没有现场审批授权：登记的人待审批，可打印待审批单。")
    if card.places:
        told = _(
            "现场审批授权 {number}：到{until}为止，还可以当场批准 {places} 人（共 {most} 人）。"
        )
    else:
        told = _(
            "现场审批授权 {number} 已经用完或过期（到{until}为止，共 {most} 人）：再登记的人待审批。"
        )
    return told.format(
        number=given.number, until=show_date(given.until), places=card.places, most=given.most
    )


def cells(place: int, row: Row, plan: Plan | None) -> tuple[str, ...]:
    """A row of the list; the numbers of whom nothing stands in the way of are masked."""
    number, phone = row.text("id_number"), row.text("phone")
    if plan is not None and plan.good:
        number, phone = masking.mask_resident_id(number), masking.mask_phone(phone)
    return (
        str(place), row.text("name"), number or _("证件后补"), phone,
        row.text("group_code"), row.text("platform"), row.text("household_kind"), told(plan),
    )  # fmt: skip


def told(plan: Plan | None) -> str:
    """What becomes of a row, and what is worth knowing."""
    if plan is None:
        return _("正在核对")
    if plan.verdict is Verdict.STOPPED:
        return _("有问题：{told}").format(told=plan.sentence)
    if plan.verdict is Verdict.ASIDE:
        return _("先不办，按 Ctrl+B 恢复")
    word = {
        Verdict.JOINS: _("会员") if plan.at_once else _("待审批"),
        Verdict.TRANSFERS: _("转入"),
        Verdict.RESUMES: _("恢复会籍"),
    }[plan.verdict]
    return _("；").join((word, *plan.remarks))


def summed(plans: Sequence[Plan]) -> str:
    """The whole list in a line."""
    counts = Counter(
        Verdict.JOINS.value + str(plan.at_once)
        if plan.verdict is Verdict.JOINS
        else plan.verdict.value
        for plan in plans
    )
    parts = (
        (_("当场是会员 {count}"), counts["joinsTrue"]),
        (_("待审批 {count}"), counts["joinsFalse"]),
        (_("转入 {count}"), counts[Verdict.TRANSFERS.value]),
        (_("恢复会籍 {count}"), counts[Verdict.RESUMES.value]),
        (_("有问题 {count}"), counts[Verdict.STOPPED.value]),
        (_("先不办 {count}"), counts[Verdict.ASIDE.value]),
    )
    said = [text.format(count=count) for text, count in parts if count]
    if plans and counts[Verdict.STOPPED.value]:
        said.append(_("Enter 打开改，Ctrl+D 删行，Ctrl+G 再输一人"))
    return _("，").join(said)


def read(found: Read) -> str:
    """What came of a list."""
    told = [_("读到 {count} 人").format(count=found.new + found.known)]
    if found.known:
        told.append(_("其中 {count} 人早已在名单里，没有重复加").format(count=found.known))
    if found.passed_over:
        told.append(_("{count} 行不是人（表头、标题、合计）").format(count=found.passed_over))
    if not found.columns:
        told.append(_("没有表头，各列是按内容认的，请看一眼"))
    return _("，").join(told)


def joined(made: Joined) -> str:
    """What was registered."""
    parts = (
        (_("会员 {count} 人"), len(made.members)),
        (_("待审批 {count} 人"), len(made.pending)),
        (_("转入 {count} 人"), len(made.transferred)),
        (_("恢复会籍 {count} 人"), len(made.resumed)),
    )
    told = _("，").join(text.format(count=count) for text, count in parts if count)
    sentence = _("已登记 {count} 人：{told}").format(count=made.count, told=told)
    if made.left:
        sentence += _("；还有 {count} 行要处理").format(count=len(made.left))
    return sentence
