"""What becomes of members: changes of their standing, and transfers between unions."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import note_sentence, one, union
from organizer.domain.member import Act
from organizer.domain.signup import Typed
from organizer.i18n import _
from organizer.services.members import changing, transferring
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace


def change(arguments: argparse.Namespace) -> Outcome:
    """Do one thing with one or many memberships."""
    act = Act(arguments.act)
    with workspace(arguments) as opened:
        rows = [opened.id_of("membership", text) for text in arguments.ids]
        order = ChangeOrder(
            act, _reason(opened, arguments), arguments.on, arguments.paper_no, arguments.words
        )
        done = changing.change(opened, rows, order)
    facts = {"count": done.count, "write": done.write.hex()}
    told = _("已办“{act}”{count} 人。").format(act=changing.act_word(act), count=done.count)
    more = (_("除名要报上一级工会备案，备案后请用 member file 记下。"),) if act is Act.EXPEL else ()
    return Outcome("member.changed", told, facts, more)


def unfiled(arguments: argparse.Namespace) -> Outcome:
    """Expulsions still to be filed with the union above."""
    with workspace(arguments) as opened:
        found = changing.unfiled(opened)
    lines = tuple(f"{one.on} {one.name} {one.union_name} {one.paper_no}" for one in found)
    facts = [{"membership": row.membership.hex(), "on": row.on} for row in found]
    told = _("{count} 人的除名还没有报上一级备案。").format(count=len(found))
    return Outcome("member.unfiled", told, {"unfiled": facts}, lines)


def file(arguments: argparse.Namespace) -> Outcome:
    """Note that an expulsion was filed."""
    with workspace(arguments) as opened:
        write = changing.file(opened, opened.id_of("membership", arguments.id), arguments.on)
    return Outcome("member.filed", _("已记下备案。"), {"write": write.hex()})


def send(arguments: argparse.Namespace) -> Outcome:
    """Send a member to another union."""
    with workspace(arguments) as opened:
        row = opened.id_of("membership", arguments.id)
        done = transferring.send(opened, row, arguments.to, _letter(opened, arguments))
    facts = {"transfer": done.transfer.hex(), "number": done.number}
    told = _("已转出，介绍信第 {number} 号，等对方的回执。").format(number=done.number)
    return Outcome("transfer.sent", told, facts)


def confirm(arguments: argparse.Namespace) -> Outcome:
    """Note a receipt."""
    with workspace(arguments) as opened:
        row = opened.id_of("transfer", arguments.id)
        write = transferring.confirm(opened, row, arguments.on)
    return Outcome("transfer.confirmed", _("已收到回执，会籍已转出。"), {"write": write.hex()})


def recall(arguments: argparse.Namespace) -> Outcome:
    """Take a transfer back."""
    with workspace(arguments) as opened:
        row = opened.id_of("transfer", arguments.id)
        write = transferring.recall(opened, row, arguments.words)
    return Outcome("transfer.recalled", _("已撤回，会籍照旧。"), {"write": write.hex()})


def receive(arguments: argparse.Namespace) -> Outcome:
    """Take in a member who brings a letter."""
    with workspace(arguments) as opened:
        order = SignupOrder(
            Typed(arguments.name, arguments.id_number, arguments.phone),
            employer=one(opened, "employer", arguments.unit) if arguments.unit else None,
            union_org=union(opened, arguments.union) if arguments.union else None,
        )
        done = transferring.receive(opened, order, arguments.from_union, _letter(opened, arguments))
    facts = {"membership": done.membership.hex(), "person": done.person.hex()}
    told = _("已转入“{union}”，不用重新入会。").format(union=done.union_name)
    notes = tuple(note_sentence(note) for note in done.notes)
    return Outcome("transfer.received", told, {**facts, "union": done.union_name}, notes)


def bring(arguments: argparse.Namespace) -> Outcome:
    """Members of this file go to another union of it."""
    with workspace(arguments) as opened:
        rows = [opened.id_of("membership", text) for text in arguments.ids]
        where = one(opened, "employer", arguments.unit) if arguments.unit else None
        goal = union(opened, arguments.to)
        count = transferring.bring(opened, rows, goal, where, _letter(opened, arguments))
    told = _("已把 {count} 人转到“{union}”。").format(count=count, union=arguments.to)
    return Outcome("transfer.brought", told, {"count": count})


def settle(arguments: argparse.Namespace) -> Outcome:
    """The temporary members of a unit go to the union it founded."""
    with workspace(arguments) as opened:
        unit = one(opened, "employer", arguments.unit)
        count = transferring.settle(opened, unit, union(opened, arguments.to))
    told = _("{count} 名临时会员已转入“{union}”，成为正式会员。").format(
        count=count, union=arguments.to
    )
    return Outcome("transfer.settled", told, {"count": count})


def under_way(arguments: argparse.Namespace) -> Outcome:
    """Letters whose receipt is still to come."""
    with workspace(arguments) as opened:
        found = transferring.under_way(opened)
    lines = tuple(
        _("{on} {name} 第 {number} 号 转往“{to}”，{until} 前有效").format(
            on=row.sent_on,
            name=row.name,
            number=row.letter_no,
            to=row.to_name,
            until=row.valid_until,
        )
        for row in found
    )
    facts = [{"transfer": row.id.hex(), "until": row.valid_until} for row in found]
    told = _("{count} 封介绍信还没有回执。").format(count=len(found))
    return Outcome("transfer.list", told, {"transfers": facts}, lines)


def _letter(opened: Workspace, arguments: argparse.Namespace) -> Letter:
    return Letter(
        arguments.number,
        _reason(opened, arguments),
        arguments.paid_until,
        arguments.on,
        arguments.valid_days,
    )


def _reason(opened: Workspace, arguments: argparse.Namespace) -> str:
    """The code of a reason typed as its label or as its code."""
    text, codes = arguments.reason, opened.codes("membership_reason")
    return codes.code_of(text, field="reason").code if text else ""
