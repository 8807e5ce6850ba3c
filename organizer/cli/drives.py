"""Drives (攻坚清单) by command: a filter saved with a target, a day and a person; how far they are."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.domain.unit_filter import NAMED
from organizer.i18n import _
from organizer.services.survey import drives
from organizer.services.survey.drives import Drive, DriveOrder


def drive_add(arguments: argparse.Namespace) -> Outcome:
    """Save a filter as a drive."""
    order = DriveOrder(
        arguments.name,
        NAMED[arguments.filter],
        arguments.due,
        arguments.responsible,
        arguments.target,
        arguments.division,
    )
    with workspace(arguments) as opened:
        row = drives.add_drive(opened, order)
        made = next(one for one in drives.drives_here(opened) if one.id == row)
    said = _("已添加攻坚清单“{name}”，目标 {target} 户，现已完成 {done} 户。").format(
        name=made.name, target=made.target, done=made.done
    )
    return Outcome("drive.added", said, _facts(made))


def drive_list(arguments: argparse.Namespace) -> Outcome:
    """The drives that concern the account, with how far they are."""
    with workspace(arguments) as opened:
        found = drives.drives_here(opened)
        today = opened.today
    lines = tuple(_line(one, late=one.late(today)) for one in found)
    said = _("共 {count} 张攻坚清单。").format(count=len(found))
    return Outcome("drive.listed", said, {"drives": [_facts(one) for one in found]}, lines)


def drive_doors(arguments: argparse.Namespace) -> Outcome:
    """The doors of a drive that wait, street after street."""
    with workspace(arguments) as opened:
        way = drives.doors(opened, opened.id_of("drive", arguments.drive))
    facts = [{"id": one.employer.hex(), "name": one.name, "door": one.door} for one in way.doors]
    said = _("“{name}”还有 {count} 户。").format(name=way.name, count=len(way.doors))
    lines = tuple(f"{one.door}  {one.name}".strip() for one in way.doors)
    return Outcome("drive.doors", said, {"doors": facts}, lines)


def drive_retire(arguments: argparse.Namespace) -> Outcome:
    """Take a drive out of use."""
    with workspace(arguments) as opened:
        drives.retire_drive(opened, opened.id_of("drive", arguments.drive))
    return Outcome("drive.retired", _("已停用。"))


def _facts(drive: Drive) -> dict[str, object]:
    return {
        "id": drive.id.hex(),
        "name": drive.name,
        "division": drive.division_code,
        "target": drive.target,
        "units": drive.units,
        "done": drive.done,
        "due_on": drive.due_on.isoformat(),
        "responsible": drive.responsible,
    }


def _line(drive: Drive, *, late: bool) -> str:
    progress = _("{done}/{target} 户").format(done=drive.done, target=drive.target)
    day = _("{day} 到期").format(day=drive.due_on.isoformat())
    overdue = _("已过期") if late else ""
    return "  ".join(
        filter(None, (drive.id.hex(), drive.name, progress, day, drive.responsible, overdue))
    )
