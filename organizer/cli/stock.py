"""Stock: lists of the registry looked at and taken over."""

import argparse

from organizer import resources
from organizer.cli.import_report import report_lines, row_facts
from organizer.cli.office import workspace
from organizer.cli.output import Outcome
from organizer.cli.wording import union
from organizer.services.lists import stock_importing
from organizer.services.lists.list_run import Imported


def members(arguments: argparse.Namespace) -> Outcome:
    """Take a list of members over, or look at it."""
    with workspace(arguments) as opened:
        chosen = union(opened, arguments.union) if arguments.union else None
        act = stock_importing.check if arguments.check else stock_importing.take_over
        done = act(opened, stock_importing.MEMBERS, arguments.file, union=chosen)
    return _told(done, looked=arguments.check)


def unions(arguments: argparse.Namespace) -> Outcome:
    """Take a list of unions over, or look at it."""
    with workspace(arguments) as opened:
        act = stock_importing.check if arguments.check else stock_importing.take_over
        done = act(opened, stock_importing.UNIONS, arguments.file)
    return _told(done, looked=arguments.check)


def _told(done: Imported, *, looked: bool) -> Outcome:
    said = stock_importing.sentence(done, looked=looked)
    facts = {
        "added": done.added,
        "known": done.known,
        "refused": done.refused,
        "checked_only": looked,
        "resumed": done.resumed,
        "run": done.run.hex(),
        "rows": row_facts(done),
    }
    code = 1 if done.refused and not done.added + done.known else 0
    titles = resources.toml("texts", "fields.toml")["stock"]
    lines = tuple(report_lines(done, titles))
    return Outcome(
        "stock.checked" if looked else "stock.imported", said, facts, lines, exit_code=code
    )
