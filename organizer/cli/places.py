"""Divisions and places of the office's own, and duplicates that lead to one record."""

import argparse
from collections.abc import Mapping

from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.i18n import _
from organizer.services import merging, placing


def kinds() -> Mapping[str, str]:
    """The kinds of records that can be merged, by the word of the command line."""
    return {"unit": "employer", "place": "place", "person": "person", "union": "union_org"}


def add(arguments: argparse.Namespace) -> Outcome:
    """Add a division."""
    with workspace(arguments) as opened:
        code = placing.add_division(opened, arguments.parent, arguments.name)
    return Outcome(
        "place.added",
        _("已添加“{name}”，本地区划代码 {code}。").format(name=arguments.name, code=code),
        {"division_code": code},
    )


def rename(arguments: argparse.Namespace) -> Outcome:
    """Rename a place."""
    with workspace(arguments) as opened:
        placing.rename(opened, opened.id_of("place", arguments.id), arguments.name)
    return Outcome("place.renamed", _("已改名为“{name}”。").format(name=arguments.name))


def retire(arguments: argparse.Namespace) -> Outcome:
    """Take a place out of use."""
    with workspace(arguments) as opened:
        placing.retire(opened, opened.id_of("place", arguments.id))
    return Outcome("place.retired", _("已停用。"))


def merge(arguments: argparse.Namespace) -> Outcome:
    """Merge a duplicate into the record that is kept."""
    table = kinds()[arguments.kind]
    with workspace(arguments) as opened:
        duplicate = opened.id_of(table, arguments.duplicate)
        merging.merge(opened, table, duplicate, opened.id_of(table, arguments.kept))
    return Outcome("record.merged", _("已合并；重复的一条会一直指向保留的一条，可以撤销。"))
