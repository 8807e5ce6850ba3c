"""A union's page and its officers by command; what the records of unions lack."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one, union
from organizer.errors import NotFound
from organizer.i18n import _, listed
from organizer.services.unions import officers, union_card, union_listing
from organizer.services.unions.officers import ReElection
from organizer.services.unions.union_card import Officer
from organizer.services.workspace import Workspace


def show(arguments: argparse.Namespace) -> Outcome:
    """Everything that is known of a union."""
    with workspace(arguments) as opened:
        card = union_card.card(opened, union(opened, arguments.name))
    counts = card.counts
    said = _(
        "会员 {members} 人，女 {women} 人；保留会籍 {kept} 人不计入；待审批 {pending} 人"
    ).format(members=counts.members, women=counts.women, kept=counts.kept, pending=counts.pending)
    lines = [
        *card.due,
        *(_("{title}：{text}").format(title=line.title, text=line.text) for line in card.lines),
        said,
        _("上级：{names}").format(names=" › ".join(one.name for one in card.above) or _("无")),
        *(_("下级：{name}　{more}").format(name=one.name, more=one.detail) for one in card.below),
        *(_officer_line(one) for one in card.officers),
        _("覆盖 {count} 户").format(count=len(card.units)),
    ]
    if card.lacks:
        lines.append(_("还缺：{fields}").format(fields=listed(card.lacks)))
    facts = {
        "union": card.id.hex(),
        "members": counts.members,
        "kept": counts.kept,
        "units": len(card.units),
        "officers": [_officer_facts(one) for one in card.officers],
        "lacks": list(card.lacks),
    }
    return Outcome("union.shown", card.name, facts, tuple(lines))


def units(arguments: argparse.Namespace) -> Outcome:
    """The units a union covers."""
    with workspace(arguments) as opened:
        card = union_card.card(opened, union(opened, arguments.name))
    lines = tuple(
        _("{name}　{kind}　自 {since}　职工 {staff}　会员 {members}").format(
            name=row.name,
            kind=row.kind,
            since=row.since_on,
            staff=row.staff or "—",
            members=row.members,
        )
        for row in card.units
    )
    facts = [{"employer": row.employer.hex(), "since": row.since_on} for row in card.units]
    told = _("“{name}”覆盖 {count} 户。").format(name=card.name, count=len(card.units))
    return Outcome("union.units", told, {"units": facts}, lines)


def officer_list(arguments: argparse.Namespace) -> Outcome:
    """Who holds a post in a union, and who did."""
    with workspace(arguments) as opened:
        card = union_card.card(opened, union(opened, arguments.name))
    lines = tuple(_officer_line(row) for row in (*card.officers, *card.former))
    told = _("“{name}”在任 {count} 人。").format(name=card.name, count=len(card.officers))
    facts = [_officer_facts(row) for row in (*card.officers, *card.former)]
    return Outcome("union.officers", told, {"officers": facts}, lines)


def officer_add(arguments: argparse.Namespace) -> Outcome:
    """Somebody takes a post."""
    with workspace(arguments) as opened:
        row = union(opened, arguments.name)
        person = one(opened, "person", arguments.member) if arguments.member else None
        typed = {"name": arguments.officer, "post": arguments.post, **_more(arguments)}
        write = officers.appoint(opened, row, typed, person)
    told = _("已登记{post}{name}。").format(post=arguments.post, name=arguments.officer)
    return Outcome("officer.added", told, {"write": write.hex()})


def officer_edit(arguments: argparse.Namespace) -> Outcome:
    """Correct what is written of an officer."""
    with workspace(arguments) as opened:
        row = _serving(opened, union(opened, arguments.name), arguments.officer, "")
        person = one(opened, "person", arguments.member) if arguments.member else None
        typed = {"post": arguments.post} if arguments.post else {}
        typed |= {"name": arguments.rename} if arguments.rename else {}
        write = officers.amend(opened, row, typed | _more(arguments), person)
    return Outcome("officer.edited", _("已保存。"), {"write": write.hex()})


def officer_end(arguments: argparse.Namespace) -> Outcome:
    """Somebody leaves a post."""
    with workspace(arguments) as opened:
        row = _serving(opened, union(opened, arguments.name), arguments.officer, arguments.post)
        write = officers.end(opened, row, arguments.on)
    told = _("{name}已卸任。").format(name=arguments.officer)
    return Outcome("officer.ended", told, {"write": write.hex()})


def re_elect(arguments: argparse.Namespace) -> Outcome:
    """A new committee takes over."""
    with workspace(arguments) as opened:
        order = ReElection(arguments.since, arguments.years, arguments.officers)
        write = officers.re_elect(opened, union(opened, arguments.name), order)
    return Outcome("union.elected", _("换届已登记，届满日期已算好。"), {"write": write.hex()})


def missing(arguments: argparse.Namespace) -> Outcome:
    """What the records of base unions lack."""
    with workspace(arguments) as opened:
        found = union_listing.lacking(opened)
    lines = tuple(
        _("{name}　缺 {fields}").format(name=row.name, fields=listed(row.gaps)) for row in found
    )
    facts = [{"union": row.union.hex(), "lacks": list(row.gaps)} for row in found]
    told = _("{count} 个基层工会的资料不全。").format(count=len(found))
    return Outcome("union.missing", told, {"unions": facts}, lines)


def _serving(opened: Workspace, row: bytes, name: str, post: str) -> bytes:
    """The one post that somebody of this name holds in a union, or this one of several."""
    posts = opened.codes("officer_post")
    code = posts.code_of(post, field="post").code if post else ""
    found = [
        held.id
        for held in officers.officers(opened, row)
        if held.serving and held.name == name and code in ("", held.post)
    ]
    if len(found) != 1:
        raise NotFound("record.not_one", value=name, count=len(found))
    return found[0]


def _more(arguments: argparse.Namespace) -> dict[str, str]:
    told = {"engaged": arguments.engaged, "since_on": arguments.since}
    return {name: text for name, text in told.items() if text}


def _officer_line(row: Officer) -> str:
    parts = (row.post, row.name, row.engaged, f"{row.since_on} – {row.until_on}")
    return " ".join(filter(None, parts))


def _officer_facts(row: Officer) -> dict[str, str]:
    return {
        "officer": row.id.hex(),
        "name": row.name,
        "post": row.post,
        "since": row.since_on,
        "until": row.until_on,
    }
