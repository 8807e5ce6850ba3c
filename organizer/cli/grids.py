"""Grids by command: made, edited, given to people, assigned until a day, handed over."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.places import assigning, grid_card, gridding, relaying, slips
from organizer.services.places.assigning import Assignment, AssignmentOrder, State
from organizer.services.places.grid_card import GridLine
from organizer.services.places.gridding import GridOrder
from organizer.services.places.relaying import RelayOrder
from organizer.services.workspace import Workspace


def add(arguments: argparse.Namespace) -> Outcome:
    """Make a grid."""
    order = GridOrder(
        arguments.division,
        arguments.code,
        arguments.name,
        arguments.boundary,
        arguments.responsible,
        arguments.phone,
    )
    with workspace(arguments) as opened:
        grid = gridding.add_grid(opened, order)
    said = _("已添加网格 {code}。").format(code=order.code.strip())
    return Outcome("grid.added", said, {"grid": grid.hex()})


def edit(arguments: argparse.Namespace) -> Outcome:
    """Change what is said of a grid; what is not named stays."""
    with workspace(arguments) as opened:
        found = gridding.grid_of(opened, opened.id_of("grid", arguments.grid))
        told = {
            name: getattr(arguments, name)
            if getattr(arguments, name) is not None
            else found.fields[name] or ""
            for name in ("name", "boundary", "responsible", "phone")
        }
        fields = found.fields
        order = GridOrder(fields["division_code"] or "", fields["code"] or "", **told)
        gridding.edit_grid(opened, found.id, order)
    return Outcome("grid.edited", _("已修改网格 {name}。").format(name=found.shown))


def list_all(arguments: argparse.Namespace) -> Outcome:
    """The grids of the account's scope."""
    with workspace(arguments) as opened:
        found = grid_card.lines(opened)
    facts = [
        {
            "id": one.grid.id.hex(),
            **one.grid.fields,
            "units": one.units,
            "reached": one.reached,
            "assignments": one.assignments,
        }
        for one in found
    ]
    said = _("共 {count} 个网格。").format(count=len(found))
    return Outcome("grid.listed", said, {"grids": facts}, tuple(map(_line, found)))


def hang(arguments: argparse.Namespace) -> Outcome:
    """Let streets, towers or village groups lie in a grid."""
    with workspace(arguments) as opened:
        grid = opened.id_of("grid", arguments.grid)
        wanted = [opened.id_of("place", place) for place in arguments.places]
        changed = gridding.hang(opened, grid, wanted)
    said = _("{count} 处地点划入了这个网格。").format(count=changed)
    return Outcome("grid.hung", said, {"changed": changed})


def retire(arguments: argparse.Namespace) -> Outcome:
    """Take a grid out of use."""
    with workspace(arguments) as opened:
        gridding.retire_grid(opened, opened.id_of("grid", arguments.grid))
    return Outcome("grid.retired", _("已停用。"))


def relay(arguments: argparse.Namespace) -> Outcome:
    """Hand a grid over: the sheet as a file, the new person in the record."""
    with workspace(arguments) as opened:
        grid = opened.id_of("grid", arguments.grid)
        order = RelayOrder(grid, arguments.to, arguments.phone, arguments.remark)
        found = relaying.relay(opened, order, arguments.out)
    said = _("网格 {grid} 已交给{name}；交接单在 {file}，请双方签名。").format(
        grid=found.grid.shown, name=arguments.to.strip(), file=arguments.out
    )
    facts = {
        "file": arguments.out,
        "revisits": len(found.revisits),
        "promises": len(found.promises),
        "drafts": len(found.drafts),
        "papers": len(found.papers),
        "assignments": len(found.assignments),
        "visited_twice": len(found.visited_twice),
    }
    return Outcome("grid.relayed", said, facts)


def assign(arguments: argparse.Namespace) -> Outcome:
    """Give a grid or places to a person until a day."""
    with workspace(arguments) as opened:
        grid = opened.id_of("grid", arguments.grid) if arguments.grid else None
        wanted = tuple(opened.id_of("place", place) for place in arguments.places)
        order = AssignmentOrder(arguments.to, arguments.until, grid, wanted, arguments.remark)
        made = assigning.assign(opened, order)
    said = _("已派给{name}，{count} 项，到 {day}。").format(
        name=arguments.to.strip(), count=len(made), day=arguments.until
    )
    return Outcome("assignment.added", said, {"assignments": [row.hex() for row in made]})


def assignments(arguments: argparse.Namespace) -> Outcome:
    """The assignments of the round: open ones, those overdue alone, or all."""
    with workspace(arguments) as opened:
        found = assigning.assignments_of_round(opened, ended=arguments.all)
    if arguments.overdue:
        found = [one for one in found if one.state in (State.OVERDUE, State.GONE)]
    said = _("共 {count} 项任务。").format(count=len(found))
    facts = {"assignments": [_facts(one) for one in found]}
    return Outcome("assignment.listed", said, facts, tuple(map(assignment_line, found)))


def end(arguments: argparse.Namespace) -> Outcome:
    """End assignments."""
    with workspace(arguments) as opened:
        ended = assigning.end(opened, _known(opened, arguments.ids))
    said = _("已结束 {count} 项任务；走访记录都在。").format(count=ended)
    return Outcome("assignment.ended", said, {"ended": ended})


def slip(arguments: argparse.Namespace) -> Outcome:
    """Print the slip of assignments of one person."""
    with workspace(arguments) as opened:
        file = slips.print_slip(
            opened, _known(opened, arguments.ids), arguments.out, arguments.paper
        )
    said = _("任务单在 {file}，请双方签名。").format(file=file)
    return Outcome("assignment.printed", said, {"file": file})


def assignment_line(one: Assignment) -> str:
    """An assignment on one line."""
    words = {
        State.OPEN: _("进行中"),
        State.OVERDUE: _("已逾期"),
        State.GONE: _("要处理"),
        State.ENDED: _("已结束"),
    }
    told = _("{who}　到 {day}　{reached}/{units} 户　{state}").format(
        who=one.assignee,
        day=one.until_on,
        reached=one.reached,
        units=one.units,
        state=words[one.state],
    )
    return "  ".join(filter(None, (one.id.hex(), one.above, one.name, told, one.trouble)))


def _known(opened: Workspace, ids: list[str]) -> list[bytes]:
    if not ids:
        raise NotFound("assignment.unknown")
    return [opened.id_of("assignment", one) for one in ids]


def _facts(one: Assignment) -> dict[str, object]:
    return {
        "id": one.id.hex(),
        "target": one.target.hex(),
        "grid": one.of_grid,
        "name": one.name,
        "assignee": one.assignee,
        "until": one.until_on.isoformat(),
        "state": one.state.value,
        "units": one.units,
        "reached": one.reached,
        "trouble": one.trouble,
    }


def _line(one: GridLine) -> str:
    fields = one.grid.fields
    done = _("{reached}/{units} 户").format(reached=one.reached, units=one.units)
    told = (fields["division_code"], one.grid.shown, fields["responsible"], fields["phone"], done)
    return "  ".join(filter(None, (one.grid.id.hex(), *told)))
