"""Paper and spreadsheets as field devices: sheets printed, collection workbooks made and read."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one
from organizer.i18n import _, listed


def sheet_print(arguments: argparse.Namespace) -> Outcome:
    """Print sheets of a place."""
    # Late: what draws papers is not needed by other commands.
    from organizer.services.paper.sheet_printing import SheetOrder, SheetPrinter

    with workspace(arguments) as opened:
        order = SheetOrder(
            arguments.kind,
            one(opened, "place", arguments.place),
            arguments.size,
            arguments.count or 0,
        )
        done = SheetPrinter(opened).print_sheets(order, arguments.out)
    said = _("已做好“{name}”的表：{units} 户，空白 {blanks} 行。文件在 {file}，打印后请删除。")
    lines: tuple[str, ...] = ()
    if done.unreadable:
        lines = (
            _("这些名称里有印不出的字，纸上印成〓，请手写补上：{names}").format(
                names=listed(done.unreadable)
            ),
        )
    facts = {
        "file": arguments.out,
        "place": done.name,
        "units": done.units,
        "blanks": done.blanks,
        "sheets": done.sheets,
    }
    told = said.format(name=done.name, units=done.units, blanks=done.blanks, file=arguments.out)
    return Outcome("sheet.printed", told, facts, lines)


def collect_make(arguments: argparse.Namespace) -> Outcome:
    """Make a collection workbook for a place."""
    from organizer.services.paper import collecting

    with workspace(arguments) as opened:
        made = collecting.make(opened, one(opened, "place", arguments.place), arguments.out)
    said = _(
        "已做好“{name}”的采集表（表号 {sheet}）：{units} 户，空白 {blanks} 行。文件在 {file}，"
        "填好后用 collect read 读回。"
    ).format(
        name=made.name,
        sheet=made.sheet,
        units=made.units,
        blanks=made.blanks,
        file=arguments.out,
    )
    facts = {
        "file": arguments.out,
        "place": made.name,
        "sheet": made.sheet,
        "units": made.units,
        "blanks": made.blanks,
    }
    return Outcome("collect.made", said, facts)


def collect_read(arguments: argparse.Namespace) -> Outcome:
    """Take back a filled collection workbook."""
    from organizer.services.paper import collecting

    with workspace(arguments) as opened:
        taken = collecting.read(opened, arguments.file, on=arguments.on)
    said = _("已读回 {taken} 行，更正 {corrected} 行，以前读过 {again} 行，有问题 {wrong} 行。")
    facts = {
        "taken": taken.taken,
        "corrected": taken.corrected,
        "again": taken.again,
        "problems": [
            {"row": one.row, "column": one.column, "code": one.error.code} for one in taken.problems
        ],
        "absent": list(taken.absent),
    }
    told = said.format(
        taken=taken.taken,
        corrected=taken.corrected,
        again=taken.again,
        wrong=len({one.row for one in taken.problems}),
    )
    lines = [*(problem.sentence() for problem in taken.problems), *taken.remarks]
    return Outcome("collect.read", told, facts, tuple(lines), 1 if taken.problems else 0)
