"""Lists of members, dues, counts, and the papers about them."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one, union
from organizer.domain.member_filter import Lack, MemberFilter
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _, listed
from organizer.services.members import dues_keeping, member_counts, member_listing
from organizer.services.members.member_listing import NEWEST, SORTABLE, Order
from organizer.services.workspace import Workspace

_COLUMNS = ("name", "state", "union_name", "workplace", "group_code", "joined_on", "paid_until")


def show_all(arguments: argparse.Namespace) -> Outcome:
    """Members under a filter, the newest first."""
    with workspace(arguments) as opened:
        wanted, order = _filter(opened, arguments), _order(arguments.sort)
        numbers = member_listing.member_numbers(opened, wanted, order)
        shown = numbers[: arguments.limit]
        rows = member_listing.member_rows(opened, shown, _COLUMNS)
    kept = [rows[n] for n in shown if n in rows]
    lines = tuple(f"{row.hex()} {' '.join(filter(None, cells))}" for row, cells in kept)
    told = _("符合条件的会籍 {count} 份，列出 {shown} 份。")
    facts = {
        "count": len(numbers),
        "members": [
            {"membership": row.hex(), **dict(zip(_COLUMNS, cells, strict=True))}
            for row, cells in kept
        ],
    }
    return Outcome("member.listed", told.format(count=len(numbers), shown=len(kept)), facts, lines)


def pay(arguments: argparse.Namespace) -> Outcome:
    """Note until which month dues are paid."""
    with workspace(arguments) as opened:
        rows = [opened.id_of("membership", text) for text in arguments.ids]
        done = dues_keeping.pay(opened, rows, arguments.until)
    told = _("已记 {count} 人会费交至 {month}。").format(count=done.count, month=arguments.until)
    return Outcome("member.paid", told, {"count": done.count, "write": done.write.hex()})


def dues(arguments: argparse.Namespace) -> Outcome:
    """What a wage comes to; it is kept nowhere."""
    with workspace(arguments) as opened:
        found = dues_keeping.calculate(opened, arguments.wage)
    told = _("每月会费 {dues} 元（按 {base} 元的 0.5% 计）。")
    facts = {"base": found.base, "fen": found.fen}
    return Outcome("member.dues", told.format(dues=found.shown, base=found.base), facts)


def arrears(arguments: argparse.Namespace) -> Outcome:
    """Who has paid nothing for six months or more."""
    with workspace(arguments) as opened:
        of = union(opened, arguments.union) if arguments.union else None
        found = dues_keeping.behind(opened, of)
        if arguments.out:
            # Late: what draws papers is not needed by any other command.
            from organizer.services.members import member_tables

            kind = member_tables.kind_of(arguments.out)
            member_tables.write(arguments.out, member_tables.behind_file(opened, of, kind))
    lines = tuple(
        _("{month} {name} {union}，欠 {months} 个月").format(
            month=row.paid_until, name=row.name, union=row.union_name, months=row.months
        )
        for row in found
    )
    told = _("{count} 人欠缴会费六个月以上；只提醒，不等于退会。").format(count=len(found))
    facts = [
        {"membership": row.membership.hex(), "paid_until": row.paid_until, "months": row.months}
        for row in found
    ]
    return Outcome("member.arrears", told, {"arrears": facts}, lines)


def counts(arguments: argparse.Namespace) -> Outcome:
    """Members by union or place, and by group."""
    with workspace(arguments) as opened:
        table = member_counts.counts(opened, arguments.by)
        if arguments.out:
            from organizer.services.members import member_tables

            kind = member_tables.kind_of(arguments.out)
            made = member_tables.counts_file(opened, arguments.by, kind)
            member_tables.write(arguments.out, made)
    groups = table.groups
    lines = []
    for line in (*table.lines, table.total):
        some = (_("{group} {count}").format(group=one.label, count=line.of(one)) for one in groups
                if line.of(one))  # fmt: skip
        told = _("{name} 会员 {count} 人，女 {women} 人").format(
            name=line.name, count=line.members, women=line.women
        )
        lines.append(listed(filter(None, (told, *dict.fromkeys(some)))))
    facts = {"members": table.total.members, "groups": dict(table.total.by_code)}
    said = _("会员 {count} 人，不含保留会籍的。").format(count=table.total.members)
    return Outcome("member.counted", said, facts, tuple(lines))


def numbers(arguments: argparse.Namespace) -> Outcome:
    """What an employer may have: numbers, no names."""
    from organizer.services.members import member_tables

    with workspace(arguments) as opened:
        unit = one(opened, "employer", arguments.unit)
        rows = member_tables.unit_rows(member_counts.unit_counts(opened, unit))
        if arguments.out:
            kind = member_tables.kind_of(arguments.out)
            member_tables.write(arguments.out, member_tables.unit_file(opened, unit, kind))
    lines = tuple(f"{title.strip()} {count}" for title, count in rows)
    return Outcome("member.numbers", _("只有人数，没有姓名。"), {"rows": rows}, lines)


def roster(arguments: argparse.Namespace) -> Outcome:
    """The roster of a union as PDF."""
    from organizer.services.members import member_tables

    with workspace(arguments) as opened:
        row = union(opened, arguments.union)
        made = member_tables.roster_file(opened, row, masked=arguments.masked)
        member_tables.write(arguments.out, made)
    return _written("member.roster", arguments)


def paper(arguments: argparse.Namespace) -> Outcome:
    """The paper of a membership, by its state."""
    from organizer.services.members import membership_printing

    with workspace(arguments) as opened:
        row = opened.id_of("membership", arguments.id)
        membership_printing.write(opened, row, arguments.out)
    return _written("member.paper", arguments)


def dossier(arguments: argparse.Namespace) -> Outcome:
    """The dossier of whose membership it is."""
    from organizer.services.members import dossier_printing

    with workspace(arguments) as opened:
        row = opened.id_of("membership", arguments.id)
        person = member_listing.person_of(opened, row)
        if person is None:
            raise NotFound("record.unknown", value=arguments.id)
        dossier_printing.write(opened, person, arguments.out)
    return _written("member.dossier", arguments)


def _written(code: str, arguments: argparse.Namespace) -> Outcome:
    told = _("已存为 {file}，有个人信息，用后归档或销毁。").format(file=arguments.out.name)
    return Outcome(code, told, {"file": arguments.out})


def _filter(opened: Workspace, arguments: argparse.Namespace) -> MemberFilter:
    states = opened.codes("membership_state")
    state = states.code_of(arguments.state, field="state").code if arguments.state else ""
    kinds = dict(member_listing.group_choices())
    group = next((key for key, told in kinds.items() if arguments.group in (key, told)), "")
    lacks = {
        _("证件"): Lack.ID_NUMBER, _("同意书"): Lack.CONSENT, _("材料"): Lack.PAPERS,
        _("会费"): Lack.DUES,
    }  # fmt: skip
    for typed, known, name in (
        (arguments.group, group, _("群体")),
        (arguments.lacks, arguments.lacks in lacks, _("缺项")),
    ):
        if typed and not known:
            raise InvalidInput("codelist.unknown", field=name, value=typed, list=name)
    return MemberFilter(
        arguments.text,
        state,
        group,
        union(opened, arguments.union) if arguments.union else None,
        one(opened, "employer", arguments.unit) if arguments.unit else None,
        lacks.get(arguments.lacks, ""),
    )


def _order(column: str) -> Order:
    if column and column not in SORTABLE and column != NEWEST:
        raise InvalidInput("codelist.unknown", field="sort", value=column, list=_("列"))
    return Order(column or NEWEST)
