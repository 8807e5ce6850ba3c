"""Approving applications from the command line, and the lists for the stamp."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.domain.approval import Meeting
from organizer.errors import WrongUsage
from organizer.i18n import _
from organizer.services.members import approving
from organizer.services.members import signup as signing_up


def approve(arguments: argparse.Namespace) -> Outcome:
    """Approve applications, as decided at a meeting."""
    if not arguments.ids and not arguments.all:
        raise WrongUsage("usage.unknown", detail=_("请写会籍编号，或加 --all 批准全部"))
    meeting = Meeting(arguments.committee, arguments.met_on, arguments.number)
    with workspace(arguments) as opened:
        if arguments.all:
            wanted = signing_up.waiting(opened)
        else:
            wanted = [opened.id_of("membership", text) for text in arguments.ids]
        with Progress() as progress:
            done = approving.approve(opened, wanted, meeting, progress)
    facts = {
        "count": done.count,
        "lists": [row.hex() for row in done.lists],
        "write": done.write.hex(),
    }
    lines = tuple(_("审批名单：{row}").format(row=row.hex()) for row in done.lists)
    sentence = _("已批准 {count} 人入会。").format(count=done.count)
    return Outcome("signup.approved", sentence, facts, lines)


def look(arguments: argparse.Namespace) -> Outcome:
    """Show what has to be seen before people are approved, and note that it was."""
    lines: list[str] = []
    with workspace(arguments) as opened:
        for text in dict.fromkeys(arguments.ids):
            row = opened.id_of("membership", text)
            shown = approving.opened(opened, row)
            lines += [
                _("{name}：{told}").format(name=shown.name, told=told)
                for told in approving.see(opened, row)
            ]
    sentence = _("已看过 {count} 条提示。").format(count=len(lines))
    return Outcome("signup.looked", sentence, {"count": len(lines)}, tuple(lines))


def lists(arguments: argparse.Namespace) -> Outcome:
    """The approval lists, the latest meeting first."""
    with workspace(arguments) as opened:
        found = approving.approval_lists(opened)[: arguments.most]
    facts = [
        {
            "id": one.id.hex(), "union": one.union_name, "committee": one.committee,
            "met_on": one.met_on, "number": one.paper_no, "count": one.count,
        }
        for one in found
    ]  # fmt: skip
    lines = tuple(
        "  ".join(
            filter(
                None,
                (
                    one.id.hex(), one.met_on, one.paper_no, one.union_name,
                    _("{count} 人").format(count=one.count),
                ),
            )
        )
        for one in found
    )  # fmt: skip
    sentence = _("共 {count} 份审批名单。").format(count=len(found))
    return Outcome("signup.lists", sentence, {"lists": facts}, lines)


def list_print(arguments: argparse.Namespace) -> Outcome:
    """Print an approval list into a file."""
    # Late: reportlab and the fonts are not needed by any other command.
    from organizer.services.members import gathering_printing

    with workspace(arguments) as opened:
        row = opened.id_of("approval_list", arguments.id)
        made = gathering_printing.make_list(opened, row)
        file = gathering_printing.write(opened, made, arguments.out)
    return Outcome("signup.list_printed", _("已打印审批名单。"), {"files": [file]}, (str(file),))
