"""Grids, and how far a round has got."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one
from organizer.i18n import _
from organizer.services import closing, gridding, status
from organizer.services.gridding import GridOrder
from organizer.services.status import Status, WalkStatus


def grid_add(arguments: argparse.Namespace) -> Outcome:
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


def grid_list(arguments: argparse.Namespace) -> Outcome:
    """The grids of the account's scope."""
    with workspace(arguments) as opened:
        found = gridding.grids_here(opened)
    facts = [{"id": one.id.hex(), **one.fields} for one in found]
    lines = (
        "  ".join(
            filter(None, (one.id.hex(), one.fields["division_code"], one.shown,
                          one.fields["responsible"], one.fields["phone"]))
        )
        for one in found
    )  # fmt: skip
    said = _("共 {count} 个网格。").format(count=len(found))
    return Outcome("grid.listed", said, {"grids": facts}, tuple(lines))


def grid_hang(arguments: argparse.Namespace) -> Outcome:
    """Let streets, towers or village groups lie in a grid."""
    with workspace(arguments) as opened:
        grid = opened.id_of("grid", arguments.grid)
        wanted = [opened.id_of("place", place) for place in arguments.places]
        changed = gridding.hang(opened, grid, wanted)
    said = _("{count} 处地点划入了这个网格。").format(count=changed)
    return Outcome("grid.hung", said, {"changed": changed})


def grid_retire(arguments: argparse.Namespace) -> Outcome:
    """Take a grid out of use."""
    with workspace(arguments) as opened:
        gridding.retire_grid(opened, opened.id_of("grid", arguments.grid))
    return Outcome("grid.retired", _("已停用。"))


def door_close(arguments: argparse.Namespace) -> Outcome:
    """Close a door after honest tries."""
    with workspace(arguments) as opened:
        unit = one(opened, "employer", arguments.unit)
        ground = closing.close_door(
            opened, unit, refusal_confirmed=arguments.refusal, remark=arguments.remark
        )
    return Outcome(
        "effort.closed",
        _("已记为“已尽责”，与“清”分开计数；以后有人应门，照常记走访。"),
        {"employer": unit.hex(), "ground": ground.value},
    )


def survey_status(arguments: argparse.Namespace) -> Outcome:
    """Where the current round stands, street by street."""
    with workspace(arguments) as opened:
        found = status.status(opened, arguments.division)
    total = found.total
    said = _(
        "{round}：应查 {units} 户，已查 {reached} 户，四清 {clear} 户，已尽责 {closed} 户。"
    ).format(
        round=found.round_name,
        units=total.units,
        reached=total.reached,
        clear=total.clear,
        closed=total.closed,
    )
    facts = {"round": found.round_name, "walks": [_facts(found, one) for one in found.walks]}
    return Outcome("survey.status", said, facts, tuple(_line(found, one) for one in found.walks))


def _facts(found: Status, walk: WalkStatus) -> dict[str, object]:
    return {
        "id": walk.place.hex(),
        "name": walk.name,
        "above": walk.above,
        "grid": walk.grid,
        "units": walk.units,
        "reached": walk.reached,
        "closed": walk.closed,
        "seen_empty": walk.seen_empty,
        "clear": walk.clear,
        **{rule.key: lit for rule, lit in zip(found.rules, walk.lamps, strict=True)},
    }


def _line(found: Status, walk: WalkStatus) -> str:
    if not walk.units:
        told = _("已走访无单位") if walk.seen_empty else _("没有登记单位，还没去看过")
        return "  ".join(filter(None, (walk.above, walk.name, walk.grid, told)))
    lit = " ".join(
        f"{rule.letter}{count}" for rule, count in zip(found.rules, walk.lamps, strict=True)
    )
    counted = _("应查 {units}　已查 {reached}　四清 {clear}　已尽责 {closed}").format(
        units=walk.units, reached=walk.reached, clear=walk.clear, closed=walk.closed
    )
    return "  ".join(filter(None, (walk.above, walk.name, walk.grid, counted, lit)))
