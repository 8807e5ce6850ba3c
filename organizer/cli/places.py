"""Divisions and places of the office's own."""

import argparse

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.errors import WrongUsage
from organizer.i18n import _
from organizer.services import merging
from organizer.services.places import place_card, place_plans, placing, splitting
from organizer.services.places.place_card import PlaceCard
from organizer.services.places.place_words import kind_word, weight_words
from organizer.services.places.placing import PlaceOrder
from organizer.services.places.splitting import SplitOrder
from organizer.services.workspace import Workspace

_LONGEST_NUMBER = 6


def add(arguments: argparse.Namespace) -> Outcome:
    """Add a division, or with a kind a place."""
    if arguments.kind != "division":
        return _add_place(arguments)
    with workspace(arguments) as opened:
        code = placing.add_division(opened, arguments.parent, arguments.name)
    return Outcome(
        "place.added",
        _("已添加“{name}”，本地区划代码 {code}。").format(name=arguments.name, code=code),
        {"division_code": code},
    )


def _add_place(arguments: argparse.Namespace) -> Outcome:
    with workspace(arguments) as opened:
        parent = _meant(opened, arguments.parent)
        order = PlaceOrder(parent, arguments.kind, arguments.name, arguments.raw)
        made = placing.add_place(opened, order)
    said = _("已添加{kind}“{name}”。").format(
        kind=kind_word(arguments.kind), name=arguments.name.strip()
    )
    return Outcome("place.added", said, {"place": made.hex()})


def list_inside(arguments: argparse.Namespace) -> Outcome:
    """What stands directly in a place or division, with what hangs on each."""
    with workspace(arguments) as opened:
        code = opened.office.division_code
        row = _meant(opened, arguments.place or code)
        found = place_card.card(opened, row)
    lines = (
        "  ".join(
            filter(
                None,
                (one.id.hex(), kind_word(one.kind), one.name, one.grid, weight_words(one.weight)),
            )
        )
        for one in found.inside
    )
    said = _("“{name}”里有 {count} 处地点、{units} 户。").format(
        name=found.name, count=len(found.inside), units=found.weight.units
    )
    return Outcome("place.listed", said, _facts(found), tuple(lines))


def rename(arguments: argparse.Namespace) -> Outcome:
    """Rename a place."""
    with workspace(arguments) as opened:
        placing.rename(opened, opened.id_of("place", arguments.id), arguments.name)
    return Outcome("place.renamed", _("已改名为“{name}”。").format(name=arguments.name))


def kind(arguments: argparse.Namespace) -> Outcome:
    """Say that a place is of another kind."""
    with workspace(arguments) as opened:
        placing.change_kind(opened, opened.id_of("place", arguments.id), arguments.kind)
    return Outcome("place.changed", _("已改为{kind}。").format(kind=kind_word(arguments.kind)))


def move(arguments: argparse.Namespace) -> Outcome:
    """Put a place under another one."""
    with workspace(arguments) as opened:
        row, parent = opened.id_of("place", arguments.id), _meant(opened, arguments.parent)
        plan = place_plans.move_plan(opened, row, parent)
        placing.move(opened, row, parent)
    return Outcome("place.moved", _("已移动，可以撤销。"), {}, plan.sentences)


def split(arguments: argparse.Namespace) -> Outcome:
    """Make two places of one."""
    with workspace(arguments) as opened:
        row = opened.id_of("place", arguments.id)
        chosen = tuple(opened.id_of("place", house) for house in arguments.houses)
        if arguments.numbers:
            first, last = _range(arguments.numbers)
            chosen += splitting.houses(opened, row, first, last, arguments.side)
        order = SplitOrder(row, arguments.name, tuple(dict.fromkeys(chosen)))
        plan = place_plans.split_plan(opened, order)
        made = splitting.split(opened, order)
    facts = {"place": made.hex(), "moved": len(order.chosen)}
    return Outcome("place.split", _("已拆分，可以撤销。"), facts, plan.sentences)


def merge_place(arguments: argparse.Namespace) -> Outcome:
    """Merge two spellings of one place."""
    with workspace(arguments) as opened:
        gone, kept = (opened.id_of("place", row) for row in (arguments.duplicate, arguments.kept))
        plan = place_plans.merge_plan(opened, gone, kept)
        merging.merge_places(opened, gone, kept)
    return Outcome("record.merged", _("已合并，可以撤销。"), {}, plan.sentences)


def retire(arguments: argparse.Namespace) -> Outcome:
    """Take a place out of use."""
    with workspace(arguments) as opened:
        row = opened.id_of("place", arguments.id)
        plan = place_plans.retire_plan(opened, row)
        placing.retire(opened, row)
    return Outcome("place.retired", _("已停用。"), {}, plan.sentences[1:])


def _meant(opened: Workspace, text: str) -> bytes:
    """A place by its id, or a division by its code."""
    if len(text) == 32 and "~" not in text:
        return opened.id_of("place", text)
    return place_card.division(opened, text)


def _range(text: str) -> tuple[int, int]:
    first, _dash, last = text.partition("-")
    if not all(
        part.isascii() and part.isdigit() and len(part) <= _LONGEST_NUMBER
        for part in (first, last or first)
    ):
        raise WrongUsage("usage.unknown", detail=_("门牌范围请写成 101-199 这样"))
    return int(first), int(last or first)


def _facts(found: PlaceCard) -> dict[str, object]:
    return {
        "id": found.id.hex(),
        "name": found.name,
        "kind": found.kind,
        "division_code": found.division_code,
        "grid": found.grid.fields["code"] if found.grid else "",
        "units": found.weight.units,
        "raw": found.raw,
        "duplicates": found.duplicates,
        "inside": [
            {
                "id": one.id.hex(),
                "kind": one.kind,
                "name": one.name,
                "units": one.weight.units,
                "grid": one.grid,
            }
            for one in found.inside
        ],
    }
