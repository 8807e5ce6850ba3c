"""Paper trail from the command line: what was done with papers, what is missing, who was told."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one, union
from organizer.domain.paper_trail import Stage
from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services.members import telling
from organizer.services.paper import missing, paper_trail
from organizer.services.paper.missing import Asked, Lack
from organizer.services.paper.paper_trail import Order


def mark(arguments: argparse.Namespace) -> Outcome:
    """Note a step of papers, one code after the other; what cannot be is told and the rest goes on."""
    lines, writes, refused = [], [], []
    stage = Stage(arguments.step)
    place = arguments.box
    with workspace(arguments) as opened:
        for code in arguments.codes:
            order = Order(stage, place, whole=arguments.whole, on=arguments.on)
            try:
                done = paper_trail.mark(opened, code, order)
            except OrganizerError as error:
                refused.append({"code": error.code, "paper": code, "sentence": error.sentence()})
                lines.append(_("{code}　{said}").format(code=code, said=error.sentence()))
                continue
            # A page that was named is for the first paper alone; the others follow it.
            place = place.partition("-")[0]
            writes.append(done.write.hex())
            lines.append(paper_trail.said(done))
    said = _("记下 {count} 份，{refused} 份没有记。").format(
        count=len(writes), refused=len(refused)
    )
    facts = {"count": len(writes), "writes": writes, "refused": refused}
    return Outcome("paper.marked", said, facts, tuple(lines), exit_code=int(not writes))


def unmark(arguments: argparse.Namespace) -> Outcome:
    """Take the last step of a paper back."""
    with workspace(arguments) as opened:
        done = paper_trail.unmark(opened, arguments.code)
    said = _("已撤回{name}的{paper}的最后一步。").format(name=done.name, paper=done.paper)
    return Outcome("paper.unmarked", said, {"write": done.write.hex(), "step": done.stage.value})


def lacking(arguments: argparse.Namespace) -> Outcome:
    """What is missing, of all, one union or one unit."""
    with workspace(arguments) as opened:
        asked = Asked(
            Lack(arguments.what),
            union(opened, arguments.union) if arguments.union else None,
            one(opened, "employer", arguments.unit) if arguments.unit else None,
        )
        numbers = missing.numbers(opened, asked)
        shown = missing.page(opened, asked, numbers[: arguments.limit])
    lines = [shown[n] for n in numbers if n in shown]
    said = _("{title}：{count} 项。").format(title=missing.title(asked.lack), count=len(numbers))
    facts = {
        "count": len(numbers),
        "missing": [
            {
                "name": line.name,
                "paper": line.paper,
                "detail": line.detail,
                "union": line.union_name,
                "since": line.since,
                "membership": line.act.hex() if line.act else "",
            }
            for line in lines
        ],
    }
    told = (
        _("　").join(filter(None, (x.name, x.paper, x.detail, x.union_name, x.since)))
        for x in lines
    )
    return Outcome("paper.missing", said, facts, tuple(told))


def tell(arguments: argparse.Namespace) -> Outcome:
    """Members were told of their approval."""
    with workspace(arguments) as opened:
        rows = [opened.id_of("membership", text) for text in arguments.ids]
        write = telling.tell(opened, rows, arguments.way, arguments.on)
    said = _("已记 {count} 人告知。").format(count=len(rows))
    return Outcome("member.told", said, {"count": len(rows), "write": write.hex()})
