"""How far a round has got, and doors closed after honest tries."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import one
from organizer.i18n import _
from organizer.services.survey import closing, status
from organizer.services.survey.status import Status, WalkStatus


def door_close(arguments: argparse.Namespace) -> Outcome:
    """Close a door after honest tries."""
    with workspace(arguments) as opened:
        unit = one(opened, "employer", arguments.unit)
        closed = closing.close_door(
            opened, unit, refusal_confirmed=arguments.refusal, remark=arguments.remark
        )
    return Outcome(
        "effort.closed",
        _("已记为“已尽责”，与“清”分开计数；以后有人应门，照常记走访。"),
        {"employer": unit.hex(), "ground": closed.ground.value},
    )


def survey_status(arguments: argparse.Namespace) -> Outcome:
    """Where the current round stands, street by street."""
    with workspace(arguments) as opened:
        ask = status.by_grid if arguments.by == "grid" else status.status
        found = ask(opened, arguments.division)
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
    empty = _("没有单位") if arguments.by == "grid" else ""
    lines = (_line(found, one, empty) for one in found.walks)
    facts = {"round": found.round_name, "walks": [_facts(found, one) for one in found.walks]}
    return Outcome("survey.status", said, facts, tuple(lines))


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
        "doubled": walk.doubled,
        "responsible": walk.responsible,
        "clear": walk.clear,
        **{rule.key: lit for rule, lit in zip(found.rules, walk.lamps, strict=True)},
    }


def _line(found: Status, walk: WalkStatus, empty: str) -> str:
    if not walk.units:
        looked = _("已走访无单位") if walk.seen_empty else _("没有登记单位，还没去看过")
        told = empty or looked
        return "  ".join(filter(None, (*_named(walk), told)))
    lit = " ".join(
        f"{rule.letter}{count}" for rule, count in zip(found.rules, walk.lamps, strict=True)
    )
    counted = _("应查 {units}　已查 {reached}　四清 {clear}　已尽责 {closed}").format(
        units=walk.units, reached=walk.reached, clear=walk.clear, closed=walk.closed
    )
    twice = _("{count} 户不止一人走访过").format(count=walk.doubled) if walk.doubled else ""
    return "  ".join(filter(None, (*_named(walk), counted, lit, twice)))


def _named(walk: WalkStatus) -> tuple[str, str, str]:
    # The name of a grid says its number already.
    return walk.above, walk.name, walk.responsible or ("" if walk.grid in walk.name else walk.grid)
