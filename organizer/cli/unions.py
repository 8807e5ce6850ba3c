"""Unions by command: made, edited, put in their tree, covering units; what is due."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one, union
from organizer.domain.election import Meeting
from organizer.errors import WrongUsage
from organizer.i18n import _, listed, show_date
from organizer.services.unions import covering, electing, keeping, union_words
from organizer.services.unions.keeping import UnionOrder


def titles() -> dict[str, str]:
    """What can be typed about a union, with what it is called."""
    return {
        "short_name": _("简称"),
        "org_type": _("工会类型，如：单独基层工会"),
        "org_form": _("工会形式，如：工会委员会"),
        "local_code": _("本级编号"),
        "provincial_code": _("省总编号"),
        "national_code": _("全总编号"),
        "uscc": _("统一社会信用代码（81 开头）"),
        "founded_on": _("建会日期"),
        "approval_no": _("批复文号"),
        "term_from": _("本届开始日期"),
        "term_years": _("任期，3 或 5 年"),
        "term_until": _("本届届满日期"),
        "chairman": _("主席"),
        "phone": _("联系电话"),
        "audit_committee": _("经审会：有、无"),
        "women_committee": _("女职工委员会：有、无"),
        "certificate_no": _("法人资格证书编号"),
        "certificate_until": _("证书有效期至"),
    }


def add(arguments: argparse.Namespace) -> Outcome:
    """Make a union."""
    with workspace(arguments) as opened:
        parent = union(opened, arguments.parent) if arguments.parent else None
        typed = {"name": arguments.name, **_typed(arguments)}
        row = keeping.add(opened, UnionOrder(typed, arguments.division, parent))
    told = _("已建立“{name}”。").format(name=arguments.name)
    return Outcome("union.added", told, {"union": row.hex()})


def edit(arguments: argparse.Namespace) -> Outcome:
    """Change fields of a union."""
    with workspace(arguments) as opened:
        row = union(opened, arguments.name)
        typed = _typed(arguments) | ({"name": arguments.rename} if arguments.rename else {})
        write = keeping.edit(opened, row, typed)
        if arguments.parent:
            write = keeping.put_under(opened, row, union(opened, arguments.parent))
    return Outcome("union.edited", _("已保存。"), {"write": write.hex()})


def close(arguments: argparse.Namespace) -> Outcome:
    """Take a union out of use."""
    with workspace(arguments) as opened:
        write = keeping.close(opened, union(opened, arguments.name))
    return Outcome("union.closed", _("已撤销。"), {"write": write.hex()})


def show_all(arguments: argparse.Namespace) -> Outcome:
    """List the unions."""
    with workspace(arguments) as opened:
        found = keeping.lines(opened)
        types = opened.codes("union_type")
    told = _("共 {count} 个工会。").format(count=len(found))
    lines = tuple(
        _("{name}　{kind}　会员 {members} 人　覆盖 {units} 户").format(
            name=row.name,
            kind=types.label(row.org_type) if row.org_type else "",
            members=row.members,
            units=row.units,
        )
        for row in found
    )
    facts = [{"union": row.id.hex(), "members": row.members, "units": row.units} for row in found]
    return Outcome("union.list", told, {"unions": facts}, lines)


def due(arguments: argparse.Namespace) -> Outcome:
    """What is due with the unions."""
    words = union_words.due_words()
    with workspace(arguments) as opened:
        found = keeping.due(opened)
    lines = tuple(
        f"{show_date(row.reminder.by)} {row.name} {words[row.reminder.due]}" for row in found
    )
    facts = [
        {
            "union": row.union.hex(),
            "due": row.reminder.due.value,
            "by": row.reminder.by.isoformat(),
        }
        for row in found
    ]
    told = _("{count} 件事到期或快到期。").format(count=len(found))
    return Outcome("union.due", told, {"due": facts}, lines)


def cover(arguments: argparse.Namespace) -> Outcome:
    """A union covers units."""
    with workspace(arguments) as opened:
        rows = [one(opened, "employer", text) for text in arguments.units]
        kind = opened.codes("coverage_kind").code_of(arguments.kind, field="kind").code
        added = covering.cover(opened, rows, union(opened, arguments.name), kind, arguments.on)
    told = _("“{name}”新覆盖 {count} 户。").format(name=arguments.name, count=added)
    return Outcome("union.covers", told, {"count": added})


def uncover(arguments: argparse.Namespace) -> Outcome:
    """A unit falls back on the union of its division."""
    with workspace(arguments) as opened:
        row = one(opened, "employer", arguments.unit)
        write = covering.uncover(opened, row, arguments.on)
        now = covering.covered(opened, row)
    told = _("覆盖已结束，由“{name}”兜底。").format(name=now.union_name)
    return Outcome("union.uncovered", told, {"write": write.hex()})


def covered(arguments: argparse.Namespace) -> Outcome:
    """Who covers a unit, and who did."""
    with workspace(arguments) as opened:
        now = covering.covered(opened, one(opened, "employer", arguments.unit))
        kinds = opened.codes("coverage_kind")
    told = _("“{name}”{kind}。").format(name=now.union_name, kind=kinds.label(now.kind))
    lines = tuple(
        f"{row.since_on} – {row.until_on} {kinds.label(row.kind)} {row.union_name}"
        for row in now.history
    )
    facts = {"union": now.union_name, "kind": now.kind, "since": now.since_on}
    return Outcome("union.covered", told, facts, lines)


def election(arguments: argparse.Namespace) -> Outcome:
    """What the numbers of an election mean."""
    votes = {}
    for text in arguments.votes:
        name, mark, number = text.rpartition("=")
        if not (name and mark and number.isdecimal()):
            detail = _("“{text}”请写成 姓名=票数").format(text=text)
            raise WrongUsage("usage.unknown", detail=detail)
        votes[name] = int(number)
    meeting = Meeting(arguments.due, arguments.present, arguments.seats, votes)
    with workspace(arguments) as opened:
        told = electing.tell(opened, arguments.members, meeting, len(votes))
    result = told.result
    said = _("当选：{names}。").format(names=listed(result.elected) or _("无"))
    facts = {"enough": result.enough, "elected": list(result.elected), "tied": list(result.tied)}
    return Outcome("union.election", said, facts, tuple(told.sentences))


def _typed(arguments: argparse.Namespace) -> dict[str, str]:
    return {name: text for name in titles() if (text := getattr(arguments, name)) is not None}
