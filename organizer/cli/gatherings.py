"""Gatherings (集中入会) from the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.cli.wording import one, union
from organizer.domain.gathering import Authority, Row
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services import drafting
from organizer.services.members import gathering, gathering_register, gathering_rows
from organizer.services.members.gathering import GatheringOrder, GatheringRow
from organizer.services.members.gathering_register import Joined
from organizer.services.members.gathering_rows import Plan, Read
from organizer.services.workspace import Workspace

_FROM_TERMINAL = Path("-")


def new(arguments: argparse.Namespace) -> Outcome:
    """Prepare a gathering."""
    with workspace(arguments) as opened:
        order = GatheringOrder(
            arguments.name,
            arguments.on,
            arguments.venue,
            union(opened, arguments.union) if arguments.union else None,
            one(opened, "employer", arguments.unit) if arguments.unit else None,
            arguments.oath_reader,
        )
        made = gathering.hold(opened, order)
        row = gathering.card(opened, made).row
    sentence = _("已建集中入会“{name}”，加入“{union}”。").format(
        name=row.name, union=row.union_name
    )
    return Outcome("gathering.held", sentence, {"id": made.hex(), "union": row.union_name})


def add(arguments: argparse.Namespace) -> Outcome:
    """Put a list to a gathering and register everybody in whose way nothing stands."""
    with workspace(arguments) as opened:
        row = gathering.by_text(opened, arguments.gathering)
        kept = drafting.resume(opened, gathering_rows.draft_name(row))
        read = _read(opened, row, gathering_rows.of_draft(kept), arguments.list)
        plans = gathering_rows.check_rows(opened, row, read.rows)
        if not any(plan.good for plan in plans):
            drafting.keep(
                opened, gathering_rows.draft_name(row), gathering_rows.as_draft(read.rows)
            )
            done = Joined(left=[plan.row for plan in plans])
        else:
            with Progress() as progress:
                done = gathering_register.join(opened, row, read.rows, progress)
    return Outcome(
        "gathering.added",
        _sentence(done, read),
        {
            "members": [one.hex() for one in done.members],
            "pending": [one.hex() for one in done.pending],
            "transferred": [one.hex() for one in done.transferred],
            "resumed": [one.hex() for one in done.resumed],
            "left": len(done.left),
            "known": read.known,
            "write": done.write.hex(),
        },
        tuple(_told(place, plan) for place, plan in enumerate(plans, 1) if not plan.good),
        exit_code=1 if done.left and not done.count else 0,
    )


def listing(arguments: argparse.Namespace) -> Outcome:
    """The gatherings, the latest first."""
    with workspace(arguments) as opened:
        found = gathering.held(opened)
    facts = [_facts(row) for row in found]
    lines = tuple(
        _("{id}  {day}  {name}  {union}  会员 {members}，待审批 {pending}").format(
            id=row.id.hex(), day=row.held_on, name=row.name, union=row.union_name,
            members=row.members, pending=row.pending,
        )
        for row in found
    )  # fmt: skip
    sentence = _("共 {count} 次集中入会。").format(count=len(found))
    return Outcome("gathering.list", sentence, {"gatherings": facts}, lines)


def show(arguments: argparse.Namespace) -> Outcome:
    """One gathering: what is allowed, who joined, and what is left of its list."""
    with workspace(arguments) as opened:
        row = gathering.by_text(opened, arguments.gathering)
        card = gathering.card(opened, row)
        kept = gathering_rows.of_draft(drafting.resume(opened, gathering_rows.draft_name(row)))
        plans = gathering_rows.check_rows(opened, row, kept)
    told = [_("没有现场审批授权，登记后待审批。")]
    if card.authority is not None:
        given = card.authority
        told = [
            _("现场审批授权 {number}（{by}，到 {until}，{most} 人），已用 {used}，还可 {places}。").format(
                number=given.number, by=given.granted_by, until=given.until.isoformat(),
                most=given.most, used=card.used, places=card.places,
            )
        ]  # fmt: skip
    told += [_told(place, plan) for place, plan in enumerate(plans, 1)]
    facts = {**_facts(card.row), "places": card.places, "used": card.used, "left": len(plans)}
    sentence = _("“{name}”：会员 {members} 人，待审批 {pending} 人，名单还有 {left} 行。").format(
        name=card.row.name, members=card.row.members, pending=card.row.pending, left=len(plans)
    )
    return Outcome("gathering.shown", sentence, facts, tuple(told))


def authorise(arguments: argparse.Namespace) -> Outcome:
    """Record what the union's committee allows for a gathering."""
    given = Authority(arguments.number, arguments.by, arguments.until, arguments.most)
    with workspace(arguments) as opened:
        row = gathering.by_text(opened, arguments.gathering)
        write = gathering.authorise(opened, row, given)
    sentence = _("已记下现场审批授权：到 {until} 为止，不超过 {most} 人。").format(
        until=given.until.isoformat(), most=given.most
    )
    return Outcome("gathering.authorised", sentence, {"id": row.hex(), "write": write.hex()})


def print_(arguments: argparse.Namespace) -> Outcome:
    """Print a paper of a gathering into a file."""
    # Late: reportlab and the fonts are not needed by any other command.
    from organizer.services.members import gathering_printing
    from organizer.services.members.gathering_printing import Paper

    paper = Paper(arguments.paper)
    with workspace(arguments) as opened:
        row = gathering.by_text(opened, arguments.gathering)
        made = gathering_printing.make(opened, row, paper)
        file = gathering_printing.write(opened, made, arguments.out)
    title = gathering_printing.title(paper)
    sentence = _("已打印{title}。").format(title=title)
    return Outcome("gathering.printed", sentence, {"files": [file]}, (str(file),))


def _read(opened: Workspace, row: bytes, rows: Sequence[Row], source: Path) -> Read:
    if source != _FROM_TERMINAL:
        return gathering_rows.open_file(opened, row, rows, source)
    if sys.stdin is None:
        raise NotFound("signup.no_file", file=source)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("signup.no_file", field="list", file=source) from error
    return gathering_rows.paste(opened, row, rows, text)


def _sentence(done: Joined, read: Read) -> str:
    parts = [
        text.format(count=count)
        for text, count in (
            (_("正式入会 {count} 人"), len(done.members)),
            (_("待审批 {count} 人"), len(done.pending)),
            (_("转入 {count} 人"), len(done.transferred)),
            (_("恢复会籍 {count} 人"), len(done.resumed)),
            (_("名单里早有 {count} 人"), read.known),
            (_("还要处理 {count} 行"), len(done.left)),
        )
        if count
    ]
    return _("，").join(parts or [_("没有新的人")]) + _("。")


def _told(place: int, plan: Plan) -> str:
    words = plan.sentence or _("；").join(plan.remarks) or _("可以登记")
    return _("第 {place} 行 {name}：{words}").format(
        place=place, name=plan.row.text("name") or _("（没有姓名）"), words=words
    )


def _facts(row: GatheringRow) -> dict[str, object]:
    return {
        "id": row.id.hex(), "name": row.name, "held_on": row.held_on, "venue": row.venue,
        "union": row.union_name, "unit": row.employer_name, "oath_reader": row.oath_reader,
        "authority": row.authority_no, "members": row.members, "pending": row.pending,
    }  # fmt: skip
